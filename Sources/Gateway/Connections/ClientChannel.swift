import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// HTTP/1.1 whose connections are served or closed, each of them, however the server ends, and each on the thread that
/// reads and writes it.
struct ClientChannel: ServerChildChannel {
    let base: HTTP1Channel
    /// The connections that are there and not served yet.
    let arrivals = ArrivedConnections()

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { connection in
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(OldClientHandler(), position: .after(decoder))
            arrivals.add(connection)
            channel.closeFuture.whenComplete { _ in arrivals.remove(connection) }
            return connection
        }
    }

    @concurrent func handle(value: HTTP1Channel.Value, logger: Logger) async {
        arrivals.remove(value)
        await withTaskExecutorPreference(ConnectionLoop(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}
