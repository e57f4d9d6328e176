package import JSONCoding

/// What a person asks of a model, in no protocol's terms.
///
/// A front door makes it of its own request; an upstream adapter turns it into the model service's request.
package struct ChatRequest: Hashable, Sendable {
    /// The conversation in order of time, newest last.
    package var messages: [ChatMessage]
    /// Instructions that stand above the conversation; empty when there are none.
    package var system: String
    /// How the answer is sampled; what is nil is left to the model.
    package var sampling: Sampling
    /// What the model may call; nil where it may call nothing.
    package var tools: ToolUse?
    /// How much the model thinks before it answers.
    package var thinking: Thinking

    package init(
        messages: [ChatMessage], system: String = "", sampling: Sampling = Sampling(), tools: ToolUse? = nil,
        thinking: Thinking = .asTheModelDoes
    ) {
        self.messages = messages
        self.system = system
        self.sampling = sampling
        self.tools = tools
        self.thinking = thinking
    }
}

/// How an answer is sampled.
package struct Sampling: Hashable, Sendable {
    /// Randomness, 0 or more; a model's own range is the adapter's business.
    package var temperature: Double?
    /// Nucleus sampling, 0 to 1.
    package var topP: Double?
    /// The longest answer in tokens, 1 or more.
    package var maxTokens: Int?
    /// Texts at which the answer ends.
    package var stopSequences: [String]
    /// Further fields for the model, passed on as they are.
    package var additional: JSONObject

    package init(
        temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil, stopSequences: [String] = [],
        additional: JSONObject = JSONObject()
    ) {
        self.temperature = temperature
        self.topP = topP
        self.maxTokens = maxTokens
        self.stopSequences = stopSequences
        self.additional = additional
    }
}
