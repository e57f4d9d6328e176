import HTTPTypes
import HummingbirdCore
import NIOCore
import ServerSentEvents

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

    /// Tells a client that waits for it to send the body of its request.
    @concurrent func askForBody() async throws {
        guard let writer = start.take() else { return }
        try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        start = consume writer
    }

    /// Sends an answer that is known whole.
    ///
    /// Where a stream has begun with a sign of life, it becomes the stream's last event: the status is out already.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - head: Its head.
    ///   - withoutBody: Whether only the head was asked for.
    /// - Throws: An error of the connection.
    @concurrent func send(_ answer: PlainAnswer, head: HTTPResponse, withoutBody: Bool = false) async throws {
        guard let writer = start.take() else {
            var events = ServerSentEventWriter()
            events.write(event: "", data: answer.body)
            try await write(events.takeBytes())
            return try await finish()
        }
        status = answer.status.code
        byteCount = withoutBody ? 0 : answer.body.count
        try await writer.write(response: head, body: withoutBody ? ResponseBody() : answer.responseBody)
    }

    /// Sends the head of an answer that has no body.
    @concurrent func send(_ head: HTTPResponse) async throws {
        guard let writer = start.take() else { return }
        status = head.status.code
        try await writer.write(response: head, body: ResponseBody())
    }

    /// Shows the client of a stream that its request is being worked on.
    ///
    /// - Parameter head: The stream's head, which goes out with the first sign of life.
    /// - Throws: An error of the connection.
    @concurrent func keepAlive(_ head: @autoclosure () -> HTTPResponse) async throws {
        if !hasBegun { try await begin(head()) }
        var events = ServerSentEventWriter()
        events.write(comment: "keep-alive")
        try await write(events.takeBytes())
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
