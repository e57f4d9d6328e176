import ModelCatalog
import Testing

struct SuggestionTests {
    let catalog = ModelCatalog.embedded

    @Test(
        arguments: [
            // A slip of the hand.
            ("amazon.nova-mirco-v1:0", "amazon.nova-micro-v1:0"),
            ("antropic.claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
            ("Amazon.Nova-Micro-v1:0", "amazon.nova-micro-v1:0"),
            ("anthropic.claud-sonet-5-5", "anthropic.claude-sonnet-5-5"),
            // Something left out at an end.
            ("amazon.nova-micro", "amazon.nova-micro-v1:0"),
            ("nova-micro", "amazon.nova-micro-v1:0"),
            ("claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
            ("meta.llama3-3-70b-instruct", "meta.llama3-3-70b-instruct-v1:0"),
            ("deepseek.r1", "deepseek.r1-v1:0"),
            ("anthropic.claude-sonnet-4-5", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
            ("anthropic.claude-sonnet-4-5-v1:0", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
            ("anthropic.claude-sonnet-4-5-20250929", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
            // Other separators, and names for people.
            ("claude-sonnet-4.5", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
            ("Claude Sonnet 4.5", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
            ("claude_opus_4_5", "anthropic.claude-opus-4-5-20251101-v1:0"),
            ("amazon/nova-micro", "amazon.nova-micro-v1:0"),
            ("Nova Micro", "amazon.nova-micro-v1:0"),
            ("llama 3.3 70b instruct", "meta.llama3-3-70b-instruct-v1:0"),
            ("gpt-6-sol", "openai.gpt-6-sol"),
            // A profile's prefix, right and wrong.
            ("us.amazon.nova-micro-v1:1", "amazon.nova-micro-v1:0"),
            ("use.amazon.nova-micro-v1:0", "amazon.nova-micro-v1:0"),
            ("europe.anthropic.claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
            ("us-anthropic.claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
            ("us.claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
            ("ap.anthropic.claude-sonnet-4.5", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
            ("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-mikro-v1:0", "amazon.nova-micro-v1:0"),
            // The nearest, not the first near one.
            ("anthropic.claude-opus-4-6-v2", "anthropic.claude-opus-4-6-v1"),
            ("amazon.nova-2-lite", "amazon.nova-2-lite-v1:0"),
            ("mistral.mistral-large-2407", "mistral.mistral-large-2407-v1:0"),
            ("zai.glm-5.2", "zai.glm-5.3"),
            // Of a family the newest that can be called.
            ("claude-sonnet", "anthropic.claude-sonnet-5-5"),
            ("anthropic.claude-haiku", "anthropic.claude-haiku-5-5"),
            ("grok", "xai.grok-4.7"),
            ("claude-sonet", "anthropic.claude-sonnet-5-5"),
            ("antropic.claude-hiaku", "anthropic.claude-haiku-5-5"),
            // A model that can be called rather than its name on another endpoint.
            ("qwen3 32b", "qwen.qwen3-32b-v1:0"),
            ("gpt-oss-120b", "openai.gpt-oss-120b-1:0"),
        ])
    func `finds what was meant`(written: String, meant: String) {
        #expect(catalog.closestID(to: written) == meant)
    }

    @Test(arguments: [
        // A part of names: the current models of the family, not its first.
        ("claude", "anthropic.claude-fable-5-1"), ("claude-opus", "anthropic.claude-opus-5-5"),
        // The whole of one, and a slip.
        ("anthropic.claude-v1", "anthropic.claude-v1"), ("amazon.nova-mirco-v1:0", "amazon.nova-micro-v1:0"),
    ])
    func `suggests what is in use`(written: String, meant: String) {
        let ids = catalog.suggestedIDs(for: written, limit: 3)
        #expect(ids.first == meant)
        #expect(ids.count <= 3)
        #expect(ids.allSatisfy { catalog.facts(for: $0)?.listed == true || $0 == written }, "\(ids)")
    }

    @Test(arguments: ["", "...", "acme.rocket-v9:0", "x", "v1:0", String(repeating: "nova", count: 1000)])
    func `says nothing where nothing is near`(written: String) {
        #expect(catalog.closestID(to: written) == nil)
    }

    @Test(arguments: ["a b", "x", "...", "a-b.c"])
    func `single letters mean no model`(written: String) {
        #expect(catalog.suggestedIDs(for: written, limit: 3) == [])
    }

    @Test func `every id suggests itself`() {
        for model in catalog.models { #expect(catalog.closestIDs(to: model.id, limit: 5) == [model.id]) }
    }

    @Test func `several come in the order of how likely they are`() {
        #expect(
            catalog.closestIDs(to: "claude-sonet-4.5", limit: 3) == [
                "anthropic.claude-sonnet-4-5-20250929-v1:0", "anthropic.claude-sonnet-5-5",
                "anthropic.claude-sonnet-4-6",
            ])
        #expect(catalog.closestIDs(to: "nova-micro", limit: 0).isEmpty)
    }
}
