import NIOCore
import NIOPosix

/// A client that shows the bytes: every chunk of a response as the server framed it.
struct WireClient {
    let port: Int

    /// One connection, used by one test.
    struct Connection {
        fileprivate var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        fileprivate let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        private(set) var bytes: [UInt8] = []
        private(set) var isClosed = false

        fileprivate init(
            inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
            outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        ) {
            self.inbound = inbound
            self.outbound = outbound
        }

        /// Sends text; what a server that has closed already makes of it shows when the reply is read.
        func send(_ text: String) async throws {
            do { try await outbound.write(ByteBuffer(string: text)) } catch is ChannelError {} catch is IOError {}
        }

        /// Reads on until the reply so far is what the test waits for, or the server closes.
        @discardableResult
        mutating func read(until isEnough: (WireReply) -> Bool) async throws -> WireReply? {
            while true {
                if let reply = WireReply(bytes), isEnough(reply) { return reply }
                do {
                    guard let buffer = try await inbound.next(isolation: #isolation) else {
                        isClosed = true
                        return WireReply(bytes)
                    }
                    bytes.append(contentsOf: buffer.readableBytesView)
                } catch is IOError {
                    // A reset is a way to close, too.
                    isClosed = true
                    return WireReply(bytes)
                }
            }
        }

        /// Forgets what was read, before the next request of the connection.
        mutating func startNextReply() { bytes = [] }
    }

    /// Connects for as long as the body runs; then the connection is closed at once.
    func connected<Value>(_ body: (inout Connection) async throws -> Value) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = Connection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&connection)
        }
    }

    /// Sends one request over its own connection and reads the whole reply.
    func exchange(_ request: String) async throws -> WireReply? {
        try await connected { connection in
            try await connection.send(request)
            return try await connection.read(until: \.isComplete)
        }
    }
}

/// A request as it goes over the wire.
func wireRequest(
    _ method: String = "POST", _ path: String, key: String? = nil, headers: [String] = [], body: String = ""
) -> String {
    var lines = ["\(method) \(path) HTTP/1.1", "host: localhost"]
    if let key { lines.append("authorization: Bearer \(key)") }
    if method == "POST" { lines.append("content-length: \(body.utf8.count)") }
    return (lines + headers).joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// The body of a query with one message.
func queryBody(_ text: String = "Hello") -> String {
    #"{"version":"1.2","type":"query","query":[{"role":"user","content":"\#(text)"}],"#
        + #""user_id":"","conversation_id":"","message_id":""}"#
}
