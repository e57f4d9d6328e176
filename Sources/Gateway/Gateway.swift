package import BotRuntime
package import Deployment
package import Logging
package import ModelCatalog
package import Secrets
import ServiceLifecycle
package import WallClock

/// The front door: an HTTP server that answers for bots, and follows what is deployed.
///
/// On graceful shutdown it takes no new connections, lets open answers go on for
/// ``GatewayConfiguration/drainTimeout`` and then ends them with an error that may be retried. On cancellation it stops
/// at once. One value may run any number of times.
package struct Gateway: Service {
    let configuration: GatewayConfiguration
    let source: GenerationSource
    let secrets: SecretResolver
    let catalog: ModelCatalog
    let accessKeyOverride: Secret?
    let apiKeys: [APIKey]
    let registrations: [HandlerRegistration]
    let clock: MonotonicClock
    let wallClock: WallClock
    let logger: Logger

    /// A gateway.
    ///
    /// - Parameters:
    ///   - configuration: Where it listens, what it calls, and its bounds.
    ///   - source: What it serves.
    ///   - secrets: Where access keys are found.
    ///   - catalog: Facts that fill what the bots' configurations leave open.
    ///   - accessKeyOverride: The key of all bots in place of their own; for candidates.
    ///   - apiKeys: The keys of the OpenAI-compatible door; those of a state store take their place.
    ///   - registrations: Further kinds and providers of bots, which come before the built-in ones.
    ///   - clock: What deadlines are measured with.
    ///   - wallClock: The time in reports and headers.
    ///   - logger: Gets one line for each request at `info`, and what goes wrong beside requests.
    package init(
        configuration: GatewayConfiguration, source: GenerationSource, secrets: SecretResolver,
        catalog: ModelCatalog = .embedded, accessKeyOverride: Secret? = nil, apiKeys: [APIKey] = [],
        registrations: [HandlerRegistration] = [], clock: MonotonicClock = .eventLoops,
        wallClock: WallClock = .system, logger: Logger
    ) {
        self.configuration = configuration
        self.source = source
        self.secrets = secrets
        self.catalog = catalog
        self.accessKeyOverride = accessKeyOverride
        self.apiKeys = apiKeys
        self.registrations = registrations
        self.clock = clock
        self.wallClock = wallClock
        self.logger = logger
    }

    /// Serves until the task is cancelled or shut down gracefully.
    ///
    /// - Parameter onReady: Called once requests are answered and the first manifest, if there is one, is served.
    /// - Throws: ``GatewayError``; what `onReady` throws, after which serving has ended.
    package func run(onReady: @escaping @Sendable (GatewayAddress) async throws -> Void) async throws {
        try await GatewayRun(self, onReady: onReady).serviceGroup.run()
    }

    /// Serves until the task is cancelled or shut down gracefully.
    package func run() async throws { try await run { _ in } }

    /// Serves for as long as the body runs, then shuts down gracefully.
    ///
    /// - Parameter body: Gets the address at which the gateway answers.
    /// - Returns: What the body returns, once serving has ended.
    /// - Throws: ``GatewayError``, or what the body throws, after which serving has ended at once.
    package func whileRunning<Value: Sendable>(
        _ body: (GatewayAddress) async throws -> Value
    ) async throws -> Value {
        let address = Latch<GatewayAddress>()
        let services = GatewayRun(self) { address.set($0) }.serviceGroup
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await services.run()
                    address.fail(CancellationError())
                } catch {
                    address.fail(error)
                    throw error
                }
            }
            let value = try await body(try await address.value())
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return value
        }
    }
}
