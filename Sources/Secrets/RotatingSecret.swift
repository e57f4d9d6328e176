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
    /// For how long a value that was refused, looked up again and still the same is not looked up once more.
    private static let pauseAfterRefusal = Duration.seconds(5)

    private struct State {
        var value: Secret
        var freshUntil: ContinuousClock.Instant
        var isLookedUp = false
        /// The value that was refused last and found unchanged, and until when that is not doubted.
        var refused: (value: Secret, until: ContinuousClock.Instant)?
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
        let found = try? await lookUp(false)
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
    /// - Parameter refused: The value that was refused.
    /// - Returns: A value that differs from it; nil where there is none.
    package func replacement(of refused: Secret) async -> Secret? {
        guard let lookUp else { return nil }
        let time = now()
        let (kept, isSettled) = state.withLock { state in
            let isSettled = state.refused.map { $0.value == refused && time < $0.until } ?? false
            return (state.value, isSettled)
        }
        // Somebody else has found a new one meanwhile.
        if kept != refused { return kept }
        guard !isSettled, let found = try? await lookUp(true) else { return nil }
        return state.withLock { state in
            guard found != refused else {
                state.refused = (refused, now().advanced(by: Self.pauseAfterRefusal))
                return nil
            }
            state.value = found
            state.freshUntil = now().advanced(by: Self.lifetime)
            return found
        }
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
