package import ModelCatalog

/// What a model refuses in a request, by its facts.
package struct ModelRefusals: Hashable, Sendable {
    /// The model refuses `temperature` and `top_p` altogether.
    package let sampling: Bool
    /// The model refuses `temperature` together with `top_p`.
    package let temperatureWithTopP: Bool
    /// The model refuses a `maxTokens` below this; nil when there is no such bound.
    package let maxTokensBelow: Int?

    /// What is known of a model; nothing is refused by a model without facts.
    package init(facts: ModelFacts?) {
        sampling = facts?.capabilities.samplingParams == false
        temperatureWithTopP = facts.map { Self.refusesBoth($0.id) } ?? false
        maxTokensBelow = facts.flatMap { Self.leastMaxTokens($0.id) }
    }

    /// Claude Opus 4.1 and the 4.5 and 4.6 generations answer "temperature and top_p cannot both be specified".
    private static func refusesBoth(_ id: String) -> Bool {
        [
            "claude-opus-4-1", "claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5", "claude-opus-4-6",
            "claude-sonnet-4-6",
        ].contains { id.hasPrefix("anthropic.\($0)") }
    }

    /// GPT models other than the open-weight ones, and Grok, take 16 tokens or more.
    private static func leastMaxTokens(_ id: String) -> Int? {
        let isGPT = id.hasPrefix("openai.gpt-") && !id.hasPrefix("openai.gpt-oss")
        return isGPT || id.hasPrefix("xai.grok") ? 16 : nil
    }
}
