/// How much a model thinks before it answers.
package enum Thinking: Hashable, Sendable {
    /// Nothing is said; the model does what it does by itself.
    case asTheModelDoes
    /// Not at all, where the model can go without.
    case off
    /// As much as the named effort; an adapter takes the nearest one that the model knows.
    case effort(Effort)

    /// How hard a model thinks, from little to much.
    package enum Effort: String, Hashable, Sendable, CaseIterable {
        case minimal, low, medium, high, xhigh, max
    }
}

/// A piece of a model's thinking, whole, as it has to be sent back in the turn that answers a tool call.
///
/// It belongs to the model that made it: another model refuses it, and so does the same one when a byte is changed.
package struct ReasoningBlock: Hashable, Sendable {
    /// The thoughts in words; empty where the service hides them.
    package var text: String
    /// The service's seal over the text.
    package var signature: String?
    /// What the service hides, in base64 as it came; nil where the thoughts are open.
    package var redacted: String?
    /// The id of the model that thought so; nil when it is not known.
    package var modelID: String?

    package init(text: String = "", signature: String? = nil, redacted: String? = nil, modelID: String? = nil) {
        self.text = text
        self.signature = signature
        self.redacted = redacted
        self.modelID = modelID
    }
}
