package import BotConfiguration
package import BotRuntime
package import Deployment
package import Gateway
package import PoeProtocol
package import Secrets
package import SmokeTesting
package import WallClock

/// Serves a candidate: bots that are not deployed yet, on a gateway that nobody else knows.
package protocol CandidateHost: Sendable {
    /// Serves bots for as long as the body runs.
    ///
    /// - Parameters:
    ///   - bots: What to serve.
    ///   - accessKey: The one key of all of them.
    ///   - body: Gets the gateway's base URL.
    /// - Returns: What the body returns.
    /// - Throws: ``CandidateRefusal`` when a bot cannot be made, ``RolloutError`` when the gateway does not start, or
    ///   what the body throws.
    func serve<Value: Sendable>(
        _ bots: [GatewayBot], accessKey: Secret, _ body: (String) async throws -> Value
    ) async throws -> Value
}

/// A candidate that a gateway cannot make.
package struct CandidateRefusal: Error, Hashable, Sendable {
    /// Which bots and why, as a sentence without a full stop.
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

/// Asks bots their smoke cases.
package protocol SmokeTester: Sendable {
    /// Runs every case of every target; whatever goes wrong is a verdict.
    ///
    /// - Throws: `CancellationError`.
    func run(
        _ targets: [SmokeTarget], upstream: String, onVerdict: (SmokeVerdict) -> Void
    ) async throws -> SmokeReport
}

extension SmokeRunner: SmokeTester {}

/// The outside world of a rollout.
package struct RolloutDependencies: Sendable {
    package var store: StateStore
    package var candidate: any CandidateHost
    package var smoke: any SmokeTester
    /// The base URL of the environment's gateways.
    package var gatewayURL: String
    /// The environment's model service, for reports: `simulator`, `aws`.
    package var upstream: String
    /// The Poe access key of a bot; throws when it cannot be found.
    package var accessKey: @Sendable (BotConfig) async throws -> PoeAccessKey
    package var wallClock: WallClock
    package var clock: MonotonicClock
    /// Makes a random text of 32 letters and digits.
    package var randomText: @Sendable () -> String

    package init(
        store: StateStore, candidate: any CandidateHost, smoke: any SmokeTester, gatewayURL: String, upstream: String,
        accessKey: @escaping @Sendable (BotConfig) async throws -> PoeAccessKey, wallClock: WallClock = .system,
        clock: MonotonicClock = .continuous, randomText: @escaping @Sendable () -> String
    ) {
        self.store = store
        self.candidate = candidate
        self.smoke = smoke
        self.gatewayURL = gatewayURL
        self.upstream = upstream
        self.accessKey = accessKey
        self.wallClock = wallClock
        self.clock = clock
        self.randomText = randomText
    }
}
