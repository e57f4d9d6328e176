import BotConfiguration
import ChatEvents
import Gateway
import LoopbackServer
import ModelCatalog
import ScriptedUpstream
import Synchronization
import Testing

/// Files that people attach, on their way from the URL that Poe names to the model.
@Suite(.timeLimit(.minutes(1)))
struct AttachmentTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
    /// A model that sees.
    private static let bot =
        #"{"kind":"chat","model":{"provider":"bedrock","region":"us-east-1","#
        + #""upstream":{"us-east-1":"amazon.nova-lite-v1:0"}},"schema":2"#

    @Test func `a picture is fetched and reaches the model with the words`() async throws {
        try await LoopbackServer.serving({ _ in Self.picture }) { server in
            let asked = Asked()
            let reply = try await ask(query(attachment(server.url("/cat.png"))), of: asked, trusting: server)
            #expect(reply.events == ["meta", "text", "done"])
            #expect(
                asked.messages == [
                    ChatMessage(
                        role: .user,
                        content: [
                            .attachment(
                                ChatEvents.Attachment(
                                    name: "cat.png", mediaType: MediaType("image/png"), bytes: Self.png)),
                            .text("What is this?"),
                        ])
                ])
        }
    }

    @Test func `where Poe's description is wanted, nothing is fetched`() async throws {
        try await LoopbackServer.serving({ _ in Self.picture }) { server in
            let asked = Asked()
            _ = try await ask(
                query(attachment(server.url(), parsed: "A cat on a mat")), of: asked, trusting: server,
                members: #","enable_image_comprehension":true"#)
            #expect(server.requests.isEmpty)
            #expect(asked.messages.first?.text.contains("A cat on a mat") == true)
        }
    }

    @Test func `a file that cannot be had is an error that names it, and the model is not asked`() async throws {
        try await LoopbackServer.serving({ _ in .whole("403 Forbidden", type: "text/plain", body: "") }) { server in
            for url in [server.url(), "https://169.254.169.254/", "ftp://example.com/", "nonsense"] {
                let asked = Asked()
                let reply = try await ask(query(attachment(url)), of: asked, trusting: server)
                #expect(reply.events == ["meta", "error", "done"])
                #expect(reply.data(of: "error")?.contains("“cat.png” could not be fetched") == true)
                #expect(asked.messages.isEmpty)
            }
        }
    }

    @Test func `a file of an earlier turn that is gone leaves a note`() async throws {
        try await LoopbackServer.serving({ _ in .whole("403 Forbidden", type: "text/plain", body: "") }) { server in
            let asked = Asked()
            let earlier =
                #"{"role":"user","content":"Look","attachments":[\#(attachment(server.url()))]},"#
                + #"{"role":"bot","content":"Nice"},"#
            let reply = try await ask(query(earlier: earlier), of: asked, trusting: server)
            #expect(reply.events == ["meta", "text", "done"])
            #expect(
                asked.messages.first?.text == "[Attached file: cat.png (image/png). Its content cannot be read here.]")
        }
    }

    @Test func `a file above the bot's bound, and files above their number, are told`() async throws {
        let long = String(repeating: "a", count: 3000)
        try await LoopbackServer.serving({ _ in .whole(type: "text/plain", body: long) }) { server in
            let file = attachment(server.url(), type: "text/plain")
            let tooLarge = try await ask(
                query(file), of: Asked(), trusting: server, members: #","attachments":{"max_size":1024}"#)
            #expect(tooLarge.data(of: "error")?.contains("too large") == true)
            let tooMany = try await ask(
                query(file + "," + attachment(server.url("/2"), type: "text/plain")), of: Asked(), trusting: server,
                members: #","attachments":{"max_count":1}"#)
            #expect(tooMany.data(of: "error")?.contains("too many files") == true)
        }
    }

    @Test func `a client that leaves while a file is on its way ends the fetch`() async throws {
        try await LoopbackServer.serving({ _ in LoopbackReply(steps: [.stall]) }) { server in
            let asked = Asked()
            var world = try gateway(asked, "")
            world.configuration.attachmentOrigins = [server.url()]
            try await world.running { client in
                try await client.connected { connection in
                    try await connection.send(
                        wireRequest("POST", "/bots/nova", key: TestGateway.key, body: query(attachment(server.url()))))
                    try await connection.read { $0.events == ["meta"] }
                }
            }
            #expect(world.requestLines.map { $0["outcome"] } == ["clientLeft"])
            #expect(asked.messages.isEmpty)
        }
    }

    @Test func `what was fetched for a client that left is given back`() async throws {
        let body = String(repeating: "a", count: 700_000)
        let replies: @Sendable (LoopbackRequest) -> LoopbackReply = { request in
            request.requestLine.contains("/slow")
                ? LoopbackReply(steps: [.stall]) : .whole(type: "text/plain", body: body)
        }
        try await LoopbackServer.serving(replies) { server in
            let asked = Asked()
            var world = try gateway(asked, #","attachments":{"max_size":1048576}"#)
            world.configuration.attachmentOrigins = [server.url()]
            world.configuration.limits.attachmentBytes = 5_000_000
            let file = attachment(server.url("/fast"), type: "text/plain")
            let both = query(file + "," + attachment(server.url("/slow"), type: "text/plain"))
            try await world.running { client in
                for round in 1...8 {
                    try await client.connected { connection in
                        try await connection.send(
                            wireRequest("POST", "/bots/nova", key: TestGateway.key, body: both))
                        try await connection.read { $0.events == ["meta"] }
                        // Where bytes are kept for those who left, there is soon no room to ask for more.
                        for _ in 0..<1000 where server.requests.count < 2 * round {
                            try await Task.sleep(for: .milliseconds(1))
                        }
                    }
                }
                let last = try await client.exchange(
                    wireRequest("POST", "/bots/nova", key: TestGateway.key, body: query(file)))
                #expect(last?.events == ["meta", "text", "done"])
            }
        }
    }

    private static var picture: LoopbackReply {
        LoopbackReply(steps: [
            .send(
                Array("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: \(png.count)\r\n\r\n".utf8) + png)
        ])
    }

    private func attachment(_ url: String, type: String = "image/png", parsed: String? = nil) -> String {
        let content = parsed.map { #","parsed_content":"\#($0)""# } ?? ""
        return #"{"url":"\#(url)","content_type":"\#(type)","name":"cat.png"\#(content)}"#
    }

    private func query(_ attachments: String = "", earlier: String = "") -> String {
        #"{"version":"1.2","type":"query","query":[\#(earlier){"role":"user","content":"What is this?","#
            + #""attachments":[\#(attachments)]}],"user_id":"","conversation_id":"","message_id":""}"#
    }

    private func gateway(_ asked: Asked, _ members: String) throws -> TestGateway {
        let config = try BotConfig(stored: Array((Self.bot + members + "}").utf8), name: "nova", catalog: .embedded)
        var world = try TestGateway(GatewayBot(config: config)) { _ in }
        world.script = { _ in
            ScriptedUpstream { request, deliver in
                asked.note(request)
                try await deliver([.text("A cat"), .finished(.endOfTurn)])
            }
        }
        return world
    }

    private func ask(
        _ body: String, of asked: Asked, trusting server: LoopbackServer, members: String = ""
    ) async throws -> WireReply {
        var world = try gateway(asked, members)
        world.configuration.attachmentOrigins = [server.url()]
        return try await world.running { client in
            try #require(
                try await client.exchange(wireRequest("POST", "/bots/nova", key: TestGateway.key, body: body)))
        }
    }
}

/// What the model was asked last.
private final class Asked: Sendable {
    private let last = Mutex<[ChatMessage]>([])

    var messages: [ChatMessage] { last.withLock { $0 } }

    func note(_ request: ChatRequest) { last.withLock { $0 = request.messages } }
}
