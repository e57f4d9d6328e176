import BotConfiguration
import FileAccess
import ModelCatalog
import Scaffolding
import TestSupport
import Testing

struct ModelFamilyTests {
    @Test(arguments: [
        ("anthropic.claude-opus-4-5-20251101-v1:0", ["anthropic", "claude", "opus"], [4, 5]),
        ("us.anthropic.claude-opus-9-20270101-v1:0", ["anthropic", "claude", "opus"], [9]),
        ("anthropic.claude-3-opus-20240229-v1:0", ["anthropic", "claude", "opus"], [3]),
        ("meta.llama3-1-8b-instruct-v1:0", ["b", "instruct", "llama", "meta"], [3, 1, 8]),
        ("deepseek.v3.2", ["deepseek"], [3, 2]), ("amazon.nova-micro-v1:0", ["amazon", "micro", "nova"], []),
        ("amazon.nova-micro-v2:0", ["amazon", "micro", "nova"], [2, 0]), ("", [], []), ("-.-", [], []),
        ("acme.x-v1:0:300k", ["acme", "x"], []),
        ("acme.99999999999999999999-7", ["acme"], [7]),
    ])
    func `an id names a family and a version`(id: String, words: [String], version: [Int]) {
        let family = ModelFamily(of: id)
        #expect(family.words == words)
        #expect(family.version == version)
    }

    @Test func `the first relative is the newest that can be called`() throws {
        let first = try #require(ModelCatalog.embedded.relatives(of: "anthropic.claude-opus-99").first)
        #expect(first.runtime != false)
        #expect(first.listed)
        #expect(first.id == "anthropic.claude-opus-5-5")
        #expect(ModelCatalog.embedded.relatives(of: "acme.rocket").isEmpty)
    }

    @Test func `a model of another endpoint is refused with one that can be called`() async throws {
        let files = InMemoryFiles(files: ["/project/botctl.yaml": []])
        let scaffolder = Scaffolder(location: ProjectLocation(root: "/project"), files: files, catalog: .embedded)
        let result = try await scaffolder.scaffold([BotRequest(modelID: "anthropic.claude-haiku-4-5")])[0]
        guard case .failure(let refusal) = result else {
            Issue.record("it was scaffolded")
            return
        }
        #expect(refusal.description.contains("not served by bedrock-runtime"))
        #expect(refusal.hint?.contains("'anthropic.claude-haiku-4-5-20251001-v1:0' can be called") == true)
    }

    @Test func `broken settings refuse every bot`() async throws {
        let files = InMemoryFiles(files: ["/project/botctl.yaml": Array("environmens: 1\n".utf8)])
        let scaffolder = Scaffolder(location: ProjectLocation(root: "/project"), files: files, catalog: .embedded)
        let requests = ["amazon.nova-micro-v1:0", "amazon.nova-pro-v1:0"].map { BotRequest(modelID: $0) }
        for result in try await scaffolder.scaffold(requests) {
            #expect(throws: ScaffoldRefusal.brokenSettings) { try result.get() }
        }
    }
}
