package import JSONCoding

/// A message of a conversation.
///
/// Source: OpenAI API reference, "Create chat completion", `messages`.
package struct ChatCompletionMessage: Hashable, Sendable {
    package enum Role: String, Hashable, Sendable, CaseIterable {
        case system, developer, user, assistant, tool
    }

    package var role: Role
    /// What is said; empty for an assistant that only calls tools.
    package var content: [ChatCompletionPart]
    /// The calls of an assistant.
    package var toolCalls: [ChatCompletionToolCall]
    /// The call that a tool's message answers.
    package var toolCallID: String?
    /// The assistant's thoughts, at the services that show them.
    package var reasoning: String?

    package init(
        role: Role, content: [ChatCompletionPart], toolCalls: [ChatCompletionToolCall] = [], toolCallID: String? = nil,
        reasoning: String? = nil
    ) {
        self.role = role
        self.content = content
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
        self.reasoning = reasoning
    }
}

/// A part of a message.
package enum ChatCompletionPart: Hashable, Sendable {
    case text(String)
    /// A picture: a `data:` URL, or one that the service fetches.
    case image(url: String)
    /// A file: its name and a `data:` URL.
    case file(name: String, data: String)
}

/// A call that a model made.
package struct ChatCompletionToolCall: Hashable, Sendable {
    package var id: String
    package var name: String
    /// The input as JSON text; models make mistakes in it.
    package var arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }

    /// The call as JSON.
    package var json: JSONValue {
        [
            "id": .string(id), "type": "function",
            "function": ["name": .string(name), "arguments": .string(arguments)],
        ]
    }
}

// MARK: - Writing

extension ChatCompletionMessage {
    /// The message as JSON; text alone is written as a string, which every service reads.
    package var json: JSONValue {
        var object = JSONObject([("role", .string(role.rawValue))])
        let texts = content.compactMap { if case .text(let text) = $0 { text } else { nil } }
        if content.isEmpty, !toolCalls.isEmpty {
            object.append("content", .null)
        } else if texts.count == content.count {
            object.append("content", .string(texts.joined(separator: "\n\n")))
        } else {
            object.append("content", .array(content.map(\.json)))
        }
        if let reasoning { object.append("reasoning_content", .string(reasoning)) }
        if !toolCalls.isEmpty { object.append("tool_calls", .array(toolCalls.map(\.json))) }
        if let toolCallID { object.append("tool_call_id", .string(toolCallID)) }
        return .object(object)
    }
}

extension ChatCompletionPart {
    fileprivate var json: JSONValue {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .image(let url): ["type": "image_url", "image_url": ["url": .string(url)]]
        case .file(let name, let data):
            ["type": "file", "file": ["filename": .string(name), "file_data": .string(data)]]
        }
    }
}

// MARK: - Reading

extension ChatCompletionMessage {
    init(_ value: JSONValue, at path: String) throws(OpenAIError) {
        let reader = try RequestReader(value, at: path)
        let name = try reader.requiredText("role")
        guard let role = Role(rawValue: name) else {
            throw .invalid(
                "'\(reader.place("role"))' must be one of "
                    + Role.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "),
                param: reader.place("role"), code: "invalid_value")
        }
        var parts: [ChatCompletionPart] = []
        if let content = reader["content"] {
            if let text = content.string {
                parts.append(.text(text))
            } else {
                for (index, item) in (try reader.array("content") ?? []).enumerated() {
                    parts.append(try ChatCompletionPart(item, at: "\(reader.place("content"))[\(index)]"))
                }
            }
        }
        var calls: [ChatCompletionToolCall] = []
        for (index, item) in (try reader.array("tool_calls") ?? []).enumerated() {
            calls.append(try ChatCompletionToolCall(item, at: "\(reader.place("tool_calls"))[\(index)]"))
        }
        let callID = try reader.text("tool_call_id")
        if role == .tool, callID == nil { throw reader.missing("tool_call_id") }
        if reader["content"] == nil, role != .assistant || calls.isEmpty { throw reader.missing("content") }
        self.init(
            role: role, content: parts, toolCalls: calls, toolCallID: callID,
            reasoning: try reader.text("reasoning_content"))
    }
}

extension ChatCompletionPart {
    fileprivate init(_ value: JSONValue, at path: String) throws(OpenAIError) {
        let reader = try RequestReader(value, at: path)
        switch try reader.requiredText("type") {
        case "text": self = .text(try reader.requiredText("text"))
        case "refusal": self = .text(try reader.requiredText("refusal"))
        case "image_url":
            self = .image(url: try reader.requiredObject("image_url").requiredText("url"))
        case "file":
            let file = try reader.requiredObject("file")
            if try file.text("file_data") == nil, file["file_id"] != nil {
                throw .invalid(
                    "Files are not kept here: send 'file_data' in place of '\(file.place("file_id"))'.",
                    param: file.place("file_id"), code: "unsupported_value")
            }
            self = .file(name: try file.text("filename") ?? "file", data: try file.requiredText("file_data"))
        case "input_audio":
            throw .invalid(
                "Sound cannot be sent: '\(reader.place("type"))' must be 'text', 'image_url' or 'file'",
                param: reader.place("type"), code: "unsupported_value")
        case let other:
            throw .invalid(
                "'\(reader.place("type"))' must be 'text', 'image_url' or 'file', not '\(other.prefix(40))'",
                param: reader.place("type"), code: "invalid_value")
        }
    }
}

extension ChatCompletionToolCall {
    init(_ value: JSONValue, at path: String) throws(OpenAIError) {
        let reader = try RequestReader(value, at: path)
        let function = try reader.requiredObject("function")
        self.init(
            id: try reader.requiredText("id"), name: try function.requiredText("name"),
            arguments: try function.requiredText("arguments"))
    }
}
