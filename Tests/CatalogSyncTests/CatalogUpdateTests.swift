import Bedrock
import BotConfiguration
import CatalogSync
import ConfigurationRules
import Diagnostics
import FileAccess
import ModelCatalog
import Scaffolding
import TestSupport
import Testing
import WallClock

struct CatalogUpdateTests {
    private static let today = "2026-11-21"
    private static let location = ProjectLocation(root: "/p")

    /// A listing of a model in no catalog, and of one of the binary's that says something else by now.
    private static func listing(streams: Bool = true, legacy: Bool = false) -> RegionListing {
        RegionListing(
            region: "us-east-1",
            models: [
                FoundationModel(
                    id: "acme.rocket-2-v1:0", name: "Rocket: 2", provider: "Acme", inputModalities: ["TEXT", "IMAGE"],
                    outputModalities: ["TEXT"], streams: streams, inferenceTypes: ["INFERENCE_PROFILE"],
                    lifecycle: legacy ? "LEGACY" : "ACTIVE")
            ],
            profiles: [
                ListedInferenceProfile(
                    id: "us.acme.rocket-2-v1:0", modelIDs: ["acme.rocket-2-v1:0"], routesTo: ["us-east-1", "us-west-2"]
                )
            ])
    }

    /// The files of a project after an update, and the update.
    private func update(
        _ files: [String: String], _ listing: RegionListing, catalog: ModelCatalog = ModelCatalog(models: [])
    ) throws -> (update: CatalogUpdate, project: InMemoryFiles, report: CatalogReport) {
        let reader = InMemoryFiles(
            files: Dictionary(uniqueKeysWithValues: files.map { ("/p/" + $0.key, Array($0.value.utf8)) }))
        let (facts, diagnostics) = ProjectSources.facts(at: Self.location, files: reader)
        #expect(diagnostics == [])
        let known = catalog.adding(facts.overlays)
        let report = CatalogComparison(with: known, today: Self.today)
            .report(on: ModelListings([listing]), modelsWithBot: [])
        let update = CatalogUpdate(
            of: report, over: known.overlays, in: Self.location, files: reader,
            command: "botctl catalog sync --write", today: Self.today)
        var project = reader
        for file in update.files { project.files["/p/" + file.path] = Array(file.text.utf8) }
        return (update, project, report)
    }

    private func text(_ files: InMemoryFiles, _ path: String) -> String {
        String(decoding: files.files["/p/" + path] ?? [], as: UTF8.self)
    }

    @Test func `a new model makes the file, which says where it comes from`() throws {
        let (update, project, _) = try update(["bots.d/x.yaml": "model: acme.rocket-2-v1:0\n"], Self.listing())
        #expect(
            text(project, "catalog.d/listed.yaml") == """
                # yaml-language-server: $schema=../schemas/facts.schema.json
                # What the model service lists, and botctl's catalog does not say or says otherwise.
                # Last written by 'botctl catalog sync --write' on 2026-11-21, from us-east-1.
                # The keys that a listing tells are brought up to date here; whatever else you add stays. To keep a value of
                # your own against the listing, move the model into a file of its own.
                models:
                  - id: acme.rocket-2-v1:0
                    maker: Acme
                    display_name: "Rocket: 2"
                    lifecycle: active
                    input_modalities: [text, image]
                    output_modalities: [text]
                    capabilities: {streaming: true}
                    on_demand_regions: []
                    inference_profiles: [
                        {id: us.acme.rocket-2-v1:0, source_regions: [us-east-1], routes_to: [us-east-1, us-west-2]}]

                """)
        #expect(update.written.map(\.file) == ["catalog.d/listed.yaml"])
        let (facts, diagnostics) = ProjectSources.facts(at: Self.location, files: project)
        #expect(diagnostics == [])
        let catalog = ModelCatalog(models: []).adding(facts.overlays)
        #expect(
            try catalog.upstreamID(for: "acme.rocket-2-v1:0", profile: .auto, in: "us-east-1")
                == "us.acme.rocket-2-v1:0")
    }

    @Test func `a second run finds nothing to do`() throws {
        let first = try update([:], Self.listing())
        let files = ["catalog.d/listed.yaml": text(first.project, "catalog.d/listed.yaml")]
        let second = try update(files, Self.listing())
        #expect(!second.report.hasNews)
        #expect(second.update.files.isEmpty)
    }

    @Test func `the file follows the listing, and comments and keys of one's own stay`() throws {
        let first = try update([:], Self.listing())
        var written = text(first.project, "catalog.d/listed.yaml")
        written.replace("    maker: Acme\n", with: "    # ours\n    maker: Acme # really\n    context_tokens: 200000\n")
        written.replace("on 2026-11-21", with: "on 2026-01-01")
        var listing = Self.listing(streams: false, legacy: true)
        listing.models.append(FoundationModel(id: "acme.rocket-3", inferenceTypes: ["ON_DEMAND"]))
        listing.profiles[0].routesTo = ["us-east-1", "us-east-2", "us-west-2"]
        let second = try update(["catalog.d/listed.yaml": written], listing)
        #expect(second.update.refused == [])
        let text = text(second.project, "catalog.d/listed.yaml")
        for part in [
            "    # ours\n    maker: Acme # really\n    context_tokens: 200000\n", "    lifecycle: legacy\n",
            "    capabilities: {streaming: false}\n", "routes_to: [us-east-1, us-east-2, us-west-2]}]\n",
            "  - id: acme.rocket-3\n    on_demand_regions: [us-east-1]\n", "on 2026-11-21",
        ] {
            #expect(text.contains(part), "\(part) in\n\(text)")
        }
        #expect(try !update(["catalog.d/listed.yaml": text], listing).report.hasNews)
    }

    @Test func `a file of the project wins where it speaks, and gets what it does not say`() throws {
        let mine = "# By hand.\nid: acme.rocket-2-v1:0 # keep\nlifecycle: active\ncapabilities: {vision: true}\n"
        let (update, project, report) = try update(["catalog.d/mine.yaml": mine], Self.listing(legacy: true))
        let kept = report.retired.flatMap(\.differences).filter { $0.keptBy != nil }
        #expect(kept.map(\.listed) == [.lifecycle(.legacy)])
        let text = text(project, "catalog.d/mine.yaml")
        #expect(text.hasPrefix("# By hand.\nid: acme.rocket-2-v1:0 # keep\nlifecycle: active\n"))
        #expect(text.contains("capabilities: {vision: true, streaming: true}\n"))
        #expect(text.contains("inference_profiles: [{id: us.acme.rocket-2-v1:0"))
        #expect(update.refused == [])
        #expect(project.files["/p/catalog.d/listed.yaml"] == nil)
        let again = try self.update(["catalog.d/mine.yaml": text], Self.listing(legacy: true))
        #expect(again.update.files.isEmpty)
        #expect(!again.report.hasNews)
    }

    @Test func `a layout that cannot be edited for certain is told and stays`() throws {
        let listed = """
            models:
              - id: acme.rocket-2-v1:0
                lifecycle: active
                input_modalities:
                  - text
            """
        let (update, project, _) = try update(["catalog.d/listed.yaml": listed], Self.listing())
        #expect(update.refused.map(\.keys) == [["input_modalities"]])
        #expect(text(project, "catalog.d/listed.yaml").contains("    input_modalities:\n      - text"))
        let (_, diagnostics) = ProjectSources.facts(at: Self.location, files: project)
        #expect(diagnostics == [])
    }

    @Test func `facts that would break a bot are not written`() throws {
        let catalog = ModelCatalog(models: [])
        let files = InMemoryFiles(files: [
            "/p/bots.d/x.yaml": Array("model: {id: acme.rocket-2-v1:0, region: eu-west-1}\n".utf8),
            "/p/catalog.d/r.yaml": Array("id: acme.rocket-2-v1:0\n".utf8),
        ])
        let known = catalog.adding(ProjectSources.facts(at: Self.location, files: files).facts.overlays)
        let report = CatalogComparison(with: known, today: Self.today)
            .report(on: ModelListings([Self.listing()]), modelsWithBot: [])
        let update = CatalogUpdate(
            of: report, over: known.overlays, in: Self.location, files: files, command: "x", today: Self.today)
        let error = #expect(throws: CatalogSyncError.self) {
            try update.check(
                by: ConfigurationCheck(today: Timestamp(millisecondsSinceEpoch: 1_795_230_000_000)), in: nil,
                catalog: catalog)
        }
        #expect(error?.code == .invalid)
        #expect(error?.diagnostics.isEmpty == false)
    }
}
