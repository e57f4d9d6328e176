import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        var deadline: Duration
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Duration = .zero
        var next = 0
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [AsyncStream<Void>.Continuation] = []
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock { Instant(offset: $0.now) } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let ticket = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                enum Decision { case wait([AsyncStream<Void>.Continuation]), wake, cancel }
                let decision: Decision = state.withLock { state in
                    if Task.isCancelled { return .cancel }
                    if deadline.offset <= state.now { return .wake }
                    state.sleepers[ticket] = Sleeper(deadline: deadline.offset, continuation: continuation)
                    defer { state.watchers = [] }
                    return .wait(state.watchers)
                }
                switch decision {
                case .wait(let watchers): for watcher in watchers { watcher.finish() }
                case .wake: continuation.resume()
                case .cancel: continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: ticket) }?.continuation
                .resume(throwing: CancellationError())
        }
    }

    /// Waits until somebody sleeps, or the task is cancelled.
    func waitForSleeper() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let isThere = state.withLock { state in
            if !state.sleepers.isEmpty { return true }
            state.watchers.append(continuation)
            return false
        }
        if isThere { return }
        for await _ in stream {}
    }

    /// Moves time on and wakes whoever is due.
    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for ticket in due.keys { state.sleepers[ticket] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }
}
