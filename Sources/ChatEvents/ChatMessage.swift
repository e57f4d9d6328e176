/// One turn of a conversation.
package struct ChatMessage: Hashable, Sendable {
    /// Who speaks.
    package enum Role: Hashable, Sendable {
        case user, assistant, system
    }

    package var role: Role
    /// What is said, in order.
    package var content: [ChatContent]

    package init(role: Role, content: [ChatContent]) {
        self.role = role
        self.content = content
    }

    /// A turn of text alone.
    package init(role: Role, text: String) {
        self.init(role: role, content: [.text(text)])
    }

    /// The texts of the turn, one after the other; what is no text is left out.
    package var text: String {
        if content.count == 1, case .text(let text) = content[0] { return text }
        return content.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }
    }
}

/// A part of a turn.
package enum ChatContent: Hashable, Sendable {
    case text(String)
    /// A file that the person attached; only in turns of the user and in tool results.
    case attachment(Attachment)
    /// A call that the model made; only in turns of the assistant.
    case toolCall(ToolCall)
    /// What a call gave; only in turns of the user.
    case toolResult(ToolResult)
    /// What the model thought; only in turns of the assistant.
    case reasoning(ReasoningBlock)
}

extension ChatContent: ToolBlock {
    package static func words(_ text: String) -> ChatContent { .text(text) }
    package static func call(_ call: ToolCall) -> ChatContent { .toolCall(call) }
    package static func result(id: String, content: [ChatContent], isError: Bool) -> ChatContent {
        .toolResult(ToolResult(callID: id, content: content, isError: isError))
    }

    package var toolPart: ToolPart<ChatContent> {
        switch self {
        case .toolCall(let call): .call(call)
        case .toolResult(let result): .result(id: result.callID, content: result.content, isError: result.isError)
        case .text, .attachment, .reasoning: .none
        }
    }
}
