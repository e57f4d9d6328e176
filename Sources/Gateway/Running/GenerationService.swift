import BotConfiguration
import BotRuntime
import Deployment
import Secrets
import ServiceLifecycle

/// Keeps what is served up to date.
struct GenerationService: Service {
    let gateway: Gateway
    let upstream: UpstreamService
    let state: GatewayState
    /// Set once it is known what to serve at first, even if that is nothing.
    let firstLook: Latch<Void>

    func run() async throws {
        let gates = BotGates()
        let connection: UpstreamConnection
        let builder: GenerationBuilder
        do {
            connection = try await upstream.connection.value()
            builder = GenerationBuilder(
                factory: BotFactory(
                    registrations: connection.registrations(logger: gateway.logger) { [gateway] references, config in
                        try gateway.secrets.rotating(
                            references, forBot: config.name, environment: gateway.configuration.environment)
                    } + gateway.registrations,
                    services: state.services),
                secrets: gateway.secrets, catalog: gateway.catalog, environment: gateway.configuration.environment,
                accessKeyOverride: gateway.accessKeyOverride, gates: gates,
                callsServicesOfBots: gateway.configuration.upstream.isOfBots, logger: gateway.logger)
            if case .fixed(let bots) = gateway.source { state.current.replace(with: try await builder.build(bots)) }
        } catch {
            firstLook.fail(error)
            throw error
        }
        switch gateway.source {
        case .fixed:
            firstLook.set(())
            try await gracefulShutdown()
        case .store(let store):
            let configuration = gateway.configuration
            let reporter = ReplicaReporter(
                store: store, current: state.current, complaints: state.complaints,
                replicaID: ReplicaReport.identifier(from: configuration.replicaID), tool: configuration.tool,
                clock: gateway.clock, wallClock: gateway.wallClock, logger: gateway.logger)
            try await ManifestFollower(
                store: store, builder: builder, current: state.current, keys: state.keys, answers: state.answers,
                gates: gates, complaints: state.complaints, reporter: reporter,
                pollInterval: configuration.pollInterval, clock: gateway.clock, logger: gateway.logger,
                onFirstLook: { firstLook.set(()) }
            ).run()
        }
    }
}
