import ChatEvents

extension Conversation.Turn: ToolTurn {
    var isOfModel: Bool { role == .assistant }
}

extension ContentBlock: ToolBlock {
    static func words(_ text: String) -> ContentBlock { .text(text) }
    static func call(_ call: ToolCall) -> ContentBlock { .toolUse(call) }
    static func result(id: String, content: [ContentBlock], isError: Bool) -> ContentBlock {
        .toolResult(id: id, content: content, isError: isError)
    }

    var toolPart: ToolPart<ContentBlock> {
        switch self {
        case .toolUse(let call): .call(call)
        case .toolResult(let id, let content, let isError): .result(id: id, content: content, isError: isError)
        case .text, .file, .reasoning, .cachePoint: .none
        }
    }
}
