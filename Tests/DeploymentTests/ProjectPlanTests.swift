import BotConfiguration
import Deployment
import JSONCoding
import ModelCatalog
import TestSupport
import Testing

/// Plans of real project files.
struct ProjectPlanTests {
    private let store = StateStore(InMemoryObjectStore())

    private func project(_ files: [String: String]) throws -> Project {
        let files = InMemoryFiles(files: Dictionary(uniqueKeysWithValues: files.map { ("/p/" + $0, Array($1.utf8)) }))
        let project = try ProjectSources.read(ProjectLocation(root: "/p"), files: files)
            .project(in: nil, catalog: .embedded)
        #expect(project.diagnostics.isEmpty)
        return project
    }

    private func deploy(_ files: [String: String]) async throws {
        let plan = try await Plan(of: try project(files), over: try await store.currentManifest(), in: store)
        _ = try await store.promote(
            plan.manifest(stamp: Samples.stamp(), newLineage: "lineage"), over: plan.base, blobs: plan.blobs)
    }

    @Test func `a change names the file and the line it comes from`() async throws {
        let template = "parameters:\n  max_tokens: 500\n"
        let bot = "model: amazon.nova-micro-v1:0\nparameters:\n  temperature: 0.5\n"
        try await deploy(["templates/DEFAULT_CHAT_CONFIG.yaml": template, "bots.d/nova-micro.yaml": bot])
        let changed = try project([
            "templates/DEFAULT_CHAT_CONFIG.yaml": "# longer answers\n" + template.replacing("500", with: "900"),
            "bots.d/nova-micro.yaml": bot.replacing("0.5", with: "0.7")
                + "smoke:\n  - name: pong\n    prompt: Reply with the single word pong.\n",
            "bots.d/other.yaml": "model: amazon.nova-micro-v1:0\n",
        ])
        let plan = try await Plan(of: changed, over: try await store.currentManifest(), in: store)
        #expect(plan.environment == "local")
        #expect(plan.summary == "1 to add, 1 to change, 0 to remove")
        let fields = try #require(plan["nova-micro"]).fields
        #expect(
            fields.prefix(2) == [
                FieldChange(
                    path: "parameters.max_tokens", old: 500, new: 900,
                    origin: "templates/DEFAULT_CHAT_CONFIG.yaml:3:15"),
                FieldChange(
                    path: "parameters.temperature", old: "0.5", new: "0.7", origin: "bots.d/nova-micro.yaml:3:16"),
            ])
        #expect(fields.dropFirst(2).map(\.path) == ["smoke.pong.name", "smoke.pong.prompt"])
        #expect(fields.dropFirst(2).allSatisfy { $0.origin?.hasPrefix("bots.d/nova-micro.yaml:") == true })
    }

    @Test func `what nobody wrote has no origin`() async throws {
        let plan = try await Plan(
            of: try project(["bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\n"]), over: nil, in: store)
        let origins = Dictionary(
            uniqueKeysWithValues: try #require(plan["nova"]).fields.map { ($0.path, $0.origin) })
        #expect(origins["model.upstream.us-east-1"] == "bots.d/nova.yaml:1:8")
        #expect(origins["model.region"] == .some(nil))
        #expect(origins["kind"] == .some(nil))
    }

    @Test func `reformatting, comments and renamed files change nothing`() async throws {
        try await deploy(["bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\nparameters: {temperature: 0.50}\n"])
        let reformatted = try project([
            "bots.d/renamed-file.yaml":
                "# a comment\nname: nova\nmodel:\n  id: amazon.nova-micro-v1:0\nparameters:\n  temperature: 0.5\n"
        ])
        let plan = try await Plan(of: reformatted, over: try await store.currentManifest(), in: store)
        #expect(plan.isEmpty)
    }

    @Test func `other names of a bot are shown once`() async throws {
        try await deploy(["bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\n"])
        let renamed = try project(["bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\naliases: [micro]\n"])
        let plan = try await Plan(of: renamed, over: try await store.currentManifest(), in: store)
        #expect(plan["nova"]?.fields.map(\.path) == ["aliases"])
        #expect(plan["nova"]?.action == .change)
    }
}
