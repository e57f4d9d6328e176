package import NIOCore
import NIOPosix
import Synchronization

/// HTTP/1.1 to services, over connections that are kept: for each event loop its own.
///
/// A request goes over a connection of the event loop on which its task runs, if it runs on one, so that no thread has
/// to wake another for the words of an answer. HTTP/1 only, as a stream of its own connection cannot be slowed by its
/// neighbours; nothing is redirected, decompressed or sent twice.
package final class ConnectionPool: Sendable {
    private let pools: [NIOLoopBoundBox<LoopPool>]
    private let poolsByLoop: [ObjectIdentifier: NIOLoopBoundBox<LoopPool>]
    private let turn = Atomic(0)
    private let settings: ConnectionSettings
    private let encryption: ClientEncryption

    /// A pool without connections.
    ///
    /// - Parameters:
    ///   - settings: How connections are made and kept.
    ///   - encryption: How those with TLS are encrypted.
    ///   - group: The threads that do the input and output.
    package init(
        _ settings: ConnectionSettings = ConnectionSettings(), encryption: ClientEncryption = ClientEncryption(),
        on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.settings = settings
        self.encryption = encryption
        pools = group.makeIterator().map { loop in
            .makeBoxSendingValue(LoopPool(on: loop, settings, encryption), eventLoop: loop)
        }
        poolsByLoop = Dictionary(uniqueKeysWithValues: pools.map { (ObjectIdentifier($0.eventLoop), $0) })
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
        if origin.isEncrypted, !encryption.isReady { try await prepareEncryption() }
        let pool = currentPool()
        let loop = pool.eventLoop
        let exchange = Exchange(on: loop, bufferLimit: settings.answerBufferInBytes)
        if let timeout { exchange.limitHead(to: TimeAmount(timeout)) }
        if loop.inEventLoop {
            pool.value.run(exchange, request, to: origin)
        } else {
            loop.execute { pool.value.run(exchange, request, to: origin) }
        }
        return ServiceAnswer(head: try await exchange.head(), body: ServiceAnswerBody(exchange))
    }

    /// Closes all connections, those at work when their answers have ended.
    package func shutDown() {
        for pool in pools { pool.eventLoop.execute { pool.value.close() } }
    }

    /// Reads the system's certificates, away from the event loop that may be asking.
    private func prepareEncryption() async throws {
        do {
            try await withTaskExecutorPreference(globalConcurrentExecutor) { try encryption.prepare() }
        } catch {
            throw ServiceConnectionError(.unanswered, "\(error)")
        }
    }

    /// The connections of the event loop that runs this, or of any in turn.
    private func currentPool() -> NIOLoopBoundBox<LoopPool> {
        if let current = MultiThreadedEventLoopGroup.currentEventLoop,
            let pool = poolsByLoop[ObjectIdentifier(current)]
        {
            return pool
        }
        let turn = turn.wrappingAdd(1, ordering: .relaxed).newValue
        return pools[Int(turn.magnitude % UInt(pools.count))]
    }
}
