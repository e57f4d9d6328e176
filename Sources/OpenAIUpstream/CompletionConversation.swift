import ChatEvents
import JSONCoding
import OpenAIProtocol

/// A conversation in the shape that chat completions accept.
///
/// Turns stay apart as they came, but for those that share calls and results of tools: a service wants all results
/// right behind the turn that called. Instructions within the conversation stay where they are.
struct CompletionConversation {
    /// What one side says.
    private struct Turn: ToolTurn {
        let role: ChatMessage.Role
        var blocks: [ChatContent]
        /// Whether it is of the newest turn, to which the model is to answer.
        let isNew: Bool

        var isOfModel: Bool { role == .assistant }
        var hasCalls: Bool { blocks.contains { if case .toolCall = $0 { true } else { false } } }
        var hasResults: Bool { blocks.contains { if case .toolResult = $0 { true } else { false } } }
    }

    /// Stands in for a user turn that must be there and was not.
    private static let emptyTurn = "(empty)"

    /// The messages as they are sent.
    private(set) var messages: [ChatCompletionMessage] = []
    private let traits: OpenAIModelTraits

    /// Brings a request's messages into shape.
    ///
    /// - Throws: ``ChatFailure`` with advice for a file of the newest turn that the model does not read.
    init(_ request: ChatRequest, for traits: OpenAIModelTraits) throws(ChatFailure) {
        self.traits = traits
        if !request.system.isEmpty { messages.append(Self.message(.system, [.text(request.system)])) }
        for turn in ToolPairing(keepsToolBlocks: true).pairing(Self.turns(of: request.messages)) {
            switch turn.role {
            case .system: append(.system, try parts(of: turn.blocks, isNew: false))
            case .assistant: appendAnswer(turn.blocks)
            case .user: try appendWords(turn)
            }
        }
        if !messages.contains(where: { $0.role == .user }) { append(.user, [.text(Self.emptyTurn)]) }
    }

    /// The turns, with the calls of one answer in one, and so their results.
    private static func turns(of messages: [ChatMessage]) -> [Turn] {
        let lastAnswer = messages.lastIndex { $0.role == .assistant } ?? -1
        var turns: [Turn] = []
        for (index, message) in messages.enumerated() {
            let turn = Turn(role: message.role, blocks: message.content, isNew: index > lastAnswer)
            if let last = turns.last, last.role == turn.role,
                turn.role == .assistant && last.hasCalls || turn.role == .user && turn.hasResults
            {
                turns[turns.count - 1].blocks += turn.blocks
            } else {
                turns.append(turn)
            }
        }
        return turns
    }

    private static func message(
        _ role: ChatCompletionMessage.Role, _ parts: [ChatCompletionPart]
    ) -> ChatCompletionMessage { ChatCompletionMessage(role: role, content: parts) }

    private mutating func append(_ role: ChatCompletionMessage.Role, _ parts: [ChatCompletionPart]) {
        if !parts.isEmpty { messages.append(Self.message(role, parts)) }
    }

    private mutating func appendAnswer(_ blocks: [ChatContent]) {
        var texts: [ChatCompletionPart] = []
        var calls: [ChatCompletionToolCall] = []
        for content in blocks {
            switch content {
            case .text(let text): if !text.isEmpty { texts.append(.text(text)) }
            case .toolCall(let call):
                calls.append(
                    ChatCompletionToolCall(
                        id: call.id, name: call.name, arguments: JSONValue.object(call.input).text()))
            case .attachment(let file): texts.append(Self.note(on: file))
            // Another turn's thoughts are refused by some services and ignored by the others.
            case .toolResult, .reasoning: break
            }
        }
        guard !texts.isEmpty || !calls.isEmpty else { return }
        messages.append(ChatCompletionMessage(role: .assistant, content: texts, toolCalls: calls))
    }

    /// The results of calls come first: the service wants them right behind the turn that called.
    private mutating func appendWords(_ turn: Turn) throws(ChatFailure) {
        var rest: [ChatContent] = []
        for content in turn.blocks {
            guard case .toolResult(let result) = content else {
                rest.append(content)
                continue
            }
            let texts = try parts(of: result.content, isNew: false).compactMap { part -> String? in
                if case .text(let text) = part { text } else { nil }
            }
            // A picture cannot stand in a tool's message, so the user shows it.
            rest += result.content.filter {
                if case .attachment(let file) = $0 {
                    traits.acceptsImages && file.mediaType.sort == .image
                } else {
                    false
                }
            }
            let text = texts.joined(separator: "\n\n")
            messages.append(
                ChatCompletionMessage(
                    role: .tool, content: [.text(result.isError ? "Error: \(text)" : text)],
                    toolCallID: result.callID))
        }
        append(.user, try parts(of: rest, isNew: turn.isNew))
    }
}

// MARK: - Files

extension CompletionConversation {
    /// The parts of a turn; what is blank is left out.
    ///
    /// - Throws: ``ChatFailure`` for a file of the newest turn that the model does not read; in the turns before, a
    ///   note stands in its place, as that conversation has gone on without it.
    private func parts(of content: [ChatContent], isNew: Bool) throws(ChatFailure) -> [ChatCompletionPart] {
        var parts: [ChatCompletionPart] = []
        for item in content {
            switch item {
            case .text(let text): if !text.allSatisfy(\.isWhitespace) { parts.append(.text(text)) }
            case .attachment(let file):
                if let part = part(of: file) {
                    parts.append(part)
                } else if isNew {
                    throw ChatFailure(
                        .invalidRequest, detail: "the model does not read \(file.mediaType)",
                        advice: .attachmentNotRead(name: file.name, takes: readable))
                } else {
                    parts.append(Self.note(on: file))
                }
            case .toolCall, .toolResult, .reasoning: break
            }
        }
        return parts
    }

    /// A file as the service takes it; nil for one that the model does not read.
    private func part(of file: Attachment) -> ChatCompletionPart? {
        let type = file.mediaType
        let data = { "data:\(type.description);base64,\(Base64.encode(file.bytes))" }
        switch type.sort {
        case _ where type.isText:
            return .text("Content of the attached file \(file.name):\n\n\(String(decoding: file.bytes, as: UTF8.self))")
        case .image where traits.acceptsImages: return .image(url: data())
        case .document where traits.acceptsFiles && type.description == "application/pdf":
            return .file(name: file.name, data: data())
        case .image, .document, .video, .audio, .other: return nil
        }
    }

    /// What the model reads, in words that users know.
    private var readable: [String] {
        (traits.acceptsImages ? ["PNG", "JPEG"] : []) + (traits.acceptsFiles ? ["PDF", "text"] : ["text"])
    }

    /// Says in words that a file was there.
    private static func note(on file: Attachment) -> ChatCompletionPart {
        .text("[Attached file, not shown: \(file.name.isEmpty ? "unnamed" : file.name) (\(file.mediaType))]")
    }
}
