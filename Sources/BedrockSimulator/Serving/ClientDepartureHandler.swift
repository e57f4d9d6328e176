import NIOCore

/// Closes a connection whose client has closed its half.
///
/// The server allows half-closed connections, so without this a client that went away would be noticed only after
/// further writes; closed, the next write fails and the answer stops. A client has no use of an answer after it has
/// closed: HTTP clients close one half only together with the other.
final class ClientDepartureHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
