import NIOCore
import NIOHTTP1
import NIOPosix

/// The connections of one event loop.
///
/// It belongs to that loop, so it needs no lock.
final class LoopPool {
    private let loop: any EventLoop
    private let settings: ConnectionSettings
    private let encryption: ClientEncryption
    /// The connections that wait for work, the one used last at the end.
    private var idle: [ServiceOrigin: [ServiceConnection]] = [:]
    /// All connections, those that are being made among them.
    private var count = 0
    private var isSweeping = false
    private var isClosed = false

    init(on loop: any EventLoop, _ settings: ConnectionSettings, _ encryption: ClientEncryption) {
        self.loop = loop
        self.settings = settings
        self.encryption = encryption
    }

    /// Sends a request over an idle connection, or over a new one.
    func run(_ exchange: Exchange, _ request: ServiceRequest, to origin: ServiceOrigin) {
        guard !isClosed else { return exchange.fail(ServiceConnectionError(.unanswered, "the pool is closed")) }
        while let connection = idle[origin]?.popLast() {
            if connection.isUsable { return connection.run(exchange, request) }
        }
        guard count < settings.connectionsPerLoop || makeRoom() else {
            return exchange.fail(
                ServiceConnectionError(.unanswered, "\(count) connections are open, which is the limit"))
        }
        count += 1
        connect(to: origin).assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success(let connection):
                // One that is lost already was not counted out when it was closed.
                if connection.value.isUsable { connection.value.isPooled = true } else { count -= 1 }
                connection.value.run(exchange, request)
            case .failure(let error):
                count -= 1
                exchange.fail(ServiceConnectionError(Self.isTimeout(error) ? .timedOut : .unanswered, "\(error)"))
            }
        }
    }

    /// Closes the connection that has been idle for longest, of whatever origin.
    ///
    /// - Returns: False when all of them are at work.
    private func makeRoom() -> Bool {
        guard let oldest = idle.values.compactMap(\.first).min(by: { $0.idleSince < $1.idleSince }) else {
            return false
        }
        removed(oldest)
        oldest.close()
        return true
    }

    /// A connection has no work any more.
    func returned(_ connection: ServiceConnection) {
        guard !isClosed, connection.isUsable else { return connection.close() }
        connection.idleSince = .now()
        idle[connection.origin, default: []].append(connection)
        if !isSweeping { sweep(in: TimeAmount(settings.idleTimeout)) }
    }

    /// A connection is being closed.
    func forget(_ connection: ServiceConnection) { idle[connection.origin]?.removeAll { $0 === connection } }

    /// A connection was closed.
    func removed(_ connection: ServiceConnection) {
        guard connection.isPooled else { return }
        connection.isPooled = false
        count -= 1
    }

    /// Closes what is idle now, and the others when their work is done.
    func close() {
        isClosed = true
        let all = idle.values.joined()
        idle = [:]
        for connection in all { connection.close() }
    }

    /// Closes, after a time, what has been idle for too long by then.
    private func sweep(in time: TimeAmount) {
        isSweeping = true
        loop.assumeIsolated().scheduleTask(in: time) { [self] in
            isSweeping = false
            let oldest = NIODeadline.now() - TimeAmount(settings.idleTimeout)
            var expired: [ServiceConnection] = []
            for (origin, connections) in idle {
                // The one used last stands at the end.
                let kept = connections.drop { $0.idleSince <= oldest }
                expired += connections.dropLast(kept.count)
                idle[origin] = kept.isEmpty ? nil : Array(kept)
            }
            for connection in expired { connection.close() }
            guard let next = idle.values.compactMap({ $0.first?.idleSince }).min() else { return }
            sweep(in: next + TimeAmount(settings.idleTimeout) - .now())
        }
    }
}

// MARK: - Making connections

extension LoopPool {
    /// A connection that is ready for a request.
    ///
    /// Several addresses of a name may be tried at once, each with a channel of its own.
    private func connect(to origin: ServiceOrigin) -> EventLoopFuture<NIOLoopBound<ServiceConnection>> {
        let pool = NIOLoopBound(self, eventLoop: loop)
        let (encryption, timeout) = (encryption, TimeAmount(settings.connectTimeout))
        let deadline = NIODeadline.now() + timeout
        return ClientBootstrap(group: loop)
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if origin.isEncrypted {
                        try pipeline.addHandler(encryption.handler(for: origin.host))
                        try pipeline.addHandler(Handshake(on: channel.eventLoop, until: deadline))
                    }
                    let connection = ServiceConnection(to: origin, in: pool.value)
                    try pipeline.addHandler(StrayByteGuard(connection))
                    try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
                    try pipeline.addHandler(connection)
                }
            }
            .connect(host: origin.host, port: origin.port)
            .flatMap { channel in Self.probe(channel).map { channel } }
            .flatMap { channel in Self.ready(channel, isEncrypted: origin.isEncrypted) }
    }

    /// The connection of a channel, once its handshake is over.
    private static func ready(
        _ channel: any Channel, isEncrypted: Bool
    ) -> EventLoopFuture<NIOLoopBound<ServiceConnection>> {
        do {
            let pipeline = channel.pipeline.syncOperations
            let connection = NIOLoopBound(
                try pipeline.handler(type: ServiceConnection.self), eventLoop: channel.eventLoop)
            guard isEncrypted else { return channel.eventLoop.makeSucceededFuture(connection) }
            return try pipeline.handler(type: Handshake.self).isDone.map { connection }
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
    }

    /// A connection over which a model thinks for minutes sends probes, as load balancers and address translation drop
    /// silent ones after some 350 seconds; a connection without probes is better than none.
    private static func probe(_ channel: any Channel) -> EventLoopFuture<Void> {
        let options: [(ChannelOptions.Types.SocketOption, SocketOptionValue)] = [
            (.init(level: .tcp, name: .init(rawValue: TCPOption.idleSeconds)), 60),
            (.init(level: .tcp, name: .init(rawValue: TCPOption.probeSeconds)), 30),
        ]
        return EventLoopFuture.andAllSucceed(
            options.map { channel.setOption($0.0, value: $0.1) }, on: channel.eventLoop
        ).recover { _ in }
    }

    private static func isTimeout(_ error: any Error) -> Bool {
        if case ChannelError.connectTimeout? = error as? ChannelError { return true }
        return error is Handshake.TimedOut
    }
}

/// Options of Linux's TCP that the networking library has no names for.
///
/// Source: Linux manual page tcp(7), `TCP_KEEPIDLE` and `TCP_KEEPINTVL`.
private enum TCPOption {
    /// How long a connection may be silent before the first probe, in seconds.
    static let idleSeconds: CInt = 4
    /// How long after an unanswered probe the next one follows, in seconds.
    static let probeSeconds: CInt = 5
}
