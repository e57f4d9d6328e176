import BotRuntime
import ChatEvents
private import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The HTTP server of a gateway, and how it stops.
struct Door: Service {
    /// How long the server starts without having looked at the store, so that its health can be asked.
    static let firstLookTimeout: Duration = .seconds(10)
    /// How long answers that were told to end may take to say so.
    static let endTimeout: Duration = .seconds(5)

    private enum Event {
        case serverEnded, ready, drained, cancelled
    }

    let configuration: GatewayConfiguration
    let state: GatewayState
    let firstLook: Latch<Void>
    /// Whether the server starts only with something to serve: a candidate that is asked too early fails for nothing.
    let waitsForBots: Bool
    let onReady: @Sendable (GatewayAddress) async throws -> Void

    func run() async throws {
        try await waitForFirstLook()
        let port = Latch<Int>()
        let channel = makeChannel()
        let server = makeServer(of: channel) { port.set($0) }
        try await withThrowingTaskGroup(of: Event.self) { group in
            group.addTask {
                do { try await server.run() } catch {
                    await channel.arrivals.closeAll()
                    throw cannotListen(error)
                }
                await channel.arrivals.closeAll()
                return .serverEnded
            }
            group.addTask {
                guard let port = try? await port.value() else { return .cancelled }
                try await onReady(GatewayAddress(host: configuration.host, port: port))
                return .ready
            }
            group.addTask { await drain() }
            while let event = try await group.next() {
                switch event {
                case .ready, .cancelled: continue
                case .serverEnded, .drained: group.cancelAll()
                }
            }
        }
    }

    private func waitForFirstLook() async throws {
        try await withGracefulShutdownHandler {
            if waitsForBots { return try await firstLook.value() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do { try await state.clock.sleep(for: Self.firstLookTimeout) } catch { return }
                    firstLook.set(())
                }
                try await firstLook.value()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            firstLook.set(())
        }
    }

    /// Waits for the graceful shutdown, then bounds it.
    private func drain() async -> Event {
        do {
            try await gracefulShutdown()
            state.draining.set(())
            if state.answers.count > 0 {
                state.logger.notice(
                    "stopping, waiting for open answers",
                    metadata: [
                        "answers.open": "\(state.answers.count)",
                        "drain_timeout_ms": "\(configuration.drainTimeout.wholeMilliseconds)",
                    ])
            }
            try await state.clock.sleep(for: configuration.drainTimeout)
            state.answers.endAll(with: ChatFailure(.shuttingDown, detail: "the gateway is shutting down"))
            try await state.clock.sleep(for: Self.endTimeout)
            return .drained
        } catch {
            return .cancelled
        }
    }

    private func makeChannel() -> ClientChannel {
        let limits = configuration.limits
        let responder = GatewayResponder(state: state)
        let http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                FlushGatherer(),
                ConnectionGuard(
                    table: state.connections, readTimeout: limits.readTimeout, writeTimeout: limits.writeTimeout,
                    // Room for the answer to reach a client that is told that its body is too long.
                    bodyLimitInBytes: limits.bodyBytes + (1 << 20)),
            ],
            idleTimeout: TimeAmount(limits.idleTimeout),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: limits.headBytes, maxHeaderListSize: limits.headBytes, maxHeaderFieldCount: 200))
        return ClientChannel(
            base: HTTP1Channel(
                responder: { request, writer, channel in
                    try await responder.respond(to: request, writer: writer, channel: channel)
                }, configuration: http))
    }

    private func makeServer(
        of channel: ClientChannel, onListening: @escaping @Sendable (Int) -> Void
    ) -> Server<ClientChannel> {
        Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.limits.connections, logger: state.logger)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: state.logger.onlyCritical)
    }

    private func cannotListen(_ error: any Error) -> any Error {
        if error is CancellationError { return error }
        let reason =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: "the port is in use"
            case EADDRNOTAVAIL: "this machine has no such address"
            case EACCES: "not permitted"
            default: "\(error)"
            }
        let address = GatewayAddress(host: configuration.host, port: configuration.port)
        return GatewayError(.cannotListen, "cannot listen on \(address): \(reason)", cause: error)
    }
}
