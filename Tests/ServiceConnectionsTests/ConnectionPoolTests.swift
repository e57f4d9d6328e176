import LoopbackServer
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import ServiceConnections
import Testing

struct ConnectionPoolTests {
    private static func origin(_ port: Int, isEncrypted: Bool = false) -> ServiceOrigin {
        ServiceOrigin(isEncrypted: isEncrypted, host: "127.0.0.1", port: port)
    }

    private static func request(_ body: String = "") -> ServiceRequest {
        ServiceRequest(.POST, "/model/a", headers: ["host": "127.0.0.1"], body: ByteBuffer(string: body))
    }

    /// Reads an answer to its end.
    private static func text(of body: ServiceAnswerBody) async throws -> String {
        var text = ""
        while true {
            switch try await body.next() {
            case .bytes(let bytes): text += String(buffer: bytes)
            case .alarm: continue
            case .end: return text
            }
        }
    }

    private static func withPool<Value>(
        _ settings: ConnectionSettings = ConnectionSettings(), encryption: ClientEncryption = ClientEncryption(),
        on group: any EventLoopGroup = oneLoop, _ body: (ConnectionPool) async throws -> Value
    ) async throws -> Value {
        let pool = ConnectionPool(settings, encryption: encryption, on: group)
        defer { pool.shutDown() }
        return try await body(pool)
    }

    /// One loop, so that two requests in turn meet the same connections.
    private static var oneLoop: any EventLoopGroup { MultiThreadedEventLoopGroup.singleton.next() }

    @Test func `a request goes out with its length, and its answer comes back`() async throws {
        try await ScriptedServer.serving(.whole("pong", headers: "x-amzn-requestid: r-1\r\n")) { server, port in
            try await Self.withPool { pool in
                let answer = try await pool.send(Self.request("ping"), to: Self.origin(port))
                #expect(answer.head.status == .ok)
                #expect(answer.head.headers.first(name: "x-amzn-RequestId") == "r-1")
                #expect(try await Self.text(of: answer.body) == "pong")
                #expect(
                    server.record.requests
                        == ["POST /model/a HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 4\r\n\r\nping"])
            }
        }
    }

    @Test func `a connection whose answer is read to its end serves the next request`() async throws {
        try await ScriptedServer.serving(.whole("a")) { server, port in
            try await Self.withPool { pool in
                for _ in 0..<3 {
                    let answer = try await pool.send(Self.request(), to: Self.origin(port))
                    #expect(try await Self.text(of: answer.body) == "a")
                }
                #expect(server.record.opened == 1)
            }
        }
    }

    @Test(arguments: [
        ScriptedServer.Reply.whole("a", headers: "connection: close\r\n"),
        .bytes("HTTP/1.1 200 OK\r\n\r\na", closes: true),
    ])
    func `an answer that ends its connection is whole, and the next request gets a new one`(
        _ reply: ScriptedServer.Reply
    ) async throws {
        try await ScriptedServer.serving(reply) { server, port in
            try await Self.withPool { pool in
                for _ in 0..<2 {
                    let answer = try await pool.send(Self.request(), to: Self.origin(port))
                    #expect(try await Self.text(of: answer.body) == "a")
                }
                #expect(server.record.opened == 2)
            }
        }
    }

    @Test func `a connection that the service closes while it is idle is not used again`() async throws {
        try await ScriptedServer.serving(
            ScriptedServer.Reply(bytes: ScriptedServer.Reply.whole("a").bytes, closes: true), .whole("b")
        ) { server, port in
            try await Self.withPool { pool in
                let first = try await pool.send(Self.request(), to: Self.origin(port))
                #expect(try await Self.text(of: first.body) == "a")
                await server.wait { $0.closed == 1 }
                // What the client's own loop has been told by now; the close was on its way before.
                try await Self.settle()
                let second = try await pool.send(Self.request(), to: Self.origin(port))
                #expect(try await Self.text(of: second.body) == "b")
            }
        }
    }

    /// A round over all event loops, after which they have seen what had happened before.
    private static func settle() async throws {
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
            for _ in 0..<3 { try await loop.scheduleTask(in: .milliseconds(1)) {}.futureResult.get() }
        }
    }

    @Test(arguments: [
        ("", ServiceConnectionError.Code.unanswered),
        ("HTTP/1.1 200", .unanswered),
        ("nonsense\r\n\r\n", .unanswered),
    ])
    func `a connection that is lost before the head is told as no answer`(
        _ bytes: String, _ code: ServiceConnectionError.Code
    ) async throws {
        try await ScriptedServer.serving(.bytes(bytes, closes: true)) { _, port in
            try await Self.withPool { pool in
                let error = await #expect(throws: ServiceConnectionError.self) {
                    _ = try await pool.send(Self.request(), to: Self.origin(port))
                }
                #expect(error?.code == code)
            }
        }
    }

    @Test func `a connection that is lost within the body is told after what came before`() async throws {
        try await ScriptedServer.serving(
            .bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n", closes: true)
        ) { _, port in
            try await Self.withPool { pool in
                let answer = try await pool.send(Self.request(), to: Self.origin(port))
                guard case .bytes(let bytes) = try await answer.body.next() else {
                    Issue.record("no bytes")
                    return
                }
                #expect(String(buffer: bytes) == "abc")
                let error = await #expect(throws: ServiceConnectionError.self) { _ = try await answer.body.next() }
                #expect(error?.code == .interrupted)
            }
        }
    }

    @Test func `a port where nobody listens is told as no answer`() async throws {
        let port = try await ScriptedServer.serving(.silence) { _, port in port }
        try await Self.withPool { pool in
            let error = await #expect(throws: ServiceConnectionError.self) {
                _ = try await pool.send(Self.request(), to: Self.origin(port))
            }
            #expect(error?.code == .unanswered)
            #expect(error?.message.contains("refused") == true)
        }
    }

    @Test func `a head that does not come in time ends the request and its connection`() async throws {
        try await ScriptedServer.serving(.silence) { server, port in
            try await Self.withPool { pool in
                let error = await #expect(throws: ServiceConnectionError.self) {
                    _ = try await pool.send(Self.request(), to: Self.origin(port), timeout: .milliseconds(20))
                }
                #expect(error?.code == .timedOut)
                await server.wait { $0.closed == 1 }
            }
        }
    }

    @Test func `a handshake that nobody answers ends in time`() async throws {
        try await ScriptedServer.serving(.silence) { server, port in
            try await Self.withPool(ConnectionSettings(connectTimeout: .milliseconds(50))) { pool in
                let error = await #expect(throws: ServiceConnectionError.self) {
                    _ = try await pool.send(Self.request(), to: Self.origin(port, isEncrypted: true))
                }
                #expect(error?.code == .timedOut)
                #expect(error?.message == "the TLS handshake took too long")
                await server.wait { $0.closed == 1 }
            }
        }
    }

    @Test func `a cancelled task closes its connection`() async throws {
        try await ScriptedServer.serving(.silence) { server, port in
            try await Self.withPool { pool in
                let task = Task { try await pool.send(Self.request(), to: Self.origin(port)) }
                await server.wait { $0.requests.count == 1 }
                task.cancel()
                await #expect(throws: CancellationError.self) { _ = try await task.value }
                await server.wait { $0.closed == 1 }
            }
        }
    }

    @Test func `an answer that is dropped unread closes its connection`() async throws {
        try await ScriptedServer.serving(
            .bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        ) { server, port in
            try await Self.withPool { pool in
                let head = try await pool.send(Self.request(), to: Self.origin(port)).head
                #expect(head.status == .ok)
                await server.wait { $0.closed == 1 }
            }
        }
    }

    @Test func `a service that answers before it has the request loses the connection`() async throws {
        var reply = ScriptedServer.Reply.whole("no")
        reply.isHasty = true
        try await ScriptedServer.serving(reply, .whole("yes")) { server, port in
            try await Self.withPool { pool in
                let large = Self.request(String(repeating: "x", count: 20_000_000))
                let answer = try await pool.send(large, to: Self.origin(port))
                #expect(try await Self.text(of: answer.body) == "no")
                let second = try await pool.send(Self.request(), to: Self.origin(port))
                #expect(try await Self.text(of: second.body) == "yes")
                #expect(server.record.opened == 2)
            }
        }
    }

    @Test func `bytes that nobody asked for end an idle connection`() async throws {
        try await ScriptedServer.serving(
            .bytes("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\naHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nb"),
            .whole("c")
        ) { server, port in
            try await Self.withPool { pool in
                let first = try await pool.send(Self.request(), to: Self.origin(port))
                #expect(try await Self.text(of: first.body) == "a")
                await server.wait { $0.closed == 1 }
                let second = try await pool.send(Self.request(), to: Self.origin(port))
                #expect(try await Self.text(of: second.body) == "c")
            }
        }
    }

    @Test func `an idle connection is closed after its time`() async throws {
        try await ScriptedServer.serving(.whole("a")) { server, port in
            try await Self.withPool(ConnectionSettings(idleTimeout: .milliseconds(20))) { pool in
                let answer = try await pool.send(Self.request(), to: Self.origin(port))
                #expect(try await Self.text(of: answer.body) == "a")
                await server.wait { $0.closed == 1 }
            }
        }
    }

    @Test func `no more connections are opened than the bound`() async throws {
        try await ScriptedServer.serving(.silence) { server, port in
            try await Self.withPool(ConnectionSettings(connectionsPerLoop: 1)) { pool in
                let task = Task { try await pool.send(Self.request(), to: Self.origin(port)) }
                await server.wait { $0.requests.count == 1 }
                let error = await #expect(throws: ServiceConnectionError.self) {
                    _ = try await pool.send(Self.request(), to: Self.origin(port))
                }
                #expect(error?.message == "1 connections are open, which is the limit")
                task.cancel()
                _ = try? await task.value
            }
        }
    }

    @Test func `a reader that takes its time holds the service up, and loses nothing`() async throws {
        let count = 20_000_000
        try await ScriptedServer.serving(.whole(String(repeating: "y", count: count))) { server, port in
            try await Self.withPool { pool in
                let answer = try await pool.send(Self.request(), to: Self.origin(port))
                // What the system keeps for both ends, and the buffer, are far below this.
                try await Self.settle()
                #expect(server.record.written < count * 3 / 4)
                #expect(try await Self.text(of: answer.body).utf8.count == count)
            }
        }
    }

    @Test func `an alarm wakes a reader, who may read on`() async throws {
        try await ScriptedServer.serving(.bytes("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n")) { _, port in
            try await Self.withPool { pool in
                let answer = try await pool.send(Self.request(), to: Self.origin(port))
                answer.body.setAlarm(at: .now() + .milliseconds(5))
                guard case .alarm = try await answer.body.next() else {
                    Issue.record("no alarm")
                    return
                }
            }
        }
    }

    @Test func `a pool that is shut down closes what is idle and sends nothing more`() async throws {
        try await ScriptedServer.serving(.whole("a")) { server, port in
            let pool = ConnectionPool(on: Self.oneLoop)
            let answer = try await pool.send(Self.request(), to: Self.origin(port))
            #expect(try await Self.text(of: answer.body) == "a")
            pool.shutDown()
            await server.wait { $0.closed == 1 }
            await #expect(throws: ServiceConnectionError.self) {
                _ = try await pool.send(Self.request(), to: Self.origin(port))
            }
        }
    }

    @Test(arguments: ["", "upgrade: h2c\r\nconnection: upgrade\r\n"])
    func `a service that switches protocols is not understood, and not asked again over that connection`(
        _ headers: String
    ) async throws {
        try await ScriptedServer.serving(
            .bytes("HTTP/1.1 101 Switching Protocols\r\n\(headers)\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx"),
            .whole("b")
        ) { server, port in
            try await Self.withPool { pool in
                let error = await #expect(throws: ServiceConnectionError.self) {
                    _ = try await pool.send(Self.request(), to: Self.origin(port))
                }
                #expect(error?.message == "the service answered 101")
                let second = try await pool.send(Self.request(), to: Self.origin(port))
                #expect(try await Self.text(of: second.body) == "b")
                #expect(server.record.opened == 2)
            }
        }
    }

    @Test func `the beginning of a head that nobody asked for ends an idle connection`() async throws {
        try await ScriptedServer.serving(
            .whole("a")
        ) { server, port in
            try await Self.withPool { pool in
                let first = try await pool.send(Self.request(), to: Self.origin(port))
                #expect(try await Self.text(of: first.body) == "a")
                server.say("HTTP/1.1 200 OK\r\nX: y")
                await server.wait { $0.closed == 1 }
            }
        }
    }

    @Test func `an idle connection makes room for one to another place`() async throws {
        try await ScriptedServer.serving(.whole("a")) { first, firstPort in
            try await ScriptedServer.serving(.whole("b")) { _, secondPort in
                try await Self.withPool(ConnectionSettings(connectionsPerLoop: 1)) { pool in
                    for (port, text) in [(firstPort, "a"), (secondPort, "b")] {
                        let answer = try await pool.send(Self.request(), to: Self.origin(port))
                        #expect(try await Self.text(of: answer.body) == text)
                    }
                    await first.wait { $0.closed == 1 }
                }
            }
        }
    }

    @Test func `an alarm comes through a flood`() async throws {
        try await ScriptedServer.serving(.whole(String(repeating: "z", count: 5_000_000))) { _, port in
            try await Self.withPool { pool in
                let answer = try await pool.send(Self.request(), to: Self.origin(port))
                answer.body.setAlarm(at: .now())
                try await Self.settle()
                guard case .alarm = try await answer.body.next() else {
                    Issue.record("no alarm")
                    return
                }
                #expect(try await Self.text(of: answer.body).utf8.count == 5_000_000)
            }
        }
    }

    @Test func `a reader that is cancelled gets nothing more, though there is more`() async throws {
        try await ScriptedServer.serving(.whole(String(repeating: "z", count: 5_000_000))) { server, port in
            try await Self.withPool { pool in
                let task = Task {
                    let answer = try await pool.send(Self.request(), to: Self.origin(port))
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try await answer.body.next()
                }
                await #expect(throws: CancellationError.self) { _ = try await task.value }
                await server.wait { $0.closed == 1 }
            }
        }
    }
}

// MARK: - With TLS

extension ConnectionPoolTests {
    /// The certificate is of a name that no resolver knows.
    private static func encryption() throws -> ClientEncryption {
        var configuration = try TestCertificate.clientConfiguration()
        configuration.certificateVerification = .noHostnameVerification
        return ClientEncryption(configuration)
    }

    @Test func `an encrypted connection serves one request after the other`() async throws {
        try await ScriptedServer.serving(tls: TestCertificate.serverContext(), .whole("a")) { server, port in
            try await Self.withPool(encryption: Self.encryption()) { pool in
                for _ in 0..<2 {
                    let answer = try await pool.send(Self.request(), to: Self.origin(port, isEncrypted: true))
                    #expect(try await Self.text(of: answer.body) == "a")
                }
                #expect(server.record.opened == 1)
            }
        }
    }

    @Test func `a certificate that nobody vouches for, or of another host, is refused`() async throws {
        try await ScriptedServer.serving(tls: TestCertificate.serverContext(), .whole("a")) { server, port in
            for encryption in [ClientEncryption(), ClientEncryption(try TestCertificate.clientConfiguration())] {
                try await Self.withPool(encryption: encryption) { pool in
                    let error = await #expect(throws: ServiceConnectionError.self) {
                        _ = try await pool.send(Self.request(), to: Self.origin(port, isEncrypted: true))
                    }
                    #expect(error?.code == .unanswered)
                }
            }
            #expect(server.record.requests.isEmpty)
        }
    }

    @Test func `an answer without a length that ends without a goodbye is not whole`() async throws {
        var reply = ScriptedServer.Reply.bytes("HTTP/1.1 200 OK\r\n\r\nhalf of i")
        reply.resets = true
        try await ScriptedServer.serving(tls: TestCertificate.serverContext(), reply) { _, port in
            try await Self.withPool(encryption: Self.encryption()) { pool in
                let error = await #expect(throws: ServiceConnectionError.self) {
                    let answer = try await pool.send(Self.request(), to: Self.origin(port, isEncrypted: true))
                    _ = try await Self.text(of: answer.body)
                }
                #expect(error?.code == .interrupted)
            }
        }
    }

    @Test func `an idle encrypted connection is closed after its time`() async throws {
        try await ScriptedServer.serving(tls: TestCertificate.serverContext(), .whole("a")) { server, port in
            let settings = ConnectionSettings(idleTimeout: .milliseconds(20))
            try await Self.withPool(settings, encryption: Self.encryption()) { pool in
                let answer = try await pool.send(Self.request(), to: Self.origin(port, isEncrypted: true))
                #expect(try await Self.text(of: answer.body) == "a")
                await server.wait { $0.closed == 1 }
            }
        }
    }
}
