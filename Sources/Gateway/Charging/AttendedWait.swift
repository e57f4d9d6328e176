import BotRuntime

/// Waits for something that a client waits for, too: the client is shown signs of life, and when it leaves, so does the
/// wait.
struct AttendedWait: Sendable {
    let clock: MonotonicClock

    private enum Step<Value: Sendable>: Sendable {
        case done(Value)
        case left
        case tick
    }

    /// Waits.
    ///
    /// - Parameters:
    ///   - departure: Set when the client leaves.
    ///   - work: What is waited for; cancelled when the client leaves.
    ///   - keepAlive: Called meanwhile after each ``AnswerPacing/usualKeepAliveInterval``.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws; `CancellationError` when the client has left.
    func value<Value: Sendable>(
        until departure: Latch<Void>, of work: @escaping @Sendable () async throws -> Value,
        keepAlive: () async throws -> Void
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Step<Value>.self) { group in
            defer { group.cancelAll() }
            group.addTask { .done(try await work()) }
            group.addTask {
                try await departure.value()
                return .left
            }
            group.addTask { try await tick() }
            while let step = try await group.next() {
                switch step {
                case .done(let value): return value
                case .left: throw CancellationError()
                case .tick:
                    try await keepAlive()
                    group.addTask { try await tick() }
                }
            }
            throw CancellationError()
        }
    }

    private func tick<Value: Sendable>() async throws -> Step<Value> {
        try await clock.sleep(for: AnswerPacing.usualKeepAliveInterval)
        return .tick
    }
}
