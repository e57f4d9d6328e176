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
    /// What shape the answer has to have.
    package var responseFormat: ResponseFormat
    /// What the caller sets in place of the bot's values; an upstream adapter finds it settled into the members above.
    package var overrides: RequestOverrides
    /// Who asks, as the caller's own system knows that person, for the model service's watch over abuse; nil when
    /// nothing is said.
    package var endUser: String?

    package init(
        messages: [ChatMessage], system: String = "", sampling: Sampling = Sampling(), tools: ToolUse? = nil,
        thinking: Thinking = .asTheModelDoes, responseFormat: ResponseFormat = .text,
        overrides: RequestOverrides = RequestOverrides(), endUser: String? = nil
    ) {
        self.messages = messages
        self.system = system
        self.sampling = sampling
        self.tools = tools
        self.thinking = thinking
        self.responseFormat = responseFormat
        self.overrides = overrides
        self.endUser = endUser
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
    /// Asks for the same answer to the same request, as well as the service can; some have no such thing.
    package var seed: Int?
    /// How much words are avoided that have come, -2 to 2; some services have no such thing.
    package var presencePenalty: Double?
    /// How much words are avoided the more often they have come, -2 to 2; some services have no such thing.
    package var frequencyPenalty: Double?
    /// How much likelier tokens become, -100 to 100, by their numbers; some services have no such thing.
    package var logitBias: [Int: Double]
    /// Further fields for the model, passed on as they are.
    package var additional: JSONObject

    package init(
        temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil, stopSequences: [String] = [],
        seed: Int? = nil, presencePenalty: Double? = nil, frequencyPenalty: Double? = nil,
        logitBias: [Int: Double] = [:], additional: JSONObject = JSONObject()
    ) {
        self.temperature = temperature
        self.topP = topP
        self.maxTokens = maxTokens
        self.stopSequences = stopSequences
        self.seed = seed
        self.presencePenalty = presencePenalty
        self.frequencyPenalty = frequencyPenalty
        self.logitBias = logitBias
        self.additional = additional
    }
}
