import BotConfiguration
import BotRuntime
import ChatEvents
import Gateway
import JSONCoding
import ModelCatalog
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ImageGenerationTests {
    private let picture = GeneratedFile(name: "a-1.png", mediaType: MediaType("image/png"), bytes: [9, 8, 7])

    private func imageBot() throws -> GatewayBot {
        let stored = """
            {"kind":"image","model":{"provider":"bedrock","region":"us-west-2",\
            "upstream":{"us-west-2":"stability.stable-image-core-v1:1"}},"schema":2}
            """
        return GatewayBot(config: try BotConfig(stored: Array(stored.utf8), name: "painter", catalog: .embedded))
    }

    private func body(_ members: String = "", model: String = "painter") -> String {
        #"{"model":"\#(model)","prompt":"A lighthouse"\#(members.isEmpty ? "" : "," + members)}"#
    }

    private func ask(_ body: String, events: [ChatEvent]) async throws -> WireReply? {
        let door = try OpenAIDoor(try imageBot()) { deliver in try await deliver(events) }
        return try await door.exchange("POST", "/v1/images/generations", body: body)
    }

    @Test func `a picture comes in base64, or as a link`() async throws {
        let events: [ChatEvent] = [.status("Making…"), .file(picture), .finished(.endOfTurn)]
        let inside = try await ask(body(#""response_format":"b64_json","size":"auto","n":1"#), events: events)
        #expect(inside?.status == 200)
        #expect(inside?.json?["data"] == [["b64_json": "CQgH"]])
        #expect((inside?.json?["created"]?.integer ?? 0) > 1_700_000_000)
        let link = try await ask(body(), events: events)
        #expect(link?.json?["data"]?.array?.first?["url"]?.string?.hasPrefix("http://localhost/files/") == true)
    }

    @Test func `an answer without a picture is a failure`() async throws {
        #expect(try await ask(body(), events: [.text("No."), .finished(.endOfTurn)])?.status == 502)
        let filtered = try await ask(body(), events: [.finished(.contentFiltered)])
        #expect(filtered?.status == 400)
        #expect(filtered?.openAIError?["code"] == "content_policy_violation")
    }

    @Test(arguments: [
        (#""n":2"#, "n"), (#""n":0"#, "n"), (#""size":"17x17""#, "size"),
        (#""response_format":"gif""#, "response_format"),
        (#""stream":true"#, "stream"),
    ])
    func `what cannot be served is refused by its name`(members: String, param: String) async throws {
        let reply = try await ask(body(members), events: [])
        #expect(reply?.status == 400)
        #expect(reply?.openAIError?["param"]?.string == param)
    }

    @Test func `a bot that makes no pictures is no painter`() async throws {
        let door = try OpenAIDoor { _ in }
        let reply = try await door.exchange("POST", "/v1/images/generations", body: body(model: "nova"))
        #expect(reply?.status == 400)
        #expect(reply?.openAIError?["code"] == "unsupported_feature_for_model")
    }
}
