import JSONCoding
import ModelCatalog

/// Whether a model thinks before it answers a request, and how its thoughts look.
///
/// Every family is asked in its own words through `additionalModelRequestFields`.
enum ThinkingPlan: Sendable, Hashable {
    case none
    /// The thoughts can be read and carry a signature that is checked when they come back.
    case signed
    /// The thoughts can be read and have no signature.
    case open
    /// The thoughts come as a fixed text.
    case masked
    /// The thoughts come as opaque bytes.
    case hidden

    /// What stands for thoughts that are masked.
    ///
    /// Source: Amazon Nova 2 user guide, extended thinking.
    static let mask = "[REDACTED]"

    /// How a model thinks about a request.
    init(_ request: ConverseRequest, model: ModelFacts) {
        let fields = request.additionalFields
        switch ThinkingFamily(model) {
        case .claude:
            let isAsked = ["enabled", "adaptive"].contains(fields["thinking"]?["type"]?.string)
            guard isAsked else { self = .none; return }
            self = PromptTrigger.hiddenThinking.isPulled(by: request.newestUserText) ? .hidden : .signed
        case .nova:
            self = fields["reasoningConfig"]?["type"]?.string == "enabled" ? .masked : .none
        case .alwaysOpen: self = .open
        case .effort:
            let effort =
                fields["reasoning_effort"]?.string ?? fields["reasoning"]?["effort"]?.string
                ?? fields["reasoning_config"]?.string
            self = effort.map { $0 == "none" } ?? true ? .none : .open
        }
    }
}

/// The families of models by how they are asked to think.
enum ThinkingFamily: Sendable, Hashable {
    /// `thinking`, with a budget or an effort.
    case claude
    /// `reasoningConfig`.
    case nova
    /// Thinks whatever the request says.
    case alwaysOpen
    /// `reasoning_effort` or `reasoning.effort`.
    case effort

    init(_ model: ModelFacts) {
        if model.id.hasPrefix("anthropic.") {
            self = .claude
        } else if model.id.hasPrefix("amazon.") {
            self = .nova
        } else if model.id.hasPrefix("deepseek.r1") {
            self = .alwaysOpen
        } else {
            self = .effort
        }
    }
}
