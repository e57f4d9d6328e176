import AWSClient
import AWSSigning
import AsyncHTTPClient
import Bedrock
import ChatEvents
import ServiceConnections
import Testing

/// What an upstream does when its first answer is none.
@Suite(.timeLimit(.minutes(1)))
struct UpstreamRouteTests {
    private typealias Connection = ScriptedServer.Connection

    /// What a region does with a request.
    private enum Reply: Sendable {
        /// Sends bytes, and waits for the next request.
        case bytes([UInt8])
        /// Sends bytes, and then nothing more.
        case silence(after: [UInt8])
        /// Sends bytes, and closes the connection.
        case loss(after: [UInt8])
        /// Sends bytes in two parts, with a pause between them.
        case pause([UInt8], Duration, [UInt8])
    }

    /// What two regions answer, the last of theirs for ever, and what came of it.
    private func answer(
        _ first: [Reply], _ second: Reply, attempts: Int = 1, patience: Duration? = nil,
        traits: ConverseModelTraits = ConverseModelTraits()
    ) async throws -> (events: [ChatEvent], failure: ChatFailure?, targets: [String]) {
        let seen = Shared<[String]>([])
        return try await ScriptedServer.running { connection in
            while let request = try await connection.request() {
                seen.update { $0.append(request.target) }
                let count = seen.value.count { $0.hasPrefix("/one") }
                switch request.target.hasPrefix("/two") ? second : first[min(count, first.count) - 1] {
                case .bytes(let bytes): try await connection.send(bytes)
                case .silence(let bytes):
                    try await connection.send(bytes)
                    return await connection.clientGone()
                case .loss(let bytes): return try await connection.send(bytes)
                case .pause(let begin, let pause, let end):
                    try await connection.send(begin)
                    try await Task.sleep(for: pause)
                    try await connection.send(end)
                }
            }
        } body: { server in
            try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { client in
                let aws = AWSClient(
                    transport: HTTPTransport(client, connections: ConnectionPool()),
                    credentials: StaticCredentialProvider(SigningCredentials(accessKeyID: "A", secretAccessKey: "b")),
                    pauses: RetryPauses(sleep: { _ in }, random: { 1 }))
                func route(_ prefix: String, _ modelID: String) throws -> BedrockUpstream.Route {
                    BedrockUpstream.Route(
                        client: BedrockClient(
                            client: aws, endpoint: try AWSEndpoint(parsing: server.url + prefix), region: "us-east-1",
                            attemptLimit: attempts),
                        modelID: modelID)
                }
                let upstream = BedrockUpstream(
                    try route("/one", "us.m"), alternatives: [try route("/two", "eu.m")], patience: patience,
                    traits: traits)
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

    private func stream(_ body: [UInt8]) -> Reply { .bytes(begun(body) + Connection.streamEnd) }

    /// An answer without its end.
    private func begun(_ body: [UInt8] = []) -> [UInt8] {
        Array(Connection.streamHead.utf8) + (body.isEmpty ? [] : Connection.chunk(body))
    }

    private func error(_ status: Int, _ name: String, _ header: String = "") -> Reply {
        .bytes(
            Array("HTTP/1.1 \(status) X\r\nx-amzn-errortype: \(name)\r\n\(header)content-length: 2\r\n\r\n{}".utf8))
    }

    private func whole(_ body: String) -> [UInt8] {
        Array("HTTP/1.1 200 X\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    private let one = "/one/model/us.m/converse-stream"
    private let two = "/two/model/eu.m/converse-stream"

    // MARK: - Another region

    @Test func `a region that fails before the first event is replaced by the next`() async throws {
        let throttled = try frame("throttlingException", "{}", kind: "exception")
        for failing in [error(503, "ServiceUnavailableException"), stream(throttled)] {
            let result = try await answer([failing], stream(textFrame("Hi") + endFrames()))
            #expect(result.failure == nil)
            #expect(result.events.text == "Hi")
            #expect(result.targets == [one, two])
        }
    }

    @Test func `after the first event, or for what is the same everywhere, it is not`() async throws {
        let broken = try textFrame("Part") + frame("throttlingException", "{}", kind: "exception")
        let late = try await answer([stream(broken)], stream(endFrames()), attempts: 3)
        #expect(late.failure?.kind == .throttled)
        #expect(late.events.text == "Part")
        #expect(late.targets == [one])

        let refused = try await answer([error(400, "ValidationException")], stream(endFrames()))
        #expect(refused.failure?.kind == .invalidRequest)
        #expect(refused.targets == [one])
    }

    @Test func `the last region's failure is the answer's`() async throws {
        let result = try await answer(
            [error(503, "ServiceUnavailableException")], error(429, "ThrottlingException"))
        #expect(result.failure?.kind == .throttled)
        #expect(result.targets == [one, two])
    }

    // MARK: - Its share of the time

    /// What a region has sent when it falls silent: nothing, the head, a message that is no event for anybody.
    private enum Silence: CaseIterable {
        case atOnce, afterHead, afterStart
    }

    @Test(arguments: Silence.allCases)
    private func `a region that accepts and stays silent uses up its own share of the patience only`(
        silence: Silence
    ) async throws {
        let sent =
            switch silence {
            case .atOnce: [] as [UInt8]
            case .afterHead: begun()
            case .afterStart: begun(try frame("messageStart", #"{"role":"assistant"}"#))
            }
        let result = try await answer(
            [.silence(after: sent)], stream(textFrame("Hi") + endFrames()), attempts: 3, patience: .seconds(3))
        #expect(result.failure == nil)
        #expect(result.events.text == "Hi")
        #expect(result.targets == [one, two])
    }

    @Test func `a region that asks to come back too late is left for the next`() async throws {
        let result = try await answer(
            [error(429, "ThrottlingException", "retry-after: 15\r\n")], stream(textFrame("Hi") + endFrames()),
            attempts: 3, patience: .seconds(20))
        #expect(result.events.text == "Hi")
        #expect(result.targets == [one, two])
    }

    @Test func `an answer that has begun in time may take as long as it likes`() async throws {
        let result = try await answer(
            [
                .pause(
                    begun(try textFrame("Sl")), .milliseconds(1200),
                    Connection.chunk(try textFrame("ow") + endFrames()) + Connection.streamEnd)
            ],
            stream(endFrames()), patience: .seconds(2))
        #expect(result.failure == nil)
        #expect(result.events.text == "Slow")
        #expect(result.targets == [one])
    }

    @Test func `where no region answers in time the answer is a timeout`() async throws {
        // The last region's first event is looked after by whoever waits for the answer; its head is not.
        let result = try await answer([.silence(after: begun())], .silence(after: []), patience: .seconds(4))
        #expect(result.failure?.kind == .timedOut)
        #expect(result.targets == [one, two])
    }

    @Test func `a model that does not stream has its share, too`() async throws {
        let body = #"{"output":{"message":{"role":"assistant","content":[{"text":"Hi"}]}},"stopReason":"end_turn"}"#
        let result = try await answer(
            [.silence(after: Array(whole(body).dropLast(5)))], .bytes(whole(body)), patience: .seconds(3),
            traits: ConverseModelTraits(streams: false))
        #expect(result.events == [.text("Hi"), .finished(.endOfTurn)])
        #expect(result.targets == ["/one/model/us.m/converse", "/two/model/eu.m/converse"])
    }

    // MARK: - The same region again

    @Test func `a connection that is lost before the first event is tried again`() async throws {
        let good = stream(try textFrame("Hi") + endFrames())
        for lost in [[], begun(), begun(try frame("messageStart", #"{"role":"assistant"}"#))] {
            let result = try await answer([.loss(after: lost), good], stream(endFrames()), attempts: 2)
            #expect(result.events.text == "Hi")
            #expect(result.targets == [one, one])
        }
        let late = try await answer([.loss(after: begun(try textFrame("Part"))), good], good, attempts: 2)
        #expect(late.failure?.kind == .unavailable)
        #expect(late.events == [.text("Part")])
        #expect(late.targets == [one])
    }

    @Test func `a whole answer that breaks off is asked for again`() async throws {
        let body = whole(
            #"{"output":{"message":{"role":"assistant","content":[{"text":"Hi"}]}},"stopReason":"end_turn"}"#)
        let result = try await answer(
            [.loss(after: body.dropLast(5)), .bytes(body)], .bytes(body), attempts: 2,
            traits: ConverseModelTraits(streams: false))
        #expect(result.events.text == "Hi")
        #expect(result.targets == Array(repeating: "/one/model/us.m/converse", count: 2))
    }

    private func malformed() throws -> [UInt8] {
        try frame("messageStop", #"{"stopReason":"malformed_model_output"}"#)
            + frame("metadata", #"{"usage":{"inputTokens":10,"outputTokens":20,"totalTokens":30}}"#)
    }

    @Test func `an answer that is nothing but malformed is asked for once more, and both are paid`() async throws {
        let result = try await answer(
            [stream(malformed()), stream(textFrame("Hi") + endFrames())], stream(endFrames()), attempts: 2)
        #expect(
            result.events == [
                .text("Hi"), .finished(.endOfTurn), .usage(TokenUsage(input: 11, output: 22, statedTotal: 33)),
            ])
        #expect(result.targets == [one, one])
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 2)])
    func `a second malformed answer is a failure, and so is one more than the attempts`(
        attempts: Int, requests: Int
    ) async throws {
        let result = try await answer([stream(malformed())], stream(endFrames()), attempts: attempts)
        #expect(result.failure?.kind == .modelError)
        #expect(
            result.events == [
                .usage(TokenUsage(input: 10 * requests, output: 20 * requests, statedTotal: 30 * requests))
            ])
        #expect(result.targets == Array(repeating: one, count: requests))
    }

    @Test func `what a malformed answer took is told when the next try fails`() async throws {
        let result = try await answer(
            [stream(malformed()), error(400, "ValidationException")], stream(endFrames()), attempts: 2)
        #expect(result.failure?.kind == .invalidRequest)
        #expect(result.events == [.usage(TokenUsage(input: 10, output: 20, statedTotal: 30))])
    }

    @Test func `a malformed end after text is the answer's end`() async throws {
        let shown = try await answer(
            [stream(textFrame("Hm") + frame("messageStop", #"{"stopReason":"malformed_model_output"}"#))],
            stream(endFrames()), attempts: 3)
        #expect(shown.events == [.text("Hm"), .finished(.malformed)])
        #expect(shown.targets == [one])
    }

    @Test func `a model that does not stream is asked in one piece`() async throws {
        let body = #"{"output":{"message":{"role":"assistant","content":[{"text":"Hi"}]}},"stopReason":"end_turn"}"#
        let result = try await answer(
            [.bytes(whole(body))], .bytes(whole(body)), traits: ConverseModelTraits(streams: false))
        #expect(result.events == [.text("Hi"), .finished(.endOfTurn)])
        #expect(result.targets == ["/one/model/us.m/converse"])
    }
}
