import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// Bedrock with no model behind it, a small S3 for its videos, and an OpenAI-compatible second face, over HTTP, with
/// signatures verified, requests validated and answers that depend on the requests alone.
///
/// It speaks plain HTTP/1.1. On graceful shutdown it takes no new connections and lets open answers finish; on
/// cancellation it ends them. One value may run any number of times, also at once on other ports.
package struct BedrockSimulator: Sendable {
    private let configuration: SimulatorConfiguration

    package init(_ configuration: SimulatorConfiguration) { self.configuration = configuration }

    /// Serves until the task is cancelled or shut down gracefully.
    ///
    /// - Parameter onReady: Called once the socket listens; serving goes on meanwhile and afterwards.
    /// - Throws: What `onReady` throws, after which serving has ended; an error of the operating system when the
    ///   address cannot be listened on.
    package func run(onReady: (SimulatorAddress) async throws -> Void) async throws {
        try await withServer { address, server in
            try await onReady(address)
            try await server.waitForAll()
        }
    }

    /// Serves for as long as the body runs.
    ///
    /// - Parameter body: Gets the address at which the simulator answers.
    /// - Returns: What the body returns, once serving has ended.
    /// - Throws: What the body throws, or an error of the operating system when the address cannot be listened on.
    package func whileRunning<Value: Sendable>(
        _ body: (SimulatorAddress) async throws -> Value
    ) async throws -> Value {
        try await withServer { address, server in
            let value = try await body(address)
            server.cancelAll()
            return value
        }
    }

    private func withServer<Value: Sendable>(
        _ body: (SimulatorAddress, inout ThrowingTaskGroup<Void, any Error>) async throws -> Value
    ) async throws -> Value {
        let (addresses, continuation) = AsyncStream.makeStream(of: SimulatorAddress.self)
        let host = configuration.host
        let wished = SimulatorAddress(host: host, port: configuration.port)
        let application = makeApplication { port in
            continuation.yield(SimulatorAddress(host: host, port: port))
            continuation.finish()
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                do { try await application.run() } catch {
                    throw SimulatorError.listening(at: wished, error)
                }
            }
            for await address in addresses { return try await body(address, &group) }
            try await group.waitForAll()
            throw CancellationError()
        }
    }

    private func makeApplication(onListening: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
        let limits = configuration.limits
        let state = SimulatorState(configuration)
        let (seconds, attoseconds) = limits.idleTimeout.components
        let http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ClientConnectionHandler(counts: state.counts)],
            idleTimeout: .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headBytes, maxHeaderListSize: limits.headBytes))
        return Application(
            responder: SimulatorResponder(configuration, state: state),
            server: .http1(configuration: http),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    limits.connections, logger: configuration.logger)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
            logger: configuration.logger)
    }
}

extension BedrockSimulator: Service {
    /// Serves until the task is cancelled or shut down gracefully.
    package func run() async throws { try await run { _ in } }
}
