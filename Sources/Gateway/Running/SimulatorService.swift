import BedrockSimulator
import Logging
import ServiceLifecycle

/// The embedded simulator of a gateway that needs no model service.
struct SimulatorService: Service {
    private let simulator: BedrockSimulator
    private let address: Latch<SimulatorAddress>

    /// The service, or nil for a gateway with another upstream; it knows the models of the generation that is served.
    init?(
        _ upstream: GatewayConfiguration.Upstream, address: Latch<SimulatorAddress>, current: CurrentGeneration,
        _ gateway: Gateway
    ) {
        guard case .simulator(let tokensPerSecond) = upstream else { return nil }
        var configuration = SimulatorConfiguration(logger: gateway.logger.onlyCritical)
        configuration.tokensPerSecond = tokensPerSecond
        configuration.catalog = gateway.catalog
        // What is deployed may be newer than the catalog: its own facts came with it.
        configuration.furtherFacts = { current.snapshot.projectFacts[$0] }
        simulator = BedrockSimulator(configuration)
        self.address = address
    }

    func run() async throws {
        do {
            try await simulator.run { address.set($0) }
        } catch let error as CancellationError {
            throw error
        } catch {
            let failure = GatewayError(
                .cannotReachUpstream, "the embedded simulator did not start: \(error)", cause: error)
            address.fail(failure)
            throw failure
        }
    }
}

extension Logger {
    /// The same logger for a server whose failures are thrown too, and told once, where they are caught.
    var onlyCritical: Logger {
        var logger = self
        logger.logLevel = .critical
        return logger
    }
}
