package import AWSSigning
import Synchronization
package import WallClock

/// Keeps the credentials of a source, and renews them before they end.
///
/// Only one renewal runs at a time, and all who wait share it; a caller whose task is cancelled stops to wait, and the
/// renewal goes on for the others. Some time before the end one renewal is started and nobody waits for it; closer to
/// the end callers wait. A renewal that fails is not fatal while the credentials are good: they are given out, and the
/// next try is made a little later. Without good credentials a failure is given to all who ask within the next seconds,
/// so that a crowd of callers does not start one command or request after the other.
package final class CachedCredentialProvider: AWSCredentialProvider {
    /// How long before their end credentials are renewed without anybody waiting, at most.
    static let advisoryWindow = Duration.seconds(900)
    /// How long before their end callers wait for the renewal, at most.
    static let mandatoryWindow = Duration.seconds(600)
    /// How long after a renewal that failed the next one begins, while credentials are good.
    static let pauseAfterFailure = Duration.seconds(30)
    /// How long the failure of a renewal is given out, while no credentials are good.
    static let lifeOfFailure = Duration.seconds(2)

    private let source: any AWSCredentialSource
    private let clock: WallClock
    private let random: @Sendable () -> Double
    private let state = Mutex(State())

    private typealias Waiter = CheckedContinuation<AWSCredentials, any Error>

    private struct State {
        var current: AWSCredentials?
        /// From when on a renewal is started, and from when on it is waited for.
        var advisory: Timestamp?
        var mandatory: Timestamp?
        /// No renewal begins before this while the credentials are good.
        var notBefore: Timestamp?
        /// When the last renewal failed and left nothing to give out; nil when it did not.
        var failed: Timestamp?
        var isRenewing = false
        var lastOutcome: Result<AWSCredentials, any Error> = .failure(CancellationError())
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0

        /// Whether a renewal should run.
        func wantsRenewal(at now: Timestamp) -> Bool {
            guard let current, current.isGood(at: now) else { return !hasFailedLately(at: now) }
            if let notBefore, now < notBefore { return false }
            return advisory.map { now >= $0 } ?? false
        }

        private func hasFailedLately(at now: Timestamp) -> Bool {
            // A clock that was set back must not keep the failure.
            failed.map { now >= $0 && now < $0.advanced(by: CachedCredentialProvider.lifeOfFailure) } ?? false
        }
    }

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - source: Where the credentials come from.
    ///   - clock: The time that their end is compared with.
    ///   - random: Spreads the renewals of many processes: a number from 0 up to 1.
    package init(
        _ source: any AWSCredentialSource, clock: WallClock = .system,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.source = source
        self.clock = clock
        self.random = random
    }

    package func credentials() async throws -> SigningCredentials { try await current().keys }

    /// The credentials, with what is known of them.
    ///
    /// - Throws: ``AWSCredentialError``, `CancellationError`.
    package func current() async throws -> AWSCredentials {
        let now = clock.now()
        let step = state.withLock { state -> Step in
            defer { state.isRenewing = state.isRenewing || state.wantsRenewal(at: now) }
            let begins = !state.isRenewing && state.wantsRenewal(at: now)
            guard let current = state.current, current.isGood(at: now) else { return .wait(begins: begins) }
            guard state.wantsRenewal(at: now) else { return .give(current, begins: false) }
            if let mandatory = state.mandatory, now >= mandatory { return .wait(begins: begins) }
            return .give(current, begins: begins)
        }
        switch step {
        case .give(let current, let begins):
            if begins { beginRenewal() }
            return current
        case .wait(let begins):
            if begins { beginRenewal() }
            return try await wait()
        }
    }

    private enum Step {
        case give(AWSCredentials, begins: Bool)
        case wait(begins: Bool)
    }

    /// Nobody owns this task, as no caller's end may end it; it ends with the source, whose steps are all bounded.
    private func beginRenewal() {
        Task { await renew() }
    }

    package func invalidate(_ keys: SigningCredentials) async {
        state.withLock { state in
            guard state.current?.keys == keys else { return }
            state.current = nil
            state.notBefore = nil
        }
    }

    /// Waits for the renewal that runs.
    private func wait() async throws -> AWSCredentials {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                let outcome = state.withLock { state -> Result<AWSCredentials, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    // The renewal may have ended since.
                    guard state.isRenewing else { return state.lastOutcome }
                    state.waiters[id] = waiter
                    return nil
                }
                if let outcome { waiter.resume(with: outcome) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(throwing: CancellationError())
        }
    }

    private func renew() async {
        let result: Result<AWSCredentials, any Error>
        do {
            guard let credentials = try await source.load() else { throw notFound }
            guard credentials.isGood(at: clock.now()) else {
                throw AWSCredentialError(
                    .expired, message: "\(source.name) gives AWS credentials that have ended already",
                    hint: "check the clock of this machine")
            }
            result = .success(credentials)
        } catch {
            result = .failure(error)
        }
        finish(result)
    }

    private var notFound: AWSCredentialError {
        AWSCredentialError(
            .notFound, message: "no AWS credentials: tried \(source.name)",
            hint: "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role")
    }

    private func finish(_ result: Result<AWSCredentials, any Error>) {
        let now = clock.now()
        let (waiters, outcome) = state.withLock { state -> ([Waiter], Result<AWSCredentials, any Error>) in
            state.isRenewing = false
            var outcome = result
            switch result {
            case .success(let credentials):
                state.current = credentials
                state.notBefore = nil
                state.failed = nil
                (state.advisory, state.mandatory) = windows(of: credentials, at: now)
            case .failure:
                state.notBefore = now.advanced(by: Self.pauseAfterFailure * (1 + random()))
                if let current = state.current, current.isGood(at: now) {
                    outcome = .success(current)
                } else {
                    state.failed = now
                }
            }
            state.lastOutcome = outcome
            defer { state.waiters.removeAll() }
            return (Array(state.waiters.values), outcome)
        }
        for waiter in waiters { waiter.resume(with: outcome) }
    }

    /// When to renew credentials; of short-lived ones the windows are parts of their life.
    private func windows(of credentials: AWSCredentials, at now: Timestamp) -> (Timestamp?, Timestamp?) {
        guard let end = credentials.expiration else { return (nil, nil) }
        let life = end.since(now)
        let spread = 1 - random() / 5
        let advisory = min(Self.advisoryWindow, life / 4) * spread
        let mandatory = min(Self.mandatoryWindow, life / 6) * spread
        return (end.advanced(by: .zero - advisory), end.advanced(by: .zero - mandatory))
    }
}

extension AWSCredentials {
    /// Whether the credentials have not ended.
    fileprivate func isGood(at now: Timestamp) -> Bool { expiration.map { now < $0 } ?? true }
}

extension CachedCredentialProvider: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The provider holds secrets, and descriptions end up in logs.
    package var description: String { "CachedCredentialProvider" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
