package import JSONCoding

/// A piece of a streamed answer.
///
/// Source: OpenAI API reference, "The chat completion chunk object".
package struct ChatCompletionChunk: Hashable, Sendable {
    /// What is new.
    package struct Delta: Hashable, Sendable {
        package var role: String?
        package var content: String?
        /// More of the model's thoughts, at the services that show them.
        package var reasoning: String?
        package var toolCalls: [ToolCallDelta]

        package init(
            role: String? = nil, content: String? = nil, reasoning: String? = nil, toolCalls: [ToolCallDelta] = []
        ) {
            self.role = role
            self.content = content
            self.reasoning = reasoning
            self.toolCalls = toolCalls
        }
    }

    /// More of one call of a tool.
    package struct ToolCallDelta: Hashable, Sendable {
        /// Tells the calls of one answer apart.
        package var index: Int
        /// In the call's first piece only.
        package var id: String?
        /// In the call's first piece only.
        package var name: String?
        /// More of the input's JSON text.
        package var arguments: String

        package init(index: Int, id: String? = nil, name: String? = nil, arguments: String = "") {
            self.index = index
            self.id = id
            self.name = name
            self.arguments = arguments
        }
    }

    package var id: String
    /// Seconds since 1970.
    package var created: Int
    package var model: String
    /// Nil in the chunk that only tells the usage.
    package var delta: Delta?
    package var finishReason: FinishReason?
    package var usage: CompletionUsage?

    package init(
        id: String, created: Int, model: String, delta: Delta? = nil, finishReason: FinishReason? = nil,
        usage: CompletionUsage? = nil
    ) {
        self.id = id
        self.created = created
        self.model = model
        self.delta = delta
        self.finishReason = finishReason
        self.usage = usage
    }

    /// The `data` of the event that ends a stream.
    package static let endOfStream = "[DONE]"
}

// MARK: - Writing

extension ChatCompletionChunk {
    /// The chunk as JSON.
    package var json: JSONValue {
        var object = JSONObject([
            ("id", .string(id)), ("object", "chat.completion.chunk"), ("created", .integer(created)),
            ("model", .string(model)),
        ])
        let choice: JSONValue = [
            "index": 0, "delta": delta?.json ?? [:], "logprobs": .null,
            "finish_reason": finishReason.map { .string($0.rawValue) } ?? .null,
        ]
        object.append("choices", delta == nil && finishReason == nil ? [] : [choice])
        if let usage { object.append("usage", usage.json) }
        return .object(object)
    }
}

extension ChatCompletionChunk.Delta {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        if let role { object.append("role", .string(role)) }
        if let content { object.append("content", .string(content)) }
        if let reasoning { object.append("reasoning_content", .string(reasoning)) }
        if !toolCalls.isEmpty { object.append("tool_calls", .array(toolCalls.map(\.json))) }
        return .object(object)
    }
}

extension ChatCompletionChunk.ToolCallDelta {
    fileprivate var json: JSONValue {
        var object = JSONObject([("index", .integer(index))])
        if let id {
            object.append("id", .string(id))
            object.append("type", "function")
        }
        var function = JSONObject()
        if let name { function.append("name", .string(name)) }
        function.append("arguments", .string(arguments))
        object.append("function", .object(function))
        return .object(object)
    }
}

// MARK: - Reading

extension ChatCompletionChunk {
    /// Reads a chunk, leniently: what is missing counts as empty.
    ///
    /// Of several choices the one with the index 0 counts.
    package init(_ value: JSONValue) {
        let choice = value["choices"]?.array?.first { ($0["index"]?.integer ?? 0) == 0 }
        self.init(
            id: value["id"]?.string ?? "", created: value["created"]?.integer ?? 0,
            model: value["model"]?.string ?? "", delta: choice?["delta"].map(Delta.init),
            finishReason: choice?["finish_reason"]?.string.map(FinishReason.init(rawValue:)),
            usage: CompletionUsage(value["usage"] ?? value["x_groq"]?["usage"]))
    }
}

extension ChatCompletionChunk.Delta {
    fileprivate init(_ value: JSONValue) {
        let calls = (value["tool_calls"]?.array ?? []).enumerated().map { position, call in
            ChatCompletionChunk.ToolCallDelta(
                index: call["index"]?.integer ?? position, id: call["id"]?.string,
                name: call["function"]?["name"]?.string, arguments: call["function"]?["arguments"]?.string ?? "")
        }
        self.init(
            role: value["role"]?.string, content: value["content"]?.string ?? value["refusal"]?.string,
            reasoning: value["reasoning_content"]?.string ?? value["reasoning"]?.string, toolCalls: calls)
    }
}
