package import NIOCore
import NIOHTTP1
import NIOPosix

/// HTTP/1.1 to services, over connections that are kept: for each event loop its own.
///
/// A request goes over a connection of the event loop on which its task runs, if it runs on one, so that no thread has
/// to wake another for the words of an answer. HTTP/1 only, as a stream of its own connection cannot be slowed by its
/// neighbours; nothing is redirected, decompressed or sent twice.
package final class ConnectionPool: Sendable {
    private let loops: [ObjectIdentifier: NIOLoopBoundBox<LoopPool>]
    private let group: any EventLoopGroup
    private let settings: ConnectionSettings

    /// A pool without connections.
    ///
    /// - Parameters:
    ///   - settings: How connections are made and kept.
    ///   - group: The threads that do the input and output.
    package init(
        _ settings: ConnectionSettings = ConnectionSettings(),
        on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.settings = settings
        self.group = group
        let encryption = ClientEncryption()
        loops = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { loop in
                (
                    ObjectIdentifier(loop),
                    .makeBoxSendingValue(LoopPool(on: loop, settings, encryption), eventLoop: loop)
                )
            })
    }

    /// Sends a request and waits for the head of the answer.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - origin: Where it goes.
    ///   - timeout: How long the head may take, making a connection included; nil for as long as the caller's task lives.
    /// - Returns: The answer, whatever its status; its body must be read to the end, or else its connection is closed.
    /// - Throws: ``ServiceConnectionError``, `CancellationError`.
    package func send(
        _ request: ServiceRequest, to origin: ServiceOrigin, timeout: Duration? = nil
    ) async throws -> ServiceAnswer {
        let loop = currentLoop()
        let exchange = Exchange(on: loop, bufferLimit: settings.answerBufferInBytes)
        if let timeout { exchange.limitHead(to: TimeAmount(timeout)) }
        if let pool = loops[ObjectIdentifier(loop)] {
            if loop.inEventLoop {
                pool.value.run(exchange, request, to: origin)
            } else {
                loop.execute { pool.value.run(exchange, request, to: origin) }
            }
        }
        return ServiceAnswer(head: try await exchange.head(), body: ServiceAnswerBody(exchange))
    }

    /// Closes all connections, those at work when their answers have ended.
    package func shutDown() {
        for pool in loops.values { pool.eventLoop.execute { pool.value.close() } }
    }

    private func currentLoop() -> any EventLoop {
        if let current = MultiThreadedEventLoopGroup.currentEventLoop, loops[ObjectIdentifier(current)] != nil {
            return current
        }
        return group.next()
    }
}
