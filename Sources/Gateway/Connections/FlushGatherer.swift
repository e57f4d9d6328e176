import NIOCore
import NIOHTTPTypes

/// Sends together what a task writes without a pause: a response's head with its first piece, the last piece with the
/// end.
///
/// Every write asks for a flush, and each flush is a system call and a packet. Here they wait for their turn behind what
/// runs on the event loop at this moment, which is the task until it waits for something.
final class FlushGatherer: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart

    private var isPending = false

    func flush(context: ChannelHandlerContext) {
        guard !isPending else { return }
        isPending = true
        context.eventLoop.assumeIsolated().execute { self.flushNow(context) }
    }

    /// What waits is sent before the connection is closed, as it would have been.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        flushNow(context)
        context.close(mode: mode, promise: promise)
    }

    private func flushNow(_ context: ChannelHandlerContext) {
        guard isPending else { return }
        isPending = false
        context.flush()
    }
}
