import HummingbirdCore
import Logging
import NIOCore

/// HTTP/1.1 whose connections are served or closed, each of them, however the server ends, and each on the thread that
/// reads and writes it.
struct ClientChannel: ServerChildChannel {
    let base: HTTP1Channel
    /// The connections that are there and not served yet.
    let arrivals = ArrivedConnections()

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        base.setup(channel: channel, logger: logger).map { connection in
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
