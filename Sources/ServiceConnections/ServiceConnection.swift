import NIOCore
import NIOHTTP1

/// One connection to a service, as the last handler of its channel: one exchange after the other.
///
/// It belongs to its event loop.
final class ServiceConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    let origin: ServiceOrigin
    private let pool: LoopPool
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    /// Whether the request has left entirely.
    private var isSent = true
    private var isReusable = true
    private var hasAnswerBegun = false
    /// Whether reading was held up because the exchange is full.
    private var isReadPending = false
    /// Whether the connection is being closed; with TLS it stays active for a while then.
    private var isEnding = false
    /// Whether the pool counts it.
    var isPooled = false
    /// When it was last used; only of interest while it is idle.
    var idleSince = NIODeadline.now()

    init(to origin: ServiceOrigin, in pool: LoopPool) {
        self.origin = origin
        self.pool = pool
    }

    /// Whether another exchange can go over it.
    var isUsable: Bool { !isEnding && context?.channel.isActive ?? false }

    /// Whether nothing may come from the service.
    var isIdle: Bool { exchange == nil }

    /// Sends a request, whose answer goes to the exchange.
    func run(_ exchange: Exchange, _ request: ServiceRequest) {
        guard exchange.begin(on: self) else { return pool.returned(self) }
        guard let context, isUsable else { return exchange.fail(Self.failure(.unanswered)) }
        self.exchange = exchange
        isSent = false
        hasAnswerBegun = false
        context.write(wrapOutboundOut(.head(request.head)), promise: nil)
        if request.body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(request.body))), promise: nil)
        }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenSuccess { self.isSent = true }
        // One flush for all of it: a request of some kilobytes is one system call.
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }

    /// The exchange is over before its answer is, and with it the connection.
    func abandon(_ abandoned: Exchange) {
        guard exchange === abandoned else { return }
        exchange = nil
        // What is still to come, the service's goodbye among it, would not be read otherwise.
        goOnReading()
        close()
    }

    /// The exchange has room again.
    func goOnReading() {
        guard isReadPending else { return }
        isReadPending = false
        context?.read()
    }

    /// Closes the connection, which is used no more from now on.
    func close() {
        guard !isEnding else { return }
        isEnding = true
        pool.forget(self)
        context?.close(promise: nil)
    }

    /// Ends the exchange with a failure, and the connection with it.
    private func fail(_ error: ServiceConnectionError) {
        let exchange = exchange
        self.exchange = nil
        goOnReading()
        close()
        exchange?.fail(error)
    }

    private var lossCode: ServiceConnectionError.Code { hasAnswerBegun ? .interrupted : .unanswered }

    private static func failure(
        _ code: ServiceConnectionError.Code, _ error: (any Error)? = nil
    ) -> ServiceConnectionError {
        if let error, error as? HTTPParserError != .invalidEOFState { return ServiceConnectionError(code, "\(error)") }
        return ServiceConnectionError(code, "the service has closed the connection")
    }
}

// MARK: - Channel events

extension ServiceConnection {
    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let exchange else { return close() }
        switch unwrapInboundIn(data) {
        case .head(let head):
            // What follows a 101 is in no protocol that is spoken here; the decoder takes all others below 200 out.
            guard head.status.code >= 200 else {
                return fail(ServiceConnectionError(.unanswered, "the service answered \(head.status.code)"))
            }
            hasAnswerBegun = true
            isReusable = head.isKeepAlive
            exchange.receive(head)
        case .body(let bytes): exchange.receive(bytes)
        case .end:
            self.exchange = nil
            // A service that answers before it has read the request may never read the rest.
            if isReusable, isSent { pool.returned(self) } else { close() }
            exchange.complete()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        exchange?.wake()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if let exchange, exchange.isFull() {
            isReadPending = true
        } else {
            context.read()
        }
    }

    /// Whatever is wrong on the way, the answer is not whole: an end that comes after it must not make it so.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(Self.failure(lossCode, error)) }

    func channelInactive(context: ChannelHandlerContext) {
        pool.removed(self)
        fail(Self.failure(lossCode))
        context.fireChannelInactive()
    }
}

/// Closes a connection when bytes come that nobody has asked for, before anybody takes them for the beginning of the
/// next answer.
///
/// What comes in one piece with the end of an answer is told apart by the decoder only, and closes the connection when
/// it makes a whole head, or no head at all.
final class StrayByteGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: ServiceConnection

    init(_ connection: ServiceConnection) { self.connection = connection }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !connection.isIdle else { return connection.close() }
        context.fireChannelRead(data)
    }
}
