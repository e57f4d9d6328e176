import HTTPTypes
import HummingbirdCore
import NIOCore

/// A response whose head waits until it is known how the answer begins: with its first piece, or with a failure that
/// has a status of its own.
final class PendingResponse: @unchecked Sendable {
    // Invariant of `@unchecked`: one task uses it at a time. The responder hands it to the one sink of the request, and
    // looks at it again only when the answer is over. The connection's writers beneath are thread-safe.
    private var start: ResponseWriter?
    private var body: (any ResponseBodyWriter)?
    /// The status that was sent; 0 while none was.
    private(set) var status = 0
    /// Bytes of the body that were handed to the connection.
    private(set) var byteCount = 0

    init(_ writer: consuming ResponseWriter) { start = consume writer }

    /// Whether the head has been sent.
    var hasBegun: Bool { status != 0 }

    /// Sends an answer that is known whole.
    @concurrent func send(_ answer: PlainAnswer, head: HTTPResponse) async throws {
        guard let writer = start.take() else { return }
        status = answer.status.code
        byteCount = answer.body.count
        try await writer.write(response: head, body: answer.responseBody)
    }

    /// Sends the head of an answer that follows piece by piece.
    @concurrent func begin(_ head: HTTPResponse) async throws {
        guard let writer = start.take() else { return }
        status = head.status.code
        body = try await writer.writeHead(head)
    }

    /// Sends a piece of the body, once ``begin(_:)`` has sent the head.
    @concurrent func write(_ bytes: [UInt8]) async throws {
        byteCount += bytes.count
        try await body?.write(ByteBuffer(bytes: bytes))
    }

    /// Ends a body that came piece by piece.
    @concurrent func finish() async throws {
        guard let writer = body else { return }
        body = nil
        try await writer.finish(nil)
    }
}
