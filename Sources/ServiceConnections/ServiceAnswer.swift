package import NIOCore
package import NIOHTTP1

/// The head of a service's answer, and the body as it comes.
package struct ServiceAnswer: Sendable {
    package let head: HTTPResponseHead
    package let body: ServiceAnswerBody
}

/// The body of an answer; one task reads it.
///
/// At most ``ConnectionSettings/answerBufferInBytes`` and what one more read brings wait for the reader. A body that is
/// dropped before its end closes its connection.
package final class ServiceAnswerBody: Sendable {
    /// What a reader gets.
    package enum Piece: Sendable {
        /// All that has arrived since.
        case bytes(ByteBuffer)
        /// The time of ``setAlarm(at:)`` has come.
        case alarm
        /// The body is complete.
        case end
    }

    private let exchange: Exchange

    init(_ exchange: Exchange) { self.exchange = exchange }

    deinit { exchange.abandon() }

    /// Waits for more of the body.
    ///
    /// - Returns: What has arrived together.
    /// - Throws: ``ServiceConnectionError`` when the connection breaks, `CancellationError`.
    package func next() async throws -> Piece { try await exchange.next() }

    /// Has ``next()`` give an ``Piece/alarm`` at a time, once.
    package func setAlarm(at time: NIODeadline) { exchange.setAlarm(at: time) }
}
