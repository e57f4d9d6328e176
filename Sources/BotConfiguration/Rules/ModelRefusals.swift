package import ModelCatalog

/// What a model refuses in a request, by its facts.
package struct ModelRefusals: Hashable, Sendable {
    /// The model refuses `temperature` and `top_p` altogether.
    package let sampling: Bool
    /// The model refuses `temperature` together with `top_p`.
    package let temperatureWithTopP: Bool

    /// What is known of a model; nothing is refused by a model without facts.
    package init(facts: ModelFacts?) {
        sampling = facts?.capabilities.samplingParams == false
        temperatureWithTopP = facts.map { Self.refusesBoth($0.id) } ?? false
    }

    /// Claude Opus 4.1 and the 4.5 and 4.6 generations answer "temperature and top_p cannot both be specified".
    private static func refusesBoth(_ id: String) -> Bool {
        [
            "claude-opus-4-1", "claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5", "claude-opus-4-6",
            "claude-sonnet-4-6",
        ].contains { id.hasPrefix("anthropic.\($0)") }
    }
}
