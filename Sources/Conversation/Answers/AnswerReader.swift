package import PoeProtocol

/// Puts an answer together from its events, and tells what of it a person is to see next.
///
/// Bots show what they are doing by replacing a text that is not there yet, so a replacement at the beginning is a
/// status until more text makes it the answer, or the answer ends with it.
/// Source: Poe server-bot protocol, `replace_response`.
package struct AnswerReader: Sendable {
    /// The most bytes of an answer that are kept for the conversation; all of it is shown.
    static let lengthLimitInBytes = 4 << 20
    /// The most files of an answer that are kept for the conversation.
    static let fileLimit = 20

    private var text = ""
    private var files: [PoeFile] = []
    private var metadata: String?
    private var thoughts = ThoughtSplitter()
    /// A replacement that nothing has followed yet.
    private var replacement: String?
    /// Whether text of the answer was told.
    private var hasText = false

    package init() {}

    /// Reads the next event.
    ///
    /// - Returns: What the person is to see of it, in order.
    package mutating func parts(of event: PoeEvent) -> [AnswerPart] {
        switch event {
        case .text(let more):
            keep(more)
            return settle() + show(more)
        case .replaceResponse(let whole): return replace(with: whole)
        case .suggestedReply(let reply): return [.suggestedReply(reply)]
        case .file(let file):
            if files.count < Self.fileLimit { files.append(file) }
            return [.file(file)]
        case .data(let metadata):
            self.metadata = metadata
            return []
        case .done, .error: return finish()
        case .meta, .json, .ping, .unknown: return []
        }
    }

    /// What is still to be shown when nothing comes any more.
    package mutating func finish() -> [AnswerPart] { settle() + shown(thoughts.finish()) }

    /// The answer as a message of the conversation; nil when there is nothing in it.
    package var message: PoeMessage? {
        guard !text.isEmpty || !files.isEmpty else { return nil }
        var message = PoeMessage(
            role: .bot, content: text,
            attachments: files.map {
                PoeAttachment(
                    url: $0.url, contentType: $0.contentType, name: $0.name, inlineReference: $0.inlineReference)
            })
        message.metadata = metadata
        return message
    }

    private mutating func replace(with whole: String) -> [AnswerPart] {
        text = ""
        keep(whole)
        thoughts = ThoughtSplitter()
        if hasText {
            hasText = false
            return [.withdrawn] + show(whole)
        }
        replacement = whole
        return whole.allSatisfy(\.isWhitespace) ? [] : [.status(whole)]
    }

    /// Takes what replaced the text for the answer's beginning.
    private mutating func settle() -> [AnswerPart] {
        guard let settled = replacement else { return [] }
        replacement = nil
        return show(settled)
    }

    private mutating func show(_ more: String) -> [AnswerPart] { shown(thoughts.split(more)) }

    private mutating func shown(_ parts: [AnswerPart]) -> [AnswerPart] {
        if !parts.isEmpty { hasText = true }
        return parts
    }

    private mutating func keep(_ more: String) {
        if text.utf8.count + more.utf8.count <= Self.lengthLimitInBytes { text += more }
    }
}
