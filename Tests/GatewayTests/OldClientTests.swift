import ChatEvents
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OldClientTests {
    private static func old(_ request: String) -> String {
        var text = request
        if let range = text.range(of: "HTTP/1.1") { text.replaceSubrange(range, with: "HTTP/1.0") }
        return text
    }

    @Test func `a client of HTTP 1.0 gets a stream without chunks, which ends with the connection`() async throws {
        let world = try TestGateway { deliver in
            try await deliver([.text("long "), .text("ago"), .finished(.endOfTurn)])
        }
        try await world.running { client in
            try await client.connected { connection in
                try await connection.send(
                    Self.old(wireRequest("POST", "/bots/nova", key: TestGateway.key, body: queryBody())))
                try await connection.read { _ in false }
                #expect(connection.isClosed)
                let text = String(decoding: connection.bytes, as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.0 200 OK\r\n"))
                #expect(text.lowercased().contains("\r\nconnection: close\r\n"))
                #expect(!text.lowercased().contains("transfer-encoding"))
                #expect(text.hasSuffix("event: text\ndata: {\"text\":\"ago\"}\n\nevent: done\ndata: {}\n\n"))
            }
        }
    }

    @Test func `a client of HTTP 1.0 gets a whole answer with its length`() async throws {
        let world = try TestGateway { _ in }
        try await world.running { client in
            try await client.connected { connection in
                try await connection.send(Self.old(wireRequest("GET", "/healthz")))
                try await connection.read { _ in false }
                #expect(connection.isClosed)
                let text = String(decoding: connection.bytes, as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.0 200 OK\r\n"))
                #expect(text.lowercased().contains("\r\ncontent-length: 15\r\n"))
                #expect(text.hasSuffix("\r\n\r\n{\"status\":\"ok\"}"))
            }
        }
    }
}

extension String {
    /// Where a text first stands in this one.
    fileprivate func range(of text: String) -> Range<Index>? {
        indices.first { self[$0...].hasPrefix(text) }.map { $0..<index($0, offsetBy: text.count) }
    }
}
