import BotConfiguration
import ModelCatalog
import Scaffolding
import Testing

struct BotNamingTests {
    @Test(arguments: [
        ("anthropic.claude-sonnet-5-5", "claude-sonnet-5.5"),
        ("anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4.5"),
        ("anthropic.claude-opus-4-6-v1", "claude-opus-4.6"),
        ("anthropic.claude-opus-4-20250514-v1:0", "claude-opus-4"),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3.5-sonnet"),
        ("anthropic.claude-v2:1", "claude-v2"),
        ("us.amazon.nova-micro-v1:0", "nova-micro"),
        ("amazon.nova-2-lite-v1:0", "nova-2-lite"),
        ("amazon.titan-text-lite-v1", "titan-text-lite"),
        ("cohere.command-text-v14", "command-text-v14"),
        ("deepseek.r1-v1:0", "deepseek-r1"),
        ("deepseek.v3.2", "deepseek-v3.2"),
        ("deepseek.v3-v1:0", "deepseek-v3"),
        ("google.gemma-3-27b-it", "gemma-3-27b"),
        ("meta.llama3-3-70b-instruct-v1:0", "llama-3.3-70b"),
        ("meta.llama4-maverick-17b-instruct-v1:0", "llama4-maverick-17b"),
        ("mistral.mistral-7b-instruct-v0:2", "mistral-7b"),
        ("mistral.mistral-large-3-675b-instruct", "mistral-large-3-675b"),
        ("mistral.mixtral-8x7b-instruct-v0:1", "mixtral-8x7b"),
        ("minimax.minimax-m2.5", "minimax-m2.5"),
        ("nvidia.nemotron-nano-12b-v2", "nemotron-nano-12b-v2"),
        ("openai.gpt-5.4-2026-03-05", "gpt-5.4"),
        ("openai.gpt-oss-120b-1:0", "gpt-oss-120b"),
        ("qwen.qwen3-235b-a22b-2507-v1:0", "qwen3-235b-a22b-2507"),
        ("twelvelabs.pegasus-1-2-v1:0", "pegasus-1.2"),
        ("arn:aws:bedrock:us-east-1:123456789012:imported-model/My_Model", "my-model"),
        ("acme.rocket", "rocket"),
    ])
    func `a model's id makes a name that reads well`(id: String, name: String) {
        #expect(BotNaming.names(for: id).first == name)
    }

    @Test func `every model of the catalog has valid names, and models of one short name differ in a longer one`() {
        var taken: Set<String> = []
        for model in ModelCatalog.embedded.models {
            let names = BotNaming.names(for: model.id)
            #expect(!names.isEmpty)
            #expect(names.allSatisfy(TextFormat.botName.accepts), "\(model.id): \(names)")
            #expect(Set(names).count == names.count)
            guard let name = BotNaming.freeName(for: model.id, taken: taken) else {
                Issue.record("no name is left for \(model.id)")
                continue
            }
            taken.insert(name)
        }
        #expect(taken.count == ModelCatalog.embedded.models.count)
    }

    @Test func `a taken name makes way for one that says more, never for a number`() {
        let id = "anthropic.claude-haiku-4-5-20251001-v1:0"
        #expect(
            BotNaming.names(for: id) == [
                "claude-haiku-4.5", "claude-haiku-4.5-20251001", "claude-haiku-4-5-20251001-v1-0",
                "anthropic.claude-haiku-4-5-20251001-v1-0",
            ])
        #expect(BotNaming.freeName(for: id, taken: ["claude-haiku-4.5"]) == "claude-haiku-4.5-20251001")
        #expect(BotNaming.freeName(for: "acme.a", taken: ["a", "acme-a", "acme.a"]) == nil)
    }

    @Test(arguments: ["", ".", "...", "-", "::", "\u{0}", "日本"])
    func `what holds no letter or digit has no name`(id: String) {
        #expect(BotNaming.names(for: id) == [])
    }

    @Test func `a name is never longer than a bot's may be`() {
        let names = BotNaming.names(for: "acme." + String(repeating: "rocket-", count: 20))
        #expect(!names.isEmpty)
        #expect(names.allSatisfy { $0.utf8.count <= 63 && TextFormat.botName.accepts($0) })
    }
}
