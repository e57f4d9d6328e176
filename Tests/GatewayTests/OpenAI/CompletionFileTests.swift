import BotConfiguration
import BotRuntime
import ChatEvents
import Gateway
import JSONCoding
import LoopbackServer
import ModelCatalog
import Synchronization
import TestSupport
import Testing

/// Files of a chat completion's messages, on their way to the model.
@Suite(.timeLimit(.minutes(1)))
struct CompletionFileTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
    /// A model that sees.
    private static let bot =
        #"{"kind":"chat","model":{"provider":"bedrock","region":"us-east-1","#
        + #""upstream":{"us-east-1":"amazon.nova-lite-v1:0"}},"schema":2"#

    @Test func `pictures and files of the web are fetched once each and stand where they were named`() async throws {
        try await LoopbackServer.serving({ _ in Self.picture }) { server in
            let url = server.url("/cat.png")
            let (reply, asked) = try await ask(
                image(url) + #",{"type":"text","text":"Alike?"},"# + image(url) + "," + file(url), trusting: server)
            #expect(reply.status == 200)
            let picture = ChatContent.attachment(
                .init(name: "image", mediaType: MediaType("image/png"), bytes: Self.png))
            #expect(asked?.messages.first?.content == [picture, .text("Alike?"), picture, picture])
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [false, true])
    func `what cannot be fetched is a 400 that names the place, and the model is not asked`(isStream: Bool) async throws
    {
        try await LoopbackServer.serving({ _ in .whole("404 Not Found", type: "text/plain", body: "") }) { server in
            for url in [server.url(), "https://169.254.169.254/latest", "https://[::1]/", "http://example.com/a.png"] {
                let (reply, asked) = try await ask(
                    #"{"type":"text","text":"Look"},"# + image(url), trusting: server,
                    isStream ? #","stream":true"# : "")
                #expect(reply.status == 400, "\(url)")
                #expect(reply.openAIError?["code"] == "invalid_image_url")
                #expect(reply.openAIError?["param"] == "messages[0].content[1].image_url.url")
                // Where the name of a host leads is for the log alone.
                #expect(reply.body.contains("169.254") == false)
                #expect(asked == nil)
            }
        }
    }

    @Test func `a file that is no picture is refused where a picture must be`() async throws {
        try await LoopbackServer.serving({ _ in .whole(type: "image/png", body: "hello") }) { server in
            let (reply, _) = try await ask(image(server.url()), trusting: server)
            #expect(reply.openAIError?["code"] == "image_parse_error")
            let (text, asked) = try await ask(file(server.url()), trusting: server)
            #expect(text.status == 200)
            #expect(asked?.messages.first?.content.count == 1)
        }
    }

    @Test func `the bot's bounds count for files of both sorts`() async throws {
        try await LoopbackServer.serving({ _ in
            .whole(type: "text/plain", body: String(repeating: "a", count: 3000))
        }) { server in
            let small = #","attachments":{"max_size":1024,"max_count":2}"#
            let inside = "data:text/plain;base64," + Base64.encode(Array(repeating: UInt8(ascii: "a"), count: 3000))
            for place in [server.url(), inside, Base64.encode(Array(repeating: UInt8(ascii: "a"), count: 3000))] {
                let (reply, asked) = try await ask(file(place), trusting: server, config: small)
                #expect(reply.status == 400)
                #expect(reply.openAIError?["code"] == "file_too_large", "\(place.prefix(20))")
                #expect(reply.openAIError?["param"] == "messages[0].content[0].file.file_data")
                #expect(asked == nil)
            }
            let three = Array(repeating: file("data:text/plain;base64,YQ=="), count: 3).joined(separator: ",")
            let (reply, _) = try await ask(three, trusting: server, config: small)
            #expect(reply.openAIError?["code"] == "too_many_files")
        }
    }

    @Test func `a host that the bot does not allow is not asked`() async throws {
        try await LoopbackServer.serving({ _ in Self.picture }) { server in
            let (reply, _) = try await ask(
                image("https://files.example.org/a.png"), trusting: server,
                config: #","attachments":{"allowed_hosts":["example.com"]}"#)
            #expect(reply.openAIError?["code"] == "invalid_image_url")
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `a client that leaves while a file is on its way ends the fetch`() async throws {
        let (fetches, started) = AsyncStream.makeStream(of: Void.self)
        try await LoopbackServer.serving({ _ in
            started.yield()
            return LoopbackReply(steps: [.stall])
        }) { server in
            let asked = Asked()
            var door = try door(asked)
            door.world.configuration.attachmentOrigins = [server.url()]
            try await door.world.running { client in
                try await client.connected { connection in
                    let body = Self.body(image(server.url()))
                    try await connection.send(wireRequest("POST", "/v1/chat/completions", key: door.key, body: body))
                    for await _ in fetches { break }
                }
            }
            #expect(door.world.requestLines.map { $0["outcome"] } == ["clientLeft"])
            #expect(asked.request == nil)
        }
    }

    @Test(arguments: [true, false])
    func `a stream shows signs of life while files are on their way`(comes: Bool) async throws {
        let isSeen = Signal()
        try await LoopbackServer.serving({ _ in
            let reply = comes ? Self.picture : .whole("404 Not Found", type: "text/plain", body: "")
            return LoopbackReply(steps: [.wait { await isSeen.wait() }] + reply.steps)
        }) { server in
            var door = try door(Asked())
            door.world.configuration.attachmentOrigins = [server.url()]
            door.world.clock = MonotonicClock(HurriedClock())
            let reply = try await door.world.running { client in
                try await client.connected { connection in
                    let body = Self.body(image(server.url()), #","stream":true"#)
                    try await connection.send(wireRequest("POST", "/v1/chat/completions", key: door.key, body: body))
                    try await connection.read { $0.body.hasPrefix(": keep-alive") }
                    isSeen.set()
                    return try await connection.read(until: \.isComplete)
                }
            }
            #expect(reply?.status == 200)
            #expect(reply?.headers["content-type"]?.hasPrefix("text/event-stream") == true)
            #expect(reply?.body.contains("[DONE]") == comes)
            // The status is out already, so a failure is the last event of the stream.
            #expect(reply?.body.contains(#""code":"invalid_image_url""#) == !comes)
            #expect(reply?.body.contains(#""param":"messages[0].content[0].image_url.url""#) == !comes)
        }
    }

    // MARK: - Parts

    private static var picture: LoopbackReply {
        LoopbackReply(steps: [
            .send(
                Array("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: \(png.count)\r\n\r\n".utf8) + png)
        ])
    }

    private func image(_ url: String) -> String { #"{"type":"image_url","image_url":{"url":"\#(url)"}}"# }

    private func file(_ data: String) -> String {
        #"{"type":"file","file":{"filename":"a.txt","file_data":"\#(data)"}}"#
    }

    private static func body(_ parts: String, _ members: String = "") -> String {
        #"{"model":"nova","messages":[{"role":"user","content":[\#(parts)]}]\#(members)}"#
    }

    private func door(_ asked: Asked, config members: String = "") throws -> OpenAIDoor {
        let config = try BotConfig(stored: Array((Self.bot + members + "}").utf8), name: "nova", catalog: .embedded)
        return try OpenAIDoor(asking: GatewayBot(config: config)) { request, deliver in
            asked.note(request)
            try await deliver([.text("ok"), .finished(.endOfTurn)])
        }
    }

    private func ask(
        _ parts: String, trusting server: LoopbackServer, _ members: String = "", config: String = ""
    ) async throws -> (reply: WireReply, asked: ChatRequest?) {
        let asked = Asked()
        var door = try door(asked, config: config)
        door.world.configuration.attachmentOrigins = [server.url()]
        let reply = try await door.exchange(body: Self.body(parts, members))
        return (try #require(reply), asked.request)
    }
}

/// What the model was asked last.
private final class Asked: Sendable {
    private let last = Mutex<ChatRequest?>(nil)

    var request: ChatRequest? { last.withLock { $0 } }

    func note(_ request: ChatRequest) { last.withLock { $0 = request } }
}
