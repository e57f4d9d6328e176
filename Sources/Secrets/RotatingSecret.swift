import Synchronization

/// A secret that may change while it is used, such as the key of a model service.
///
/// Its value is looked up again when it has grown old, and when a service has refused it, so that a new one needs no
/// restart. A look-up that fails changes nothing: the old value may be as good as before.
package final class RotatingSecret: Sendable {
    /// Finds the value; the parameter says whether a value that was kept for a while is no longer good enough.
    package typealias LookUp = @Sendable (_ keptIsRefused: Bool) async throws -> Secret

    /// For how long a value is taken as it is.
    package static let lifetime = Duration.seconds(60)
    /// For how long after a look-up that failed the next one waits, as whoever asks first waits for it.
    private static let lifetimeAfterFailure = Duration.seconds(300)
    /// For how long a refused value is not looked up once more where that brought no other one, or failed.
    private static let pauseAfterRefusal = Duration.seconds(5)

    private struct State {
        var value: Secret
        var freshUntil: ContinuousClock.Instant
        var isLookedUp = false
        /// The value that was refused last and has no other in its place, and until when that is not doubted.
        var refused: (value: Secret, until: ContinuousClock.Instant)?
        /// Those who wait for a replacement that somebody looks up; nil while nobody does.
        var waiting: [AsyncStream<Void>.Continuation]?

        /// What whoever has a refused value is to do.
        mutating func turn(with refused: Secret, at time: ContinuousClock.Instant) -> Turn {
            // Somebody else has found a new one meanwhile.
            guard value == refused else { return .take(value) }
            if let settled = self.refused, settled.value == refused, time < settled.until { return .goWithout }
            guard waiting != nil else {
                waiting = []
                return .lookUp
            }
            let (end, continuation) = AsyncStream<Void>.makeStream()
            waiting?.append(continuation)
            return .wait(for: end)
        }
    }

    private enum Turn {
        case take(Secret)
        case goWithout
        case lookUp
        case wait(for: AsyncStream<Void>)
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> ContinuousClock.Instant
    private let lookUp: LookUp?

    /// A secret that never changes.
    package init(_ value: Secret) {
        now = { ContinuousClock().now }
        state = Mutex(State(value: value, freshUntil: ContinuousClock().now))
        lookUp = nil
    }

    /// A secret that is looked up again.
    ///
    /// - Parameters:
    ///   - value: What was found just now.
    ///   - now: Tells the time that the value grows old by.
    ///   - lookUp: Finds the value anew.
    package init(
        _ value: Secret, now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now },
        lookUp: @escaping LookUp
    ) {
        self.now = now
        state = Mutex(State(value: value, freshUntil: now().advanced(by: Self.lifetime)))
        self.lookUp = lookUp
    }

    /// Looks the value up where a thread may be kept busy: it may be in a file, and whoever asks may be on a thread that
    /// serves others.
    private func look(_ lookUp: @escaping LookUp, keptIsRefused: Bool) async throws -> Secret {
        try await withTaskExecutorPreference(globalConcurrentExecutor) { try await lookUp(keptIsRefused) }
    }

    /// The value.
    ///
    /// One caller looks an old one up anew; the others meanwhile get the old one.
    package func value() async -> Secret {
        guard let lookUp else { return state.withLock { $0.value } }
        let time = now()
        let (kept, isMine) = state.withLock { state in
            let isMine = state.freshUntil <= time && !state.isLookedUp
            if isMine { state.isLookedUp = true }
            return (state.value, isMine)
        }
        guard isMine else { return kept }
        let found = try? await look(lookUp, keptIsRefused: false)
        return state.withLock { state in
            state.isLookedUp = false
            let isOver = found == nil && !Task.isCancelled
            state.freshUntil = now().advanced(by: isOver ? Self.lifetimeAfterFailure : Self.lifetime)
            if let found { state.value = found }
            return state.value
        }
    }

    /// Another value in place of one that a service has refused.
    ///
    /// One caller looks it up; the others wait for what it finds, as each of them has an answer that fails without.
    ///
    /// - Parameter refused: The value that was refused.
    /// - Returns: A value that differs from it; nil where there is none.
    package func replacement(of refused: Secret) async -> Secret? {
        guard let lookUp else { return nil }
        while !Task.isCancelled {
            let time = now()
            switch state.withLock({ $0.turn(with: refused, at: time) }) {
            case .take(let value): return value
            case .goWithout: return nil
            case .lookUp: return take(try? await look(lookUp, keptIsRefused: true), insteadOf: refused)
            case .wait(let end): for await _ in end {}
            }
        }
        return nil
    }

    /// Ends a look-up of a replacement.
    private func take(_ found: Secret?, insteadOf refused: Secret) -> Secret? {
        let time = now()
        let isGivenUp = found == nil && Task.isCancelled
        let waiting = state.withLock { state in
            defer { state.waiting = nil }
            if let found, found != refused {
                state.value = found
                state.freshUntil = time.advanced(by: Self.lifetime)
            } else if !isGivenUp {
                // A look-up that was given up says nothing; the next one who waits looks.
                state.refused = (refused, time.advanced(by: Self.pauseAfterRefusal))
            }
            return state.waiting ?? []
        }
        for continuation in waiting { continuation.finish() }
        return found == refused ? nil : found
    }
}

extension RotatingSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SecretResolver {
    /// Resolves the first reference that has a value, and goes on to follow its changes.
    ///
    /// The value of a variable is that of the process's start; files and secrets of a service are read again.
    ///
    /// - Parameters:
    ///   - references: The places, tried in order.
    ///   - name: The bot's name, for `{name}` and `{NAME}`.
    ///   - environment: The environment's name, for `{environment}`.
    ///   - now: Tells the time that values grow old by.
    /// - Returns: The secret; of a service only what ``prepare(_:environment:again:)`` has asked for is known at first.
    /// - Throws: ``SecretError``.
    package func rotating(
        _ references: [SecretReference], forBot name: String, environment: String,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now }
    ) throws(SecretError) -> RotatingSecret {
        let value = try resolve(references, forBot: name, environment: environment)
        guard references.contains(where: { $0.source != .environment }) else { return RotatingSecret(value) }
        return RotatingSecret(value, now: now) { keptIsRefused in
            await self.prepare([(references, name)], environment: environment, again: keptIsRefused)
            return try self.resolve(references, forBot: name, environment: environment)
        }
    }
}
