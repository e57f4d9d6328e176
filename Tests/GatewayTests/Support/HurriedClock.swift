/// A clock on which a hundred seconds are one.
struct HurriedClock: Clock {
    struct Instant: InstantProtocol {
        fileprivate var real: ContinuousClock.Instant

        func advanced(by duration: Duration) -> Instant { Instant(real: real + duration / 100) }
        func duration(to other: Instant) -> Duration { real.duration(to: other.real) * 100 }
        static func < (left: Instant, right: Instant) -> Bool { left.real < right.real }
    }

    var now: Instant { Instant(real: .now) }
    var minimumResolution: Duration { .milliseconds(100) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await ContinuousClock().sleep(until: deadline.real)
    }
}
