import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server that answers each request with bytes that a test has written, over connections that it keeps.
final class ScriptedServer: Sendable {
    /// What follows a request.
    struct Reply: Sendable {
        var bytes: [UInt8]
        /// Whether the connection is closed then.
        var closes = false
        /// Whether the connection is cut then, without the goodbye of TLS.
        var resets = false
        /// Whether the reply is sent as soon as the head is there, and nothing is read after it.
        var isHasty = false

        static func whole(_ body: String, headers: String = "") -> Reply {
            Reply(bytes: Array("HTTP/1.1 200 OK\r\n\(headers)content-length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
        }

        static func bytes(_ text: String, closes: Bool = false) -> Reply {
            Reply(bytes: Array(text.utf8), closes: closes)
        }

        /// Nothing is ever sent.
        static let silence = Reply(bytes: [])
    }

    /// What has happened so far.
    struct Record: Sendable {
        var requests: [String] = []
        var opened = 0
        var closed = 0
        /// Bytes that the connections have taken from the server.
        var written = 0
    }

    private struct State {
        var record = Record()
        var channels: [any Channel] = []
        var waiters: [(isDue: @Sendable (Record) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let replies: [Reply]
    private let state = Mutex(State())

    private init(_ replies: [Reply]) { self.replies = replies }

    var record: Record { state.withLock { $0.record } }

    /// Runs a server as long as `body` runs; the last reply is given again and again.
    @discardableResult static func serving<Value>(
        tls: NIOSSLContext? = nil, _ replies: Reply..., body: (ScriptedServer, _ port: Int) async throws -> Value
    ) async throws -> Value {
        let server = ScriptedServer(replies)
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Talker(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let value = try await body(server, listener.localAddress?.port ?? 0)
            try await listener.close()
            return value
        } catch {
            try? await listener.close()
            throw error
        }
    }

    /// Waits until something has happened.
    func wait(until isDue: @escaping @Sendable (Record) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if isDue(state.record) { return true }
                state.waiters.append((isDue, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    /// Sends something over all connections that nobody has asked for.
    func say(_ text: String) {
        for channel in state.withLock({ $0.channels }) { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }
    }

    fileprivate func note(_ change: (inout Record) -> Void) {
        let due = state.withLock { state in
            change(&state.record)
            let record = state.record
            let due = state.waiters.filter { $0.isDue(record) }
            state.waiters.removeAll { $0.isDue(record) }
            return due
        }
        for waiter in due { waiter.continuation.resume() }
    }

    fileprivate func reply(to request: String) -> Reply {
        let index = state.withLock { $0.record.requests.count }
        note { $0.requests.append(request) }
        return replies[min(index, replies.count - 1)]
    }

    /// The next reply that will be given.
    fileprivate var next: Reply { state.withLock { replies[min($0.record.requests.count, replies.count - 1)] } }

    /// One connection.
    private final class Talker: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let server: ScriptedServer
        private var received = ByteBuffer()

        init(_ server: ScriptedServer) { self.server = server }

        func channelActive(context: ChannelHandlerContext) {
            server.state.withLock { $0.channels.append(context.channel) }
            server.note { $0.opened += 1 }
        }

        func channelInactive(context: ChannelHandlerContext) { server.note { $0.closed += 1 } }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var bytes = unwrapInboundIn(data)
            received.writeBuffer(&bytes)
            guard let head = head() else { return }
            let length = head.split(separator: "\r\n").compactMap { line in
                line.lowercased().hasPrefix("content-length:") ? Int(line.dropFirst(15).drop { $0 == " " }) : nil
            }.first
            guard server.next.isHasty || received.readableBytes >= head.utf8.count + (length ?? 0) else { return }
            let reply = server.reply(to: String(buffer: received))
            received.clear()
            // In small pieces, so that what was taken can be counted.
            var rest = reply.bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(16_384)
                rest = rest.dropFirst(16_384)
                context.write(wrapOutboundOut(ByteBuffer(bytes: piece))).assumeIsolated().whenSuccess { [server] in
                    server.note { $0.written += piece.count }
                }
            }
            context.flush()
            if reply.isHasty { try? context.channel.syncOptions?.setOption(.autoRead, value: false) }
            if reply.closes { context.close(promise: nil) }
            // Below the handler that would say goodbye.
            if reply.resets {
                let pipeline = context.channel.pipeline.syncOperations
                (try? pipeline.context(handlerType: NIOSSLServerHandler.self))?.close(promise: nil)
            }
        }

        /// The head of the request with the empty line after it; nil while it is not all there.
        private func head() -> String? {
            let beginning = Array(received.readableBytesView.prefix(1000))
            guard let end = beginning.indices.first(where: { beginning[$0...].starts(with: [13, 10, 13, 10]) }) else {
                return nil
            }
            return String(decoding: beginning[..<(end + 4)], as: UTF8.self)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
