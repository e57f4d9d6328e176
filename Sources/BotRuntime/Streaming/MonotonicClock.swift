/// Measures spans of time and waits; a value, so that a test can move time itself.
///
/// Points in time are durations since an origin of the clock's own; only differences mean anything.
package struct MonotonicClock: Sendable {
    private let read: @Sendable () -> Duration
    private let wait: @Sendable (Duration) async throws -> Void

    /// A clock made of any of the standard library's protocol.
    ///
    /// - Parameter clock: Where time comes from.
    package init<Source: Clock<Duration>>(_ clock: Source) {
        let origin = clock.now
        read = { origin.duration(to: clock.now) }
        wait = { try await clock.sleep(for: $0) }
    }

    /// The clock of the machine, which also runs while the machine sleeps.
    package static let continuous = MonotonicClock(ContinuousClock())

    /// The time now.
    package func now() -> Duration { read() }

    /// Waits that long.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    package func sleep(for duration: Duration) async throws { try await wait(duration) }
}
