/// The attempts of one call: counts them, pays for them, and waits between them.
///
/// Sending a request takes one of these and tries again by itself until the head of an answer is there. Who reads a
/// stream may go on with it: as long as nothing has reached the user, an exception in the stream's first message is a
/// failure like any other, so ask ``waitToRetry(after:hint:)`` and send again.
package struct RetryAttempts: Sendable {
    /// How many attempts a call has where nobody says otherwise.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Retry behavior", standard mode.
    package static let standardLimit = 3

    /// How many attempts there may be in all.
    package let limit: Int
    /// How many have begun.
    package private(set) var count = 1
    /// When the caller's patience ends; nil when it has no end.
    package let deadline: ContinuousClock.Instant?

    private let policy: RetryPolicy
    private let quota: RetryQuota
    private let pauses: RetryPauses
    private var lastCost: Int?
    private var isSettled = false
    /// What both sides call the request, the same for all attempts.
    let invocation = InvocationID()
    /// Whether the one attempt with a corrected clock or new keys has been made.
    var hasRepaired = false

    /// Makes the attempts of a call.
    ///
    /// - Parameters:
    ///   - limit: How many there may be in all.
    ///   - deadline: When the caller's patience ends; nil when it has no end.
    ///   - policy: When to try again, and at what price.
    ///   - quota: What all calls to the same service share.
    ///   - pauses: How time passes between attempts.
    package init(
        limit: Int, deadline: ContinuousClock.Instant?, policy: RetryPolicy, quota: RetryQuota, pauses: RetryPauses
    ) {
        self.limit = max(1, limit)
        self.deadline = deadline
        self.policy = policy
        self.quota = quota
        self.pauses = pauses
    }

    /// How long the caller still waits: zero after the deadline, nil when there is none.
    package var timeLeft: Duration? { deadline.map { max(.zero, pauses.now().duration(to: $0)) } }

    /// Waits until the request may be sent again, if it may.
    ///
    /// - Parameters:
    ///   - kind: What went wrong; nil for what is the same on every try.
    ///   - hint: What the answer said of when to come back.
    /// - Returns: Whether to send again; false when the attempts, the quota or the caller's patience are at their end.
    /// - Throws: `CancellationError`, at once.
    package mutating func waitToRetry(
        after kind: RetryKind?, hint: RetryAfterHint = .none
    ) async throws -> Bool {
        guard let kind, count < limit else { return false }
        let delay = policy.delay(beforeRetry: count, after: kind, random: pauses.random(), hint: hint)
        if let deadline, pauses.now().advanced(by: delay) >= deadline { return false }
        let cost = policy.cost(of: kind)
        guard quota.acquire(cost) else { return false }
        lastCost = cost
        count += 1
        isSettled = false
        try await pauses.sleep(delay)
        return true
    }

    /// Goes on to the next attempt at once, for a failure whose cause has just been mended.
    mutating func retryAtOnce() -> Bool {
        guard count < limit, !hasRepaired else { return false }
        hasRepaired = true
        count += 1
        return true
    }

    /// Gives back to the quota what a success earns; only the first call after an attempt counts.
    package mutating func succeed() {
        guard !isSettled else { return }
        isSettled = true
        quota.release(lastCost)
    }
}

/// How time passes between attempts; a value, so that tests need not wait.
package struct RetryPauses: Sendable {
    let sleep: @Sendable (Duration) async throws -> Void
    let random: @Sendable () -> Double
    let now: @Sendable () -> ContinuousClock.Instant

    /// Makes pauses.
    ///
    /// - Parameters:
    ///   - sleep: Waits; throws `CancellationError` at once when its task is cancelled.
    ///   - random: Gives a number from 0 up to 1.
    ///   - now: Gives the time that deadlines are compared with.
    package init(
        sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now }
    ) {
        self.sleep = sleep
        self.random = random
        self.now = now
    }

    /// Real waits, spread by chance.
    package static let system = RetryPauses(
        sleep: { try await Task.sleep(for: $0) }, random: { Double.random(in: 0..<1) })
}
