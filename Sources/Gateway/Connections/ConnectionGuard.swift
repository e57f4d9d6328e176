import NIOCore
import NIOHTTPTypes

/// Watches one client's connection: notices when the client leaves, and closes on a client that sends or reads too
/// slowly.
///
/// The time that headers may take is bounded by the server's idle timeout. A body must be complete within
/// ``readTimeout`` however steadily it trickles, and a channel that stays unwritable for ``writeTimeout`` because its
/// client reads too slowly is closed. A body that goes on past ``bodyLimitInBytes`` closes the connection too: the
/// server under this would read what was refused to its end, however long.
final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let table: ConnectionTable
    private let readTimeout: TimeAmount
    private let writeTimeout: TimeAmount
    private let bodyLimitInBytes: Int
    private var bodyByteCount = 0
    private let connection = ClientConnection()
    private var isReadingBody = false
    private var readDeadline: Scheduled<Void>?
    private var writeDeadline: Scheduled<Void>?

    init(table: ConnectionTable, readTimeout: Duration, writeTimeout: Duration, bodyLimitInBytes: Int) {
        self.bodyLimitInBytes = bodyLimitInBytes
        self.table = table
        self.readTimeout = TimeAmount(readTimeout)
        self.writeTimeout = TimeAmount(writeTimeout)
    }

    func handlerAdded(context: ChannelHandlerContext) { table.add(connection, of: context.channel) }

    func handlerRemoved(context: ChannelHandlerContext) { leave(context) }

    func channelInactive(context: ChannelHandlerContext) {
        leave(context)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A client that closes its sending half is taken for one that has left, as most HTTP servers do.
        if let event = event as? ChannelEvent, event == .inputClosed { connection.leave() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isReadingBody = true
            bodyByteCount = 0
        case .body(let buffer):
            bodyByteCount += buffer.readableBytes
            guard bodyByteCount <= bodyLimitInBytes else {
                context.close(promise: nil)
                return
            }
        case .end:
            isReadingBody = false
            readDeadline?.cancel()
            readDeadline = nil
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // A request that arrives in one piece needs no timer.
        if isReadingBody, readDeadline == nil { readDeadline = close(context, in: readTimeout) }
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writeDeadline?.cancel()
        writeDeadline = context.channel.isWritable ? nil : close(context, in: writeTimeout)
        context.fireChannelWritabilityChanged()
    }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }

    private func leave(_ context: ChannelHandlerContext) {
        readDeadline?.cancel()
        writeDeadline?.cancel()
        table.remove(context.channel)
        connection.leave()
    }
}
