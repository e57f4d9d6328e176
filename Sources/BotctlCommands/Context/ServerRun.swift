import Logging
import ServiceLifecycle
import UnixSignals

/// Runs a server until it ends or the process is told to stop.
struct ServerRun {
    let logger: Logger

    /// Runs the body; SIGTERM and SIGINT shut it down gracefully, a second one ends it at once.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        MemoryGrowth.takeWhatIsNeeded()
        var configuration = ServiceGroupConfiguration(
            services: [
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: ClosureService(body: body), successTerminationBehavior: .gracefullyShutdownGroup)
            ], logger: quieted)
        configuration.gracefulShutdownSignals = [.sigterm, .sigint]
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The group tells of every signal and state; only what goes wrong is worth a line.
    private var quieted: Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return quiet
    }

    private struct ClosureService: Service {
        let body: @Sendable () async throws -> Void

        func run() async throws { try await body() }
    }
}
