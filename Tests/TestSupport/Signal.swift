private import Synchronization

/// Something that happens once and that tasks wait for.
package final class Signal: Sendable {
    private struct State {
        var isSet = false
        var waiting: [AsyncStream<Void>.Continuation] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Lets every task that waits go on.
    package func set() {
        let waiting = state.withLock { state in
            state.isSet = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.finish() }
    }

    /// Waits until it has happened, or the task is cancelled.
    package func wait() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let isSet = state.withLock { state in
            if !state.isSet { state.waiting.append(continuation) }
            return state.isSet
        }
        if isSet { return }
        for await _ in stream {}
    }
}

/// Waits until the task is cancelled, as an upstream does that says nothing more.
package func waitForever() async throws {
    while true { try await Task.sleep(for: .seconds(3600)) }
}
