package import JSONCoding

/// A whole answer.
///
/// Source: OpenAI API reference, "The chat completion object".
package struct ChatCompletion: Hashable, Sendable {
    package var id: String
    /// Seconds since 1970.
    package var created: Int
    package var model: String
    package var message: ChatCompletionMessage
    package var finishReason: FinishReason
    package var usage: CompletionUsage?

    package init(
        id: String, created: Int, model: String, message: ChatCompletionMessage, finishReason: FinishReason,
        usage: CompletionUsage?
    ) {
        self.id = id
        self.created = created
        self.model = model
        self.message = message
        self.finishReason = finishReason
        self.usage = usage
    }

    /// The answer as JSON.
    package var json: JSONValue {
        let choice: JSONValue = [
            "index": 0, "message": answer, "logprobs": .null, "finish_reason": .string(finishReason.rawValue),
        ]
        var object = JSONObject()
        object.append("id", .string(id))
        object.append("object", "chat.completion")
        object.append("created", .integer(created))
        object.append("model", .string(model))
        object.append("choices", [choice])
        if let usage { object.append("usage", usage.json) }
        return .object(object)
    }

    private var answer: JSONValue {
        guard var object = message.json.object else { return message.json }
        object["refusal"] = .null
        return .object(object)
    }

    /// Reads an answer; nil when the value holds none.
    ///
    /// Of several choices the one with the index 0 counts.
    package init?(_ value: JSONValue) {
        guard let choice = value["choices"]?.array?.first(where: { ($0["index"]?.integer ?? 0) == 0 }),
            let said = choice["message"]
        else { return nil }
        var content: [ChatCompletionPart] = []
        if let text = said["content"]?.string { content.append(.text(text)) }
        for part in said["content"]?.array ?? [] {
            if let text = part["text"]?.string { content.append(.text(text)) }
        }
        if content.isEmpty, let refusal = said["refusal"]?.string { content.append(.text(refusal)) }
        let calls = (said["tool_calls"]?.array ?? []).compactMap { call -> ChatCompletionToolCall? in
            guard let name = call["function"]?["name"]?.string else { return nil }
            return ChatCompletionToolCall(
                id: call["id"]?.string ?? "", name: name, arguments: call["function"]?["arguments"]?.string ?? "")
        }
        self.init(
            id: value["id"]?.string ?? "", created: value["created"]?.integer ?? 0,
            model: value["model"]?.string ?? "",
            message: ChatCompletionMessage(
                role: .assistant, content: content, toolCalls: calls,
                reasoning: said["reasoning_content"]?.string ?? said["reasoning"]?.string),
            finishReason: FinishReason(rawValue: choice["finish_reason"]?.string ?? "stop"),
            usage: CompletionUsage(value["usage"]))
    }
}

/// Why an answer ended.
package struct FinishReason: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package static let stop = FinishReason(rawValue: "stop")
    package static let length = FinishReason(rawValue: "length")
    package static let toolCalls = FinishReason(rawValue: "tool_calls")
    package static let contentFilter = FinishReason(rawValue: "content_filter")
}
