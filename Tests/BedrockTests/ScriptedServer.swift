import Foundation
import LoopbackServer
import NIOCore
import Synchronization
import Testing

/// A server on 127.0.0.1 whose every byte a test decides.
struct ScriptedServer: Sendable {
    let port: Int
    var url: String { "http://127.0.0.1:\(port)" }

    /// Runs a server as long as `body` runs.
    ///
    /// - Parameters:
    ///   - script: What happens on each connection; the connection is closed when it returns.
    ///   - body: Uses the server.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, and when no port can be had.
    static func running<Result>(
        _ script: @escaping @Sendable (inout Connection) async throws -> Void,
        body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        try await LoopbackListener.serving { accepted in
            var connection = Connection(
                channel: accepted.channel, input: accepted.inbound.makeAsyncIterator(), output: accepted.outbound)
            try await script(&connection)
        } body: { port in
            try await body(ScriptedServer(port: port))
        }
    }
}

extension ScriptedServer {
    /// One connection of a client.
    struct Connection {
        fileprivate let channel: any Channel
        fileprivate var input: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        fileprivate let output: NIOAsyncChannelOutboundWriter<ByteBuffer>
        private var unread: [UInt8] = []

        fileprivate init(
            channel: any Channel, input: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
            output: NIOAsyncChannelOutboundWriter<ByteBuffer>
        ) {
            self.channel = channel
            self.input = input
            self.output = output
        }

        /// The next request with a content length; nil when the client has closed the connection.
        mutating func request() async throws -> Request? {
            while true {
                if let (request, length) = Request.parse(unread) {
                    unread.removeFirst(length)
                    return request
                }
                guard let bytes = try await input.next(isolation: #isolation) else { return nil }
                unread += bytes.readableBytesView
            }
        }

        func send(_ text: String) async throws { try await send(Array(text.utf8)) }

        func send(_ bytes: [UInt8]) async throws { try await output.write(ByteBuffer(bytes: bytes)) }

        /// Sends the head of an event stream that comes in chunks.
        func beginStream() async throws { try await send(Self.streamHead) }

        static let streamHead =
            "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\n"
            + "x-amzn-requestid: request-1\r\ntransfer-encoding: chunked\r\n\r\n"

        static let streamEnd = Array("0\r\n\r\n".utf8)

        /// The bytes as a chunk of chunked transfer.
        static func chunk(_ bytes: some Collection<UInt8>) -> [UInt8] {
            Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
        }

        /// Sends a whole answer.
        func answer(_ status: Int, headers: [String: String] = [:], body: String) async throws {
            let lines = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
            try await send("HTTP/1.1 \(status) X\r\n\(lines)content-length: \(body.utf8.count)\r\n\r\n\(body)")
        }

        /// Waits until the client closes the connection.
        mutating func clientGone() async {
            do { while try await input.next(isolation: #isolation) != nil {} } catch {}
        }

        /// Closes the connection with a reset in place of an orderly end.
        func reset() async throws {
            let options = try #require(channel as? any SocketOptionProvider)
            try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            try await channel.close().get()
        }
    }

    /// A request byte for byte.
    struct Request: Sendable {
        /// Such as `POST /model/a%3A0/converse-stream HTTP/1.1`.
        let line: String
        /// Names in lower case, in the order of the wire.
        let headers: [(name: String, value: String)]
        let body: [UInt8]

        var target: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

        fileprivate static func parse(_ bytes: [UInt8]) -> (Request, Int)? {
            let head = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")[0]
            let headLength = head.utf8.count + 4
            guard bytes.count >= headLength else { return nil }
            let lines = head.components(separatedBy: "\r\n")
            let headers = lines.dropFirst().map { line in
                let parts = line.components(separatedBy: ": ")
                return (name: parts[0].lowercased(), value: parts.dropFirst().joined(separator: ": "))
            }
            let bodyLength = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
            guard bytes.count >= headLength + bodyLength else { return nil }
            let body = Array(bytes[headLength..<headLength + bodyLength])
            return (Request(line: lines[0], headers: headers, body: body), headLength + bodyLength)
        }
    }
}

/// Lets tasks of a test wait for each other.
struct Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func send() { continuation.yield() }

    /// Waits for the next signal, which may have been sent before.
    func wait() async { _ = await stream.first { true } }
}

/// A value that the tasks of a test share.
final class Shared<Value: Sendable>: Sendable {
    private let storage: Mutex<Value>

    init(_ value: Value) { storage = Mutex(value) }

    var value: Value { storage.withLock { $0 } }

    func update(_ change: (inout sending Value) -> Void) { storage.withLock { change(&$0) } }
}
