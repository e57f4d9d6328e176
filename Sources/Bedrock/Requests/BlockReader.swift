import ChatEvents

/// Turns the content of one message into blocks that the model takes; what is blank is left out.
struct BlockReader {
    let traits: ConverseModelTraits
    let rules: Conversation.Rules
    /// Whether the model is to answer to this message: then nothing of it may be lost silently.
    let isNew: Bool

    private var files: FileReader { FileReader(traits: traits.attachments) }

    /// The blocks of a user's message; what only a model says is left out.
    ///
    /// - Throws: ``ChatFailure`` for a file of the newest turn that the model cannot take.
    func userBlocks(of message: ChatMessage) throws(ChatFailure) -> [ContentBlock] {
        var blocks: [ContentBlock] = []
        for content in message.content {
            switch content {
            case .text(let text): if !text.isBlank { blocks.append(.text(text)) }
            case .attachment(let attachment):
                blocks.append(isNew ? try files.block(of: attachment) : files.blockOrNote(of: attachment))
            case .toolResult(let result): blocks.append(block(of: result))
            case .toolCall, .reasoning: break
            }
        }
        return blocks
    }

    /// The blocks of a model's message; a file in it becomes a note, as only users attach files.
    func assistantBlocks(of message: ChatMessage) -> [ContentBlock] {
        var blocks: [ContentBlock] = []
        for content in message.content {
            switch content {
            case .text(let text): if !text.isBlank { blocks.append(.text(text)) }
            case .attachment(let attachment): blocks.append(FileReader.note(on: attachment.name, attachment.mediaType))
            case .toolCall(let call): blocks.append(.toolUse(call))
            case .reasoning(let block): if isOwn(block) { blocks.append(.reasoning(block)) }
            case .toolResult: break
            }
        }
        let isThoughtOnly = blocks.allSatisfy { if case .reasoning = $0 { true } else { false } }
        return isThoughtOnly ? [] : blocks
    }

    /// Whether the thoughts are the model's own and sealed by its service; others it refuses.
    private func isOwn(_ block: ReasoningBlock) -> Bool {
        rules.keepsReasoning && block.modelID == traits.modelID && !traits.modelID.isEmpty
            && (block.signature != nil || block.redacted != nil)
    }

    private func block(of result: ToolResult) -> ContentBlock {
        var content: [ContentBlock] = []
        for part in result.content {
            switch part {
            case .text(let text): if !text.isBlank { content.append(.text(text)) }
            case .attachment(let attachment):
                let isRefusedImage = attachment.mediaType.sort == .image && !traits.attachments.takesImagesInToolResults
                content.append(
                    isRefusedImage
                        ? FileReader.note(on: attachment.name, attachment.mediaType) : files.blockOrNote(of: attachment)
                )
            case .toolCall, .toolResult, .reasoning: break
            }
        }
        if content.isEmpty { content = [.text(Conversation.emptyTurn)] }
        return .toolResult(id: result.callID, content: content, isError: result.isError)
    }
}
