import BotConfiguration
import ChatEvents
import Gateway
import JSONCoding
import ScriptedUpstream
import Testing

/// An upstream that says hello.
enum ScriptedAnswer {
    static let hello = ScriptedUpstream { _, deliver in try await deliver([.text("Hello"), .finished(.endOfTurn)]) }
}

@Suite(.timeLimit(.minutes(1)))
struct ModelListTests {
    @Test func `a bot is told with what its model takes, costs and remembers`() async throws {
        let door = try OpenAIDoor(.init(config: sampleBot(members: #""aliases":["micro"],"description":"Small.""#))) {
            _ in
        }
        let reply = try await door.exchange("GET", "/v1/models/MICRO")
        #expect(reply?.status == 200)
        let model = try #require(reply?.json)
        #expect(model["id"] == "nova")
        #expect(model["object"] == "model")
        #expect(model["owned_by"] == "Amazon")
        #expect(model["root"] == "amazon.nova-micro-v1:0")
        #expect(model["description"] == "Small.")
        #expect(model["architecture"]?["modality"] == "text->text")
        #expect(model["supported_features"] == ["tools"])
        #expect(model["supported_endpoints"] == ["/v1/chat/completions"])
        #expect(model["pricing"]?["prompt"]?.string?.hasPrefix("0.0000000") == true)
        #expect((model["context_length"]?.integer ?? 0) > 1000)
        #expect(model["context_window"]?["context_length"] == model["context_length"])
    }

    @Test func `the list holds every bot that can be chosen, and no other`() async throws {
        var world = TestGateway()
        world.source = .fixed([
            GatewayBot(config: try sampleBot("b")), GatewayBot(config: try sampleBot("a")),
            GatewayBot(config: try sampleBot("off"), isEnabled: false),
        ])
        world.script = { _ in ScriptedAnswer.hello }
        let door = OpenAIDoor(world)
        let reply = try await door.exchange("GET", "/v1/models")
        #expect(reply?.json?["object"] == "list")
        #expect(reply?.json?["data"]?.array?.map { $0["id"] } == ["a", "b"])
        #expect(try await door.exchange("GET", "/v1/models/off")?.status == 404)
        #expect(try await door.exchange("GET", "/v1/models/none")?.openAIError?["code"] == "model_not_found")
    }

    @Test func `paths and methods that are not served say what is`() async throws {
        let door = try OpenAIDoor { _ in }
        let table: [(method: String, path: String, status: Int, words: String)] = [
            ("GET", "/v1/chat/completions", 405, "POST"), ("POST", "/v1/models", 405, "GET"),
            ("POST", "/v1/responses", 404, "/v1/chat/completions"),
            ("POST", "/v1/messages", 404, "/v1/chat/completions"), ("POST", "/v1/embeddings", 404, "Invalid URL"),
            ("POST", "/v1/completions", 404, "/v1/chat/completions"), ("GET", "/v1/", 404, "Invalid URL"),
            ("GET", "/v1/models/%zz", 404, "Invalid URL"),
        ]
        try await door.world.running { client in
            for row in table {
                let reply = try await client.exchange(wireRequest(row.method, row.path, key: door.key))
                #expect(reply?.status == row.status, "\(row.method) \(row.path)")
                #expect(reply?.openAIError?["message"]?.string?.contains(row.words) == true, "\(row.path)")
                if row.status == 405 { #expect(reply?.headers["allow"] == row.words) }
            }
        }
    }
}
