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
    /// Further members, as they came.
    package var additional: JSONObject

    package init(
        model: String, messages: [ChatCompletionMessage], temperature: Double? = nil, topP: Double? = nil,
        maxTokens: Int? = nil, stop: [String] = [], isStream: Bool = false, includesUsage: Bool = false,
        tools: [ChatCompletionTool] = [], toolChoice: ChatCompletionToolChoice? = nil,
        allowsParallelToolCalls: Bool? = nil, reasoningEffort: String? = nil, additional: JSONObject = JSONObject()
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
        self.additional = additional
    }
}

// MARK: - Writing

extension ChatCompletionRequest {
    /// The members that this type has a property for.
    private static let known: Set<String> = [
        "model", "messages", "temperature", "top_p", "max_tokens", "max_completion_tokens", "stop", "stream",
        "stream_options", "tools", "tool_choice", "parallel_tool_calls", "reasoning_effort",
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
        for member in additional.members where object[member.name] == nil { object.append(member.name, member.value) }
        return .object(object)
    }

    private func number(_ value: Double) -> JSONValue { JSONNumber(text: "\(value)").map { .number($0) } ?? .null }
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
        guard !messages.isEmpty else { throw .invalid("'messages' must hold at least one message", param: "messages") }
        temperature = try reader.number("temperature", in: 0...2)
        topP = try reader.number("top_p", in: 0...1)
        let (newLength, oldLength) = (
            try reader.integer("max_completion_tokens"), try reader.integer("max_tokens")
        )
        maxTokens = newLength ?? oldLength
        stop = try reader.texts("stop", limit: 4)
        isStream = try reader.boolean("stream") ?? false
        includesUsage = reader["stream_options"]?["include_usage"]?.bool ?? false
        tools = []
        for (index, item) in (try reader.array("tools") ?? []).enumerated() {
            tools.append(try ChatCompletionTool(item, at: "tools[\(index)]"))
        }
        if let choice = reader["tool_choice"] { toolChoice = try ChatCompletionToolChoice(choice) }
        allowsParallelToolCalls = try reader.boolean("parallel_tool_calls")
        reasoningEffort = try reader.text("reasoning_effort")
        additional = JSONObject(
            reader.members.filter { !Self.known.contains($0.name) }.map { ($0.name, $0.value) })
    }
}
