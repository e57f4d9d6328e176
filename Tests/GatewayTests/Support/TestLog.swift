import Logging
import Synchronization

/// One line of a log.
struct LogLine: Sendable {
    var level: String
    var message: String
    var fields: [String: String]
}

/// A log that can be read and waited for.
final class TestLog: Sendable {
    private struct Watcher {
        var message: String
        var count: Int
        var continuation: AsyncStream<Void>.Continuation
    }

    private struct State {
        var lines: [LogLine] = []
        var watchers: [Watcher] = []
    }

    private let state = Mutex(State())

    var lines: [LogLine] { state.withLock { $0.lines } }

    func append(_ line: LogLine) {
        let due = state.withLock { state in
            state.lines.append(line)
            let lines = state.lines
            func isDue(_ watcher: Watcher) -> Bool {
                lines.filter { $0.message == watcher.message }.count >= watcher.count
            }
            let due = state.watchers.filter(isDue)
            state.watchers.removeAll(where: isDue)
            return due
        }
        for watcher in due { watcher.continuation.finish() }
    }

    /// Waits until a message has been logged that many times, or the task is cancelled.
    func wait(for message: String, count: Int = 1) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let isThere = state.withLock { state in
            if state.lines.filter({ $0.message == message }).count >= count { return true }
            state.watchers.append(Watcher(message: message, count: count, continuation: continuation))
            return false
        }
        if isThere { return }
        for await _ in stream {}
    }

    /// A logger that writes here.
    var logger: Logger {
        Logger(label: "test", factory: { _ in Handler(log: self) })
    }

    private struct Handler: LogHandler {
        let log: TestLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = metadata.merging(event.metadata ?? [:]) { $1 }
            log.append(
                LogLine(
                    level: event.level.rawValue, message: "\(event.message)", fields: fields.mapValues { "\($0)" }))
        }
    }
}
