import UnixSignals

/// Runs work that a person may stop: SIGINT and SIGTERM cancel it, and it is waited for.
enum SignalCancellation {
    private enum Step<Value: Sendable>: Sendable {
        case value(Value)
        case signal(UnixSignal)
    }

    /// Runs the body.
    ///
    /// - Parameters:
    ///   - absorbs: Whether a signal means something else than the end of it all, and has been dealt with.
    ///   - body: The work.
    /// - Returns: What the body returns, and the signal that cancelled it, if one did.
    /// - Throws: What the body throws.
    static func run<Value: Sendable>(
        absorbing absorbs: @escaping @Sendable (UnixSignal) -> Bool = { _ in false },
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> (value: Value, signal: UnixSignal?) {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: Step<Value>.self) { group in
            group.addTask { .value(try await body()) }
            group.addTask {
                for await signal in signals where !absorbs(signal) { return .signal(signal) }
                throw CancellationError()
            }
            var caught: UnixSignal?
            while let step = try await group.next() {
                switch step {
                case .value(let value):
                    group.cancelAll()
                    return (value, caught)
                case .signal(let signal):
                    caught = signal
                    group.cancelAll()
                }
            }
            throw CancellationError()
        }
    }
}
