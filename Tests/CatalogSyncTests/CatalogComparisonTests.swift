import Bedrock
import CatalogSync
import ModelCatalog
import Testing

struct CatalogComparisonTests {
    private static let rocket: ModelFacts = {
        var facts = ModelFacts(
            id: "acme.rocket-1-v1:0", maker: "Acme", displayName: "Rocket 1", kind: .text, listed: true)
        facts.lifecycle = .active
        facts.runtime = true
        facts.inputModalities = [.text]
        facts.outputModalities = [.text]
        facts.capabilities.streaming = true
        facts.regions = ["eu-west-1", "us-east-1", "us-west-2"]
        facts.onDemandRegions = ["eu-west-1", "us-east-1"]
        facts.inferenceProfiles = [
            InferenceProfile(
                id: "us.acme.rocket-1-v1:0", sourceRegions: ["us-east-1", "us-west-2"],
                routesTo: ["us-east-1", "us-west-2"])
        ]
        return facts
    }()

    /// The region's listing that says what the catalog says.
    private static func listing(
        _ region: String = "us-east-1", change: (inout FoundationModel) -> Void = { _ in },
        and others: [FoundationModel] = []
    ) -> RegionListing {
        var model = FoundationModel(
            id: rocket.id, name: "Rocket 1", provider: "Acme", inputModalities: ["TEXT"], outputModalities: ["TEXT"],
            streams: true, inferenceTypes: ["ON_DEMAND", "INFERENCE_PROFILE"], lifecycle: "ACTIVE")
        change(&model)
        let profile = ListedInferenceProfile(
            id: "us.acme.rocket-1-v1:0", modelIDs: [model.id], routesTo: ["us-west-2", "us-east-1"])
        return RegionListing(region: region, models: [model] + others, profiles: [profile])
    }

    private func report(
        _ listings: RegionListing..., catalog: ModelCatalog = ModelCatalog(models: [Self.rocket]),
        modelsWithBot: Set<String> = []
    ) -> CatalogReport {
        CatalogComparison(with: catalog, today: "2026-11-21")
            .report(on: ModelListings(listings), modelsWithBot: modelsWithBot)
    }

    @Test func `a listing that says what the catalog says is no news`() {
        let report = report(Self.listing(), modelsWithBot: [Self.rocket.id])
        #expect(!report.hasNews)
        #expect(report.changed.isEmpty && report.retired.isEmpty && report.new.isEmpty && report.withoutBot.isEmpty)
        #expect(report.listedCount == 1)
    }

    @Test(arguments: [
        (FoundationModel(id: "", inputModalities: ["TEXT", "IMAGE"]), "input_modalities: text -> text, image"),
        (FoundationModel(id: "", outputModalities: ["TEXT", "IMAGE"]), "output_modalities: text -> text, image"),
        (FoundationModel(id: "", streams: false), "capabilities.streaming: yes -> no"),
        (FoundationModel(id: "", inferenceTypes: ["INFERENCE_PROFILE"]), "on demand: - us-east-1"),
        (FoundationModel(id: "", endOfLife: "2027-03-31"), "deprecation_date: not known -> 2027-03-31"),
    ])
    func `what a listing says otherwise is a change`(said: FoundationModel, text: String) {
        let report = report(
            Self.listing { model in
                if !said.inputModalities.isEmpty { model.inputModalities = said.inputModalities }
                if !said.outputModalities.isEmpty { model.outputModalities = said.outputModalities }
                if !said.inferenceTypes.isEmpty { model.inferenceTypes = said.inferenceTypes }
                model.streams = said.streams ?? model.streams
                model.endOfLife = said.endOfLife
            })
        #expect(report.changed.flatMap { $0.differences.map(\.text) } == [text])
        #expect(report.hasNews)
    }

    @Test func `regions that were not asked stay as the catalog has them`() throws {
        let report = report(Self.listing { $0.inferenceTypes = ["INFERENCE_PROFILE"] })
        let difference = try #require(report.changed.first?.differences.first)
        #expect(difference.listed == .onDemandRegions(["eu-west-1"]))
    }

    @Test func `a profile's new regions and destinations are a change, and others stay`() throws {
        var listing = Self.listing("us-east-2")
        listing.models[0].inferenceTypes = ["INFERENCE_PROFILE"]
        listing.profiles[0].routesTo = ["us-east-2"]
        let change = try #require(report(listing).changed.first)
        #expect(
            change.differences.map(\.listed) == [
                .inferenceProfiles([
                    InferenceProfile(
                        id: "us.acme.rocket-1-v1:0", sourceRegions: ["us-east-1", "us-east-2", "us-west-2"],
                        routesTo: ["us-east-1", "us-east-2", "us-west-2"])
                ])
            ])
        #expect(
            change.differences.map(\.text) == [
                "profiles: us.acme.rocket-1-v1:0 callable from + us-east-2, answered in + us-east-2"
            ])
    }

    @Test func `a profile that a region no longer has leaves that region`() throws {
        var listing = Self.listing()
        listing.profiles = []
        let change = try #require(report(listing).changed.first)
        #expect(change.differences.map(\.text) == ["profiles: us.acme.rocket-1-v1:0 callable from - us-east-1"])
    }

    @Test func `an active model that is listed as legacy, or over, is retired`() {
        let legacy = report(Self.listing { $0.lifecycle = "LEGACY" })
        #expect(legacy.retired.map(\.retirement) == [.legacy])
        #expect(legacy.retired.first?.differences.map(\.listed) == [.lifecycle(.legacy)])
        #expect(legacy.changed.isEmpty && legacy.withoutBot.isEmpty)
        let over = report(Self.listing { $0.endOfLife = "2026-11-01" })
        #expect(over.retired.map(\.retirement) == [.ended("2026-11-01")])
    }

    @Test func `a model that no region lists any more is retired, and nothing is to be written`() {
        let other = FoundationModel(id: "acme.other", inferenceTypes: ["ON_DEMAND"])
        let report = report(RegionListing(region: "us-east-1", models: [other]))
        #expect(report.retired.map(\.retirement) == [.notListed])
        #expect(report.retired.first?.missingRegions == ["us-east-1"])
        #expect(report.retired.first?.differences == [])
    }

    @Test func `a model that one of the regions lists is changed, not retired`() {
        let empty = RegionListing(region: "us-west-2", models: [FoundationModel(id: "acme.other")])
        let report = report(Self.listing(), empty)
        #expect(report.retired.isEmpty)
        #expect(report.changed.map(\.missingRegions) == [["us-west-2"]])
        #expect(report.changed.map(\.differences) == [[]])
    }

    @Test func `a model that the catalog has in other regions only is not missed`() {
        let report = report(
            RegionListing(region: "ap-south-1", models: [FoundationModel(id: "acme.other")]))
        #expect(report.retired.isEmpty)
    }

    @Test func `a model of another endpoint is never missed`() {
        var facts = Self.rocket
        facts.runtime = false
        let report = report(
            RegionListing(region: "us-east-1", models: [FoundationModel(id: "acme.other")]),
            catalog: ModelCatalog(models: [facts]))
        #expect(report.retired.isEmpty)
    }

    @Test func `a model in no catalog is new, with what all regions say of it`() throws {
        let new = FoundationModel(
            id: "acme.rocket-2-v1:0", name: "Rocket\u{1B}[31m 2\u{202E}", provider: "Acme",
            inputModalities: ["TEXT", "SMELL"], outputModalities: ["TEXT"], streams: true,
            inferenceTypes: ["ON_DEMAND"], lifecycle: "ACTIVE")
        let report = report(Self.listing(and: [new]), Self.listing("us-west-2", and: [new]))
        let model = try #require(report.new.first)
        #expect(report.new.count == 1)
        #expect(model.name == "Rocket[31m 2")
        #expect(model.inputModalities == [.text])
        #expect(model.onDemandRegions == ["us-east-1", "us-west-2"])
        #expect(report.withoutBot.map(\.id) == [Self.rocket.id, new.id])
    }

    @Test func `entries that cannot be meant are counted and left out`() {
        let others = ["", "no maker", "acme.\u{1B}[2J", "us.acme.rocket", "arn:aws:bedrock:x/y", "acme.x\nid: evil"]
            .map { FoundationModel(id: $0) }
        let provisioned = FoundationModel(id: "acme.rocket-1-v1:0:48k", inferenceTypes: ["PROVISIONED"])
        var listing = Self.listing(and: others + [provisioned])
        listing.profiles.append(ListedInferenceProfile(id: "mars.acme.rocket-1-v1:0", modelIDs: ["acme.rocket-1-v1:0"]))
        let report = report(listing)
        #expect(report.ignoredCount == others.count)
        #expect(report.provisionedOnlyCount == 1)
        #expect(report.unknownProfiles == ["mars.acme.rocket-1-v1:0"])
        #expect(report.new.isEmpty)
    }

    @Test func `a listing without end is bounded`() {
        let models = (0..<ModelListings.entryLimit + 7).map { FoundationModel(id: "acme.m\($0)") }
        let listings = ModelListings([RegionListing(region: "us-east-1", models: models)])
        #expect(listings.models.count == ModelListings.entryLimit)
        #expect(listings.ignoredCount == 7)
    }

    @Test func `what a file of the project says wins and is no news`() throws {
        var overlay = ModelFactsOverlay(id: Self.rocket.id)
        overlay.lifecycle = .active
        overlay.file = "catalog.d/mine.yaml"
        let catalog = ModelCatalog(models: [Self.rocket]).adding([overlay])
        let report = report(
            Self.listing {
                $0.lifecycle = "LEGACY"
                $0.streams = false
            }, catalog: catalog)
        let differences = report.retired.flatMap(\.differences)
        #expect(differences.map(\.keptBy) == ["catalog.d/mine.yaml", nil])
    }
}
