import AWSClient
import AWSSigning
import AsyncHTTPClient
import Bedrock
import ChatEvents
import Testing

/// What an upstream does when its first answer is none.
@Suite(.timeLimit(.minutes(1)))
struct UpstreamRouteTests {
    private typealias Connection = ScriptedServer.Connection

    /// What two regions answer, and what came of it.
    private func answer(
        _ first: [UInt8], _ second: [UInt8], traits: ConverseModelTraits = ConverseModelTraits()
    ) async throws -> (events: [ChatEvent], failure: ChatFailure?, targets: [String]) {
        let seen = Shared<[String]>([])
        return try await ScriptedServer.running { connection in
            while let request = try await connection.request() {
                seen.update { $0.append(request.target) }
                try await connection.send(request.target.hasPrefix("/one") ? first : second)
            }
        } body: { server in
            try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { client in
                let aws = AWSClient(
                    httpClient: client,
                    credentials: StaticCredentialProvider(SigningCredentials(accessKeyID: "A", secretAccessKey: "b")))
                func route(_ prefix: String, _ modelID: String) throws -> BedrockUpstream.Route {
                    BedrockUpstream.Route(
                        client: BedrockClient(
                            client: aws, endpoint: try AWSEndpoint(parsing: server.url + prefix), region: "us-east-1"),
                        modelID: modelID)
                }
                let upstream = BedrockUpstream(
                    try route("/one", "us.m"), alternatives: [try route("/two", "eu.m")], traits: traits)
                var events: [ChatEvent] = []
                var failure: ChatFailure?
                do {
                    try await upstream.answer(ChatRequest(messages: [.user("Hi")]), requestID: "q-1") { events += $0 }
                } catch let error as ChatFailure {
                    failure = error
                }
                return (events, failure, seen.value)
            }
        }
    }

    private func stream(_ body: [UInt8]) -> [UInt8] {
        Array(Connection.streamHead.utf8) + Connection.chunk(body) + Connection.streamEnd
    }

    private func error(_ status: Int, _ name: String) -> [UInt8] {
        Array("HTTP/1.1 \(status) X\r\nx-amzn-errortype: \(name)\r\ncontent-length: 2\r\n\r\n{}".utf8)
    }

    @Test func `a region that fails before the first event is replaced by the next`() async throws {
        let throttled = try frame("throttlingException", "{}", kind: "exception")
        for failing in [error(503, "ServiceUnavailableException"), stream(throttled)] {
            let result = try await answer(failing, stream(textFrame("Hi") + endFrames()))
            #expect(result.failure == nil)
            #expect(result.events.text == "Hi")
            #expect(result.targets == ["/one/model/us.m/converse-stream", "/two/model/eu.m/converse-stream"])
        }
    }

    @Test func `after the first event, or for what is the same everywhere, it is not`() async throws {
        let broken = try textFrame("Part") + frame("throttlingException", "{}", kind: "exception")
        let late = try await answer(stream(broken), stream(endFrames()))
        #expect(late.failure?.kind == .throttled)
        #expect(late.events.text == "Part")
        #expect(late.targets.count == 1)

        let refused = try await answer(error(400, "ValidationException"), stream(endFrames()))
        #expect(refused.failure?.kind == .invalidRequest)
        #expect(refused.targets.count == 1)
    }

    @Test func `the last region's failure is the answer's`() async throws {
        let result = try await answer(
            error(503, "ServiceUnavailableException"), error(429, "ThrottlingException"))
        #expect(result.failure?.kind == .throttled)
        #expect(result.targets.count == 2)
    }

    @Test func `an answer that is nothing but malformed is asked for once more`() async throws {
        let malformed = try frame("messageStop", #"{"stopReason":"malformed_model_output"}"#)
        let result = try await answer(stream(malformed), stream(endFrames()))
        #expect(result.events == [.finished(.malformed)])
        #expect(result.targets == Array(repeating: "/one/model/us.m/converse-stream", count: 2))

        let shown = try await answer(stream(textFrame("Hm") + malformed), stream(endFrames()))
        #expect(shown.events == [.text("Hm"), .finished(.malformed)])
        #expect(shown.targets.count == 1)
    }

    @Test func `a model that does not stream is asked in one piece`() async throws {
        let body = #"{"output":{"message":{"role":"assistant","content":[{"text":"Hi"}]}},"stopReason":"end_turn"}"#
        let whole = Array("HTTP/1.1 200 X\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
        let result = try await answer(whole, whole, traits: ConverseModelTraits(streams: false))
        #expect(result.events == [.text("Hi"), .finished(.endOfTurn)])
        #expect(result.targets == ["/one/model/us.m/converse"])
    }
}
