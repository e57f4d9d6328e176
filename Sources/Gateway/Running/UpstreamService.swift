import BedrockSimulator
import ServiceLifecycle

/// Opens the way to the model service and closes it when no answer needs it any more.
struct UpstreamService: Service {
    private let configuration: GatewayConfiguration
    /// Where the embedded simulator listens.
    let simulator = Latch<SimulatorAddress>()
    /// The way, once it is open.
    let connection = Latch<UpstreamConnection>()

    init(_ gateway: Gateway) { configuration = gateway.configuration }

    func run() async throws {
        let opened: UpstreamConnection
        do {
            var address: SimulatorAddress?
            if case .simulator = configuration.upstream { address = try await simulator.value() }
            opened = try UpstreamConnection(
                to: configuration.upstream, simulator: address, userAgent: configuration.tool)
        } catch {
            connection.fail(error)
            throw error
        }
        connection.set(opened)
        do { try await gracefulShutdown() } catch {
            // Cancelled: close all the same.
        }
        await opened.close()
    }
}
