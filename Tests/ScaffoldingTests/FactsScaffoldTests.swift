import BotConfiguration
import FileAccess
import ModelCatalog
import Scaffolding
import TestSupport
import Testing

struct FactsScaffoldTests {
    /// The facts of a project with that file.
    private func facts(_ file: ScaffoldedFile, _ id: String) throws -> ModelFacts {
        let files = InMemoryFiles(files: [
            "/p/\(file.path)": Array(file.text.utf8), "/p/bots.d/x.yaml": Array("model: \(id)".utf8),
        ])
        let project = try ProjectSources.read(ProjectLocation(root: "/p"), files: files).project(catalog: .embedded)
        #expect(project.diagnostics == [])
        return try #require(project.catalog.facts(for: id))
    }

    @Test func `the id alone makes a model that can be called`() throws {
        let file = FactsScaffold(modelID: "acme.rocket-2-v1:0").file(named: "rocket-2", in: "/p")
        #expect(file.path == "catalog.d/rocket-2.yaml")
        #expect(
            file.text == """
                # yaml-language-server: $schema=../schemas/facts.schema.json
                # What this project knows of a model that is not yet in botctl's catalog.
                id: acme.rocket-2-v1:0

                """)
        let facts = try facts(file, "acme.rocket-2-v1:0")
        #expect(facts.kind == .text)
        #expect(facts.runtime != false)
    }

    @Test func `a prefix says that there is such a profile`() throws {
        let file = FactsScaffold(modelID: "us.acme.rocket-2-v1:0").file(named: "r", in: "/p")
        #expect(file.text.contains("id: acme.rocket-2-v1:0\n"))
        let facts = try facts(file, "us.acme.rocket-2-v1:0")
        #expect(facts.inferenceProfiles.map(\.id) == ["us.acme.rocket-2-v1:0"])
    }

    @Test func `what is known is written in the words of the configuration`() throws {
        var scaffold = FactsScaffold(modelID: "acme.rocket")
        scaffold.maker = "Acme: \"Rockets\""
        scaffold.displayName = "007"
        scaffold.contextTokens = 200_000
        scaffold.maxOutputTokens = 8192
        scaffold.inputModalities = ["text", "image"]
        scaffold.streams = true
        scaffold.onDemandRegions = ["us-east-1"]
        scaffold.profiles = [FactsScaffold.Profile(id: "eu.acme.rocket", sourceRegions: ["eu-west-1"])]
        let facts = try facts(scaffold.file(named: "r", in: "/p"), "acme.rocket")
        #expect(facts.maker == "Acme: \"Rockets\"")
        #expect(facts.displayName == "007")
        #expect(facts.contextTokens == 200_000)
        #expect(facts.maxOutputTokens == 8192)
        #expect(facts.inputModalities == [.text, .image])
        #expect(facts.capabilities.streaming == true)
        #expect(facts.onDemandRegions == ["us-east-1"])
        #expect(facts.inferenceProfiles == [InferenceProfile(id: "eu.acme.rocket", sourceRegions: ["eu-west-1"])])
    }
}
