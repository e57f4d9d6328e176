import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Looks after one connection: counts it, closes it when its client has closed its half, and tells clients to go on
/// that wait for it.
///
/// The server allows half-closed connections, so without this a client that went away would be noticed only after
/// further writes; closed, the next write fails and the answer stops. A client has no use of an answer after it has
/// closed: HTTP clients close one half only together with the other.
///
/// Clients of S3 wait a second for the answer 100 before they send what is to be put (RFC 9110, section 10.1.1).
final class ClientConnectionHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private let counts: ActivityCounts

    init(counts: ActivityCounts) { self.counts = counts }

    func handlerAdded(context: ChannelHandlerContext) {
        counts.change { reading in
            reading.connections += 1
            reading.acceptedConnections += 1
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { counts.change { $0.connections -= 1 } }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data), head.headerFields[.expect]?.lowercased() == "100-continue" {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
