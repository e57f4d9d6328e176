package import BotRuntime
import NIOCore
import NIOPosix
private import Synchronization

/// The machine's clock, whose sleepers on the thread of a connection are woken by that thread.
///
/// Every answer has a watch that sleeps, and nearly none sleeps to its end: to set a timer and to take it back costs no
/// other thread anything here.
struct LoopClock: Clock {
    typealias Instant = ContinuousClock.Instant

    private let base = ContinuousClock()

    var now: Instant { base.now }
    var minimumResolution: Duration { base.minimumResolution }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        guard let loop = MultiThreadedEventLoopGroup.currentEventLoop else {
            return try await base.sleep(until: deadline, tolerance: tolerance)
        }
        let sleeper = Sleeper()
        let timer = loop.scheduleTask(in: TimeAmount(now.duration(to: deadline))) { sleeper.wake() }
        defer { timer.cancel() }
        try await withTaskCancellationHandler {
            await sleeper.sleep()
            try Task.checkCancellation()
        } onCancel: {
            sleeper.wake()
        }
    }

    /// One task that waits.
    private final class Sleeper: Sendable {
        private enum State {
            case ready
            case asleep(UnsafeContinuation<Void, Never>)
            case woken
        }

        private let state = Mutex(State.ready)

        func sleep() async {
            await withUnsafeContinuation { continuation in
                let isWoken = state.withLock { state in
                    if case .woken = state { return true }
                    state = .asleep(continuation)
                    return false
                }
                if isWoken { continuation.resume() }
            }
        }

        func wake() {
            let sleeper: UnsafeContinuation<Void, Never>? = state.withLock { state in
                defer { state = .woken }
                if case .asleep(let sleeper) = state { return sleeper }
                return nil
            }
            sleeper?.resume()
        }
    }
}

extension MonotonicClock {
    /// The clock of the machine, for tasks on the threads of connections.
    package static let eventLoops = MonotonicClock(LoopClock())
}
