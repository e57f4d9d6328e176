import Synchronization

/// A clock that stands until somebody sleeps, and then moves at once.
final class TestClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Instant(offset: .zero))
    private let afterSleep = Mutex<(@Sendable () async throws -> Void)?>(nil)

    var now: Instant { time.withLock { $0 } }
    var minimumResolution: Duration { .zero }

    /// Sets what happens in the world whenever time has moved.
    func onSleep(_ body: @escaping @Sendable () async throws -> Void) { afterSleep.withLock { $0 = body } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        // The lease is renewed every five seconds beside the rollout: that must not move the rollout's time.
        guard now.duration(to: deadline) < .seconds(5) else { return try await Task.sleep(for: .seconds(3600)) }
        time.withLock { $0 = max($0, deadline) }
        if let body = afterSleep.withLock({ $0 }) { try await body() }
    }
}
