private import Synchronization

/// A step that a person can end without ending the command.
final class InterruptibleStep: Sendable {
    private let waiting = Mutex<AsyncStream<Void>.Continuation?>(nil)

    /// Ends the step that is under way.
    ///
    /// - Returns: False when none is.
    func interrupt() -> Bool {
        waiting.withLock { waiting in
            guard let ended = waiting else { return false }
            waiting = nil
            ended.finish()
            return true
        }
    }

    /// Runs the body, which is cancelled by an interruption and awaited all the same.
    func run<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value? {
        let (interruptions, continuation) = AsyncStream.makeStream(of: Void.self)
        waiting.withLock { $0 = continuation }
        defer { waiting.withLock { $0 = nil } }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                for await _ in interruptions {}
                return nil
            }
            var value: Value?
            for await ended in group {
                value = value ?? ended
                group.cancelAll()
            }
            return value
        }
    }
}
