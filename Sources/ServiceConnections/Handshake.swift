import NIOCore
import NIOTLS

/// Waits for the end of a connection's TLS handshake.
final class Handshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    /// The handshake took too long.
    struct TimedOut: Error, CustomStringConvertible {
        var description: String { "the TLS handshake took too long" }
    }

    private let promise: EventLoopPromise<Void>
    private let deadline: NIODeadline
    private var timer: Scheduled<Void>?
    private var error: (any Error)?

    /// Fails with what went wrong.
    var isDone: EventLoopFuture<Void> { promise.futureResult }

    init(on loop: any EventLoop, until deadline: NIODeadline) {
        promise = loop.makePromise()
        self.deadline = deadline
    }

    func handlerAdded(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.promise.fail(TimedOut())
            context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            timer?.cancel()
            promise.succeed()
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.error = self.error ?? error
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    private func end() {
        timer?.cancel()
        promise.fail(error ?? ChannelError.eof)
    }
}
