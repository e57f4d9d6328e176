import Conversation
import JSONCoding
import PoeProtocol
private import Synchronization

/// Answers for programs: one JSON object a line, as things happen, each with the bot's name.
final class ChatEventLines: ChatListener {
    private let terminal: Terminal
    private let names: [String]
    private let upstream: String?
    /// Lines of several bots never mix.
    private let turn = Mutex(())

    init(_ terminal: Terminal, names: [String], upstream: String?) {
        self.terminal = terminal
        self.names = names
        self.upstream = upstream
    }

    func begin() {
        for index in names.indices {
            write(
                index, "begin",
                ["format_version": 1, "upstream": upstream.map { .string($0) } ?? .null])
        }
    }

    func take(_ index: Int, _ progress: AnswerProgress) {
        switch progress {
        case .event(let event):
            if let members = event.members { write(index, event.name, members) }
        case .ended(let end): write(index, "end", end.members(of: names[index]))
        }
    }

    func saved(_ index: Int, _ file: PoeFile, at path: String) {
        write(index, "saved", ["name": .string(file.name), "path": .string(path)])
    }

    func failed(_ index: Int, toSave file: PoeFile, because reason: String) {
        write(index, "not_saved", ["name": .string(file.name), "reason": .string(reason)])
    }

    private func write(_ index: Int, _ event: String, _ members: JSONObject) {
        var line: JSONObject = ["event": .string(event), "bot": .string(names[index])]
        for member in members { line[member.name] = member.value }
        turn.withLock { _ in terminal.output(JSONValue.object(line).text()) }
    }
}

extension PoeEvent {
    /// What the event says; nil for one that says nothing, or nothing that is known.
    fileprivate var members: JSONObject? {
        switch self {
        case .meta(let meta):
            [
                "content_type": .string(meta.contentType), "suggested_replies": .bool(meta.suggestedReplies),
                "refetch_settings": .bool(meta.refetchSettings),
            ]
        case .text(let text), .replaceResponse(let text), .suggestedReply(let text): ["text": .string(text)]
        case .file(let file):
            [
                "name": .string(file.name), "content_type": .string(file.contentType), "url": .string(file.url),
                "inline_ref": file.inlineReference.map { .string($0) } ?? .null,
            ]
        case .data(let metadata): ["metadata": .string(metadata)]
        case .json(let object): ["data": .object(object)]
        case .error(let error):
            [
                "text": error.text.map { .string($0) } ?? .null, "allow_retry": .bool(error.allowsRetry),
                "error_type": error.errorType.map { .string($0) } ?? .null,
                "raw_response": error.rawResponse.map { .string($0) } ?? .null,
            ]
        case .ping, .done, .unknown: nil
        }
    }
}

extension AnswerEnd {
    /// How the answer ended; times in milliseconds.
    fileprivate func members(of name: String) -> JSONObject {
        [
            "result": .string(word), "reason": AnswerFailure(self, of: name).map { .string($0.message) } ?? .null,
            "first_piece_ms": firstPiece.map { .integer($0.wholeMilliseconds) } ?? .null,
            "total_ms": .integer(total.wholeMilliseconds), "request_id": requestID.map { .string($0) } ?? .null,
            "bot_digest": botDigest.map { .string($0) } ?? .null,
        ]
    }

    private var word: String {
        switch outcome {
        case .answered: "answered"
        case .failed: "failed"
        case .notAnswered: "not_answered"
        case .interrupted: "interrupted"
        }
    }
}

extension Duration {
    /// The length in whole milliseconds.
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
