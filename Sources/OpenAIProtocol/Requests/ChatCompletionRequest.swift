package import JSONCoding

/// A request for a chat completion.
///
/// Members that are not known are kept in ``additional``, so that nothing is lost on the way through.
///
/// Source: OpenAI API reference, "Create chat completion".
package struct ChatCompletionRequest: Hashable, Sendable {
    package var model: String
    package var messages: [ChatCompletionMessage]
    /// 0 to 2.
    package var temperature: Double?
    package var topP: Double?
    /// The longest answer in tokens; written as `max_tokens` or `max_completion_tokens`.
    package var maxTokens: Int?
    package var stop: [String]
    /// Whether the answer comes as a stream of chunks.
    package var isStream: Bool
    /// Whether the last chunk tells the usage.
    package var includesUsage: Bool
    package var tools: [ChatCompletionTool]
    package var toolChoice: ChatCompletionToolChoice?
    package var allowsParallelToolCalls: Bool?
    /// `minimal`, `low`, `medium`, `high` and, at some providers, others.
    package var reasoningEffort: String?
    /// Nil for text.
    package var responseFormat: ChatCompletionFormat?
    /// Asks for the same answer to the same request.
    package var seed: Int?
    /// -2 to 2.
    package var presencePenalty: Double?
    /// -2 to 2.
    package var frequencyPenalty: Double?
    /// By the tokens' numbers, -100 to 100.
    package var logitBias: [Int: Double]
    /// How many answers are wanted; nil counts as 1.
    package var choiceCount: Int?
    /// Who asks, as the caller's own system knows that person; read as `safety_identifier` or the older `user`.
    package var user: String?
    /// Further members, as they came.
    package var additional: JSONObject

    package init(
        model: String, messages: [ChatCompletionMessage], temperature: Double? = nil, topP: Double? = nil,
        maxTokens: Int? = nil, stop: [String] = [], isStream: Bool = false, includesUsage: Bool = false,
        tools: [ChatCompletionTool] = [], toolChoice: ChatCompletionToolChoice? = nil,
        allowsParallelToolCalls: Bool? = nil, reasoningEffort: String? = nil,
        responseFormat: ChatCompletionFormat? = nil, seed: Int? = nil, presencePenalty: Double? = nil,
        frequencyPenalty: Double? = nil, logitBias: [Int: Double] = [:], choiceCount: Int? = nil, user: String? = nil,
        additional: JSONObject = JSONObject()
    ) {
        self.model = model
        self.messages = messages
        self.temperature = temperature
        self.topP = topP
        self.maxTokens = maxTokens
        self.stop = stop
        self.isStream = isStream
        self.includesUsage = includesUsage
        self.tools = tools
        self.toolChoice = toolChoice
        self.allowsParallelToolCalls = allowsParallelToolCalls
        self.reasoningEffort = reasoningEffort
        self.responseFormat = responseFormat
        self.seed = seed
        self.presencePenalty = presencePenalty
        self.frequencyPenalty = frequencyPenalty
        self.logitBias = logitBias
        self.choiceCount = choiceCount
        self.user = user
        self.additional = additional
    }
}

// MARK: - Writing

extension ChatCompletionRequest {
    /// The members that this type has a property for.
    private static let known: Set<String> = [
        "model", "messages", "temperature", "top_p", "max_tokens", "max_completion_tokens", "stop", "stream",
        "stream_options", "tools", "tool_choice", "parallel_tool_calls", "reasoning_effort",
        "response_format", "seed", "presence_penalty", "frequency_penalty", "logit_bias", "n", "user",
        "safety_identifier",
    ]

    /// The request as JSON.
    ///
    /// - Parameter lengthKey: `max_completion_tokens`, or `max_tokens` for the many compatible services that know only
    ///   the older name.
    /// - Returns: The body of the request.
    package func json(lengthKey: String = "max_completion_tokens") -> JSONValue {
        var object = JSONObject()
        object.append("model", .string(model))
        object.append("messages", .array(messages.map(\.json)))
        if let temperature { object.append("temperature", number(temperature)) }
        if let topP { object.append("top_p", number(topP)) }
        if let maxTokens { object.append(lengthKey, .integer(maxTokens)) }
        if !stop.isEmpty { object.append("stop", .array(stop.map(JSONValue.string))) }
        if isStream {
            object.append("stream", true)
            if includesUsage { object.append("stream_options", ["include_usage": true]) }
        }
        if !tools.isEmpty { object.append("tools", .array(tools.map(\.json))) }
        if let toolChoice { object.append("tool_choice", toolChoice.json) }
        if let allowsParallelToolCalls { object.append("parallel_tool_calls", .bool(allowsParallelToolCalls)) }
        if let reasoningEffort { object.append("reasoning_effort", .string(reasoningEffort)) }
        appendAnswerShape(to: &object)
        for member in additional.members where object[member.name] == nil { object.append(member.name, member.value) }
        return .object(object)
    }

    /// What fewer services know.
    private func appendAnswerShape(to object: inout JSONObject) {
        if let responseFormat { object.append("response_format", responseFormat.json) }
        if let seed { object.append("seed", .integer(seed)) }
        if let presencePenalty { object.append("presence_penalty", number(presencePenalty)) }
        if let frequencyPenalty { object.append("frequency_penalty", number(frequencyPenalty)) }
        if !logitBias.isEmpty {
            let members = logitBias.sorted { $0.key < $1.key }.map { ("\($0.key)", number($0.value)) }
            object.append("logit_bias", .object(JSONObject(members)))
        }
        if let choiceCount { object.append("n", .integer(choiceCount)) }
        if let user { object.append("user", .string(user)) }
    }

    private func number(_ value: Double) -> JSONValue {
        let whole = Int(exactly: value).map { "\($0)" }
        return JSONNumber(text: whole ?? "\(value)").map { .number($0) } ?? .null
    }
}

// MARK: - Reading

extension ChatCompletionRequest {
    /// Reads a request.
    ///
    /// - Throws: ``OpenAIError`` of the type `invalid_request_error` that names the member, as the service does.
    package init(_ value: JSONValue) throws(OpenAIError) {
        let reader = try RequestReader(value)
        model = try reader.requiredText("model")
        messages = []
        for (index, item) in try reader.requiredArray("messages").enumerated() {
            messages.append(try ChatCompletionMessage(item, at: "messages[\(index)]"))
        }
        guard !messages.isEmpty else { throw Self.noMessages }
        temperature = try reader.number("temperature", in: 0...2)
        topP = try reader.number("top_p", in: 0...1)
        let (newLength, oldLength) = (
            try reader.integer("max_completion_tokens", in: 1...10_000_000),
            try reader.integer("max_tokens", in: 1...10_000_000)
        )
        maxTokens = newLength ?? oldLength
        stop = try reader.texts("stop", limit: 4)
        isStream = try reader.boolean("stream") ?? false
        includesUsage = try reader.includesUsage(ofStream: isStream)
        tools = []
        for (index, item) in (try reader.array("tools") ?? []).enumerated() {
            tools.append(try ChatCompletionTool(item, at: "tools[\(index)]"))
        }
        if let choice = reader["tool_choice"] { toolChoice = try ChatCompletionToolChoice(choice) }
        allowsParallelToolCalls = try reader.boolean("parallel_tool_calls")
        reasoningEffort = try reader.text("reasoning_effort")
        if let format = reader["response_format"] { responseFormat = try ChatCompletionFormat(format) }
        seed = try reader.integer("seed", in: .min ... .max)
        presencePenalty = try reader.number("presence_penalty", in: -2...2)
        frequencyPenalty = try reader.number("frequency_penalty", in: -2...2)
        logitBias = try reader.logitBias()
        choiceCount = try reader.integer("n", in: 1...128)
        let (newUser, oldUser) = (
            try reader.text("safety_identifier", limitInBytes: 512), try reader.text("user", limitInBytes: 512)
        )
        user = newUser ?? oldUser
        additional = JSONObject(
            reader.members.filter { !Self.known.contains($0.name) }.map { ($0.name, $0.value) })
    }

    private static let noMessages = OpenAIError.invalid(
        "'messages' must hold at least one message", param: "messages", code: "invalid_value")
}

extension RequestReader {
    /// Source: OpenAI API reference, "Create chat completion", `stream_options`.
    fileprivate func includesUsage(ofStream isStream: Bool) throws(OpenAIError) -> Bool {
        guard let value = self["stream_options"] else { return false }
        guard isStream else {
            throw .invalid(
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.", param: "stream_options")
        }
        return try RequestReader(value, at: "stream_options").boolean("include_usage") ?? false
    }
}
