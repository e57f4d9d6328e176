package import ChatEvents

/// How a model is told how much to think.
package struct ThinkingTraits: Hashable, Sendable {
    /// The field of the request that says it, which differs from family to family.
    package enum Form: Hashable, Sendable {
        /// There is none, or none that is known: the model does what it does.
        case none
        /// `thinking: {type: enabled, budget_tokens}` of Claude 3.7 to 4.5.
        case budget
        /// `thinking: {type: adaptive}` with `output_config: {effort}` of Claude 4.6 and later.
        case adaptive
        /// `reasoningConfig` of Amazon Nova 2.
        case novaReasoningConfig
        /// `reasoning_effort` of gpt-oss, Kimi and DeepSeek.
        case effortWord
        /// `reasoning: {effort}` of GPT-5 and later.
        case effortObject
    }

    package var form: Form
    /// The efforts that the model takes, in no order; the nearest one is sent.
    package var efforts: Set<Thinking.Effort>
    /// Whether the model takes the word `none`.
    package var takesNone: Bool
    /// Whether the model thinks whatever the request says.
    package var isAlwaysOn: Bool

    /// Makes traits; the defaults are those of a model that cannot be told.
    package init(
        form: Form = .none, efforts: Set<Thinking.Effort> = [.low, .medium, .high], takesNone: Bool = false,
        isAlwaysOn: Bool = false
    ) {
        self.form = form
        self.efforts = efforts
        self.takesNone = takesNone
        self.isAlwaysOn = isAlwaysOn
    }

    /// The effort that the model takes and that is nearest to the one wished for; of two, the lesser one.
    func nearest(to wished: Thinking.Effort) -> Thinking.Effort? {
        let ranks = Thinking.Effort.allCases
        guard let wish = ranks.firstIndex(of: wished) else { return nil }
        return ranks.indices.filter { efforts.contains(ranks[$0]) }
            .min { (abs($0 - wish), $0) < (abs($1 - wish), $1) }.map { ranks[$0] }
    }
}
