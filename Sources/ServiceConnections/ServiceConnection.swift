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
    /// What went wrong, for the exchange that loses its connection by it.
    private var error: (any Error)?
    /// Whether the pool counts it.
    var isPooled = false
    /// When it was last used; only of interest while it is idle.
    var idleSince = NIODeadline.now()

    init(to origin: ServiceOrigin, in pool: LoopPool) {
        self.origin = origin
        self.pool = pool
    }

    /// Whether another exchange can go over it.
    var isUsable: Bool { context?.channel.isActive ?? false }

    /// Sends a request, whose answer goes to the exchange.
    func run(_ exchange: Exchange, _ request: ServiceRequest) {
        guard exchange.begin(on: self) else { return pool.returned(self) }
        guard let context, context.channel.isActive else {
            return exchange.fail(error.map(Self.lost) ?? Self.closed(.unanswered))
        }
        self.exchange = exchange
        isSent = false
        hasAnswerBegun = false
        context.write(wrapOutboundOut(.head(request.head)), promise: nil)
        if request.body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(request.body))), promise: nil)
        }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenSuccess { self.hasSent() }
        // One flush for all of it: a request of some kilobytes is one system call.
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }

    /// The exchange is over before its answer is, and with it the connection.
    func abandon(_ abandoned: Exchange) {
        guard exchange === abandoned else { return }
        exchange = nil
        isReusable = false
        context?.close(promise: nil)
    }

    /// The exchange has room again.
    func goOnReading() {
        guard isReadPending else { return }
        isReadPending = false
        context?.read()
    }

    func close() { context?.close(promise: nil) }

    private func hasSent() {
        isSent = true
    }
}

// MARK: - Channel events

extension ServiceConnection {
    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let exchange else {
            // An answer that nobody has asked for: what follows cannot be told apart from the next one's.
            isReusable = false
            return context.close(promise: nil)
        }
        switch unwrapInboundIn(data) {
        case .head(let head):
            hasAnswerBegun = true
            isReusable = head.isKeepAlive
            exchange.receive(head)
        case .body(let bytes): exchange.receive(bytes)
        case .end:
            self.exchange = nil
            // A service that answers before it has read the request may never read the rest.
            if isReusable, isSent { pool.returned(self) } else { context.close(promise: nil) }
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

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.error = self.error ?? error
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        pool.removed(self)
        if let exchange {
            self.exchange = nil
            let code: ServiceConnectionError.Code = hasAnswerBegun ? .interrupted : .unanswered
            exchange.fail(error.map { ServiceConnectionError(code, "\($0)") } ?? Self.closed(code))
        }
        context.fireChannelInactive()
    }

    private static func closed(_ code: ServiceConnectionError.Code) -> ServiceConnectionError {
        ServiceConnectionError(code, "the service has closed the connection")
    }

    private static func lost(_ error: any Error) -> ServiceConnectionError {
        ServiceConnectionError(.unanswered, "\(error)")
    }
}
