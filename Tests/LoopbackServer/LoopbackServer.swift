import NIOCore
package import NIOSSL
import Synchronization

/// A server on 127.0.0.1 that answers every request with bytes that a test has chosen, good or broken.
///
/// One request a connection: the server closes it after its reply.
package struct LoopbackServer: Sendable {
    package let port: Int
    private let seen: Requests

    /// What clients have sent so far, in order of arrival.
    package var requests: [LoopbackRequest] { seen.all }

    /// The URL of a path on the server.
    package func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Runs a server as long as `body` runs.
    ///
    /// - Parameters:
    ///   - tls: What connections are encrypted with; nil for plain ones.
    ///   - reply: Chooses the reply to a request.
    ///   - body: Uses the server.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or why no port could be opened.
    package static func serving<Result>(
        tls: NIOSSLContext? = nil, _ reply: @escaping @Sendable (LoopbackRequest) -> LoopbackReply,
        body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let requests = Requests()
        return try await LoopbackListener.serving(tls: tls) {
            try await answer($0, requests: requests, reply: reply)
        } body: { port in
            try await body(LoopbackServer(port: port, seen: requests))
        }
    }

    private static func answer(
        _ connection: LoopbackListener.Connection, requests: Requests,
        reply: @Sendable (LoopbackRequest) -> LoopbackReply
    ) async throws {
        var input = connection.inbound.makeAsyncIterator()
        var bytes: [UInt8] = []
        while let buffer = try await input.next() {
            bytes += buffer.readableBytesView
            guard let request = LoopbackRequest(bytes) else { continue }
            requests.append(request)
            for step in reply(request).steps {
                switch step {
                case .send(let bytes): try await connection.outbound.write(ByteBuffer(bytes: bytes))
                case .wait(let event): await event()
                case .stall: while try await input.next() != nil {}
                }
            }
            return
        }
    }

    private final class Requests: Sendable {
        private let list = Mutex<[LoopbackRequest]>([])

        var all: [LoopbackRequest] { list.withLock { $0 } }

        func append(_ request: LoopbackRequest) { list.withLock { $0.append(request) } }
    }
}

/// A request as it came over the wire.
package struct LoopbackRequest: Sendable {
    /// Such as `POST /bots/nova HTTP/1.1`.
    package let requestLine: String
    /// Values by name in lower case.
    package let headers: [String: String]
    package let body: [UInt8]

    /// The request in these bytes, or nil while it is not all there.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines: [Substring] = []
        var rest = text[...]
        while let end = rest.firstIndex(of: "\r\n"), end > rest.startIndex {
            lines.append(rest[..<end])
            rest = rest[rest.index(after: end)...]
        }
        guard let first = lines.first, rest.first == "\r\n" else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        let body = Array(rest.dropFirst().utf8)
        guard body.count >= Int(headers["content-length"] ?? "0") ?? 0 else { return nil }
        requestLine = String(first)
        self.headers = headers
        self.body = body
    }
}

/// What a ``LoopbackServer`` sends, byte for byte.
package struct LoopbackReply: Sendable {
    /// One step of a reply.
    package enum Step: Sendable {
        case send([UInt8])
        /// Goes on when this returns.
        case wait(@Sendable () async -> Void)
        /// Sends nothing more until the client goes away.
        case stall
    }

    package var steps: [Step]

    package init(steps: [Step]) { self.steps = steps }

    /// A whole reply with a content length.
    package static func whole(
        _ status: String = "200 OK", type: String, headers: [String: String] = [:], body: String
    ) -> LoopbackReply {
        let head = head(status, type: type, headers: headers) + "content-length: \(body.utf8.count)\r\n\r\n"
        return LoopbackReply(steps: [.send(Array((head + body).utf8))])
    }

    /// A chunked event stream.
    ///
    /// - Parameters:
    ///   - chunks: The pieces, each a chunk of its own.
    ///   - headers: Further headers.
    ///   - ending: How it goes on after the last piece.
    /// - Returns: The reply.
    package static func stream(
        _ chunks: [String], headers: [String: String] = [:], ending: Ending = .complete
    ) -> LoopbackReply {
        let head = head("200 OK", type: "text/event-stream; charset=utf-8", headers: headers)
        var steps: [Step] = [.send(Array((head + "transfer-encoding: chunked\r\n\r\n").utf8))]
        for chunk in chunks {
            steps.append(.send(Array("\(String(chunk.utf8.count, radix: 16))\r\n\(chunk)\r\n".utf8)))
        }
        switch ending {
        case .complete: steps.append(.send(Array("0\r\n\r\n".utf8)))
        case .cut: break
        case .stalled: steps.append(.stall)
        }
        return LoopbackReply(steps: steps)
    }

    /// How a stream goes on after its last piece.
    package enum Ending: Sendable {
        /// It ends as HTTP says.
        case complete
        /// The connection is closed without an end.
        case cut
        /// Nothing comes any more.
        case stalled
    }

    private static func head(_ status: String, type: String, headers: [String: String]) -> String {
        let lines = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
        return "HTTP/1.1 \(status)\r\ncontent-type: \(type)\r\nconnection: close\r\n\(lines)"
    }
}
