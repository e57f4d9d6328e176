import BotRuntime
import ChatEvents

/// Keeps every call, and can hold a write back or fail it.
struct RecordingSink: AnswerSink {
    enum Call: Equatable {
        case write([ChatEvent])
        case keepAlive
        case finish([ChatEvent], AnswerEnding)
    }

    struct Gone: Error {}

    var calls: [Call] = []
    var progress = AnswerProgress.written
    /// Called before each write with the number of writes so far.
    var beforeWrite: @Sendable (Int) async throws -> Void = { _ in }
    var onKeepAlive: @Sendable () -> Void = {}
    private var writes = 0

    init() {}

    mutating func write(_ events: [ChatEvent]) async throws -> AnswerProgress {
        try await beforeWrite(writes)
        writes += 1
        calls.append(.write(events))
        return progress
    }

    mutating func keepAlive() {
        calls.append(.keepAlive)
        onKeepAlive()
    }

    mutating func finish(_ events: [ChatEvent], _ ending: AnswerEnding) { calls.append(.finish(events, ending)) }

    /// All text, in order.
    var text: String {
        var text = ""
        for call in calls {
            switch call {
            case .write(let events), .finish(let events, _):
                for case .text(let more) in events { text += more }
            case .keepAlive: break
            }
        }
        return text
    }

    /// All events, in order.
    private var events: [ChatEvent] {
        calls.flatMap { call -> [ChatEvent] in
            switch call {
            case .write(let events), .finish(let events, _): events
            case .keepAlive: []
            }
        }
    }

    /// All files, in order.
    var files: [GeneratedFile] { events.compactMap { if case .file(let file) = $0 { file } else { nil } } }

    /// All statuses, in order.
    var statuses: [String] { events.compactMap { if case .status(let text) = $0 { text } else { nil } } }

    /// How the answer ended; nil when the sink was never told.
    var ending: AnswerEnding? {
        if case .finish(_, let ending)? = calls.last { ending } else { nil }
    }
}

extension AnswerEnding {
    /// The kind of failure, or nil for another ending.
    var failureKind: ChatFailure.Kind? {
        if case .failed(let presented) = self { presented.failure.kind } else { nil }
    }
}
