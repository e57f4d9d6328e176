import AWSClient
import AWSSigning
import AsyncHTTPClient
import Bedrock
import ChatEvents
import JSONCoding
import Testing
import WallClock

@Suite(.timeLimit(.minutes(1)))
struct BedrockUpstreamTests {
    private typealias Connection = ScriptedServer.Connection

    private let keys = SigningCredentials(accessKeyID: "AKID", secretAccessKey: "hush", sessionToken: "token/+=")
    private let question = ChatRequest(messages: [ChatMessage(role: .user, text: "Hi")])

    /// Runs `use` with the way to a model on the server.
    private func withUpstream<Result>(
        _ url: String, modelID: String = "amazon.nova-micro-v1:0", limit: Int = BedrockClient.requestLimitInBytes,
        credentials: (any AWSCredentialProvider)? = nil, _ use: (BedrockUpstream) async throws -> Result
    ) async throws -> Result {
        try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { client in
            let aws = AWSClient(
                httpClient: client, credentials: credentials ?? StaticCredentialProvider(keys),
                userAgent: "botctl/test")
            let bedrock = BedrockClient(
                client: aws, endpoint: try AWSEndpoint(parsing: url), region: "eu-west-3", requestLimitInBytes: limit)
            let upstream = BedrockUpstream(
                BedrockUpstream.Route(client: bedrock, modelID: modelID), traits: ConverseModelTraits())
            return try await use(upstream)
        }
    }

    /// Asks a server that follows a script.
    private func answer(
        modelID: String = "amazon.nova-micro-v1:0", pathPrefix: String = "",
        _ script: @escaping @Sendable (inout ScriptedServer.Connection) async throws -> Void
    ) async throws -> (batches: [[ChatEvent]], failure: ChatFailure?) {
        try await ScriptedServer.running(script) { server in
            try await withUpstream(server.url + pathPrefix, modelID: modelID) { upstream in
                var batches: [[ChatEvent]] = []
                do {
                    try await upstream.answer(question, requestID: "q-1") { batches.append($0) }
                    return (batches, nil)
                } catch let failure as ChatFailure {
                    return (batches, failure)
                }
            }
        }
    }

    // MARK: - The request on the wire

    @Test(arguments: [
        ("amazon.nova-micro-v1:0", "", "/model/amazon.nova-micro-v1%3A0/converse-stream"),
        ("amazon.nova-micro-v1:0", "/proxy%20a", "/proxy%20a/model/amazon.nova-micro-v1%3A0/converse-stream"),
        (
            "arn:aws:bedrock:eu-west-3:123456789012:application-inference-profile/abc", "",
            "/model/arn%3Aaws%3Abedrock%3Aeu-west-3%3A123456789012%3Aapplication-inference-profile%2Fabc/converse-stream"
        ),
    ])
    func `the request arrives as it was signed`(modelID: String, pathPrefix: String, target: String) async throws {
        let seen = Shared<[ScriptedServer.Request]>([])
        let result = try await answer(modelID: modelID, pathPrefix: pathPrefix) { connection in
            guard let request = try await connection.request() else { return }
            seen.update { $0.append(request) }
            try await connection.send(
                Array(Connection.streamHead.utf8) + Connection.chunk(textFrame("Hello") + endFrames())
                    + Connection.streamEnd)
        }
        #expect(result.failure == nil)
        let request = try #require(seen.value.first)
        #expect(request.line == "POST \(target) HTTP/1.1")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == #"{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}"#)
        #expect(request.header("content-type") == "application/json")
        #expect(request.header("user-agent") == "botctl/test")
        #expect(request.header("x-amz-security-token") == "token/+=")
        #expect(request.header("amz-sdk-request") == "attempt=1; max=1")
        let invocation = try #require(request.header("amz-sdk-invocation-id"))
        #expect(invocation.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)

        let signer = try SignatureVerifier { $0 == keys.accessKeyID ? keys : nil }.verify(
            SigningRequest(
                method: "POST", target: request.target, headers: request.headers, bodyHash: sha256Hex(request.body)),
            at: WallClock.system.now())
        #expect(signer.scope.region == "eu-west-3")
        #expect(signer.scope.service == "bedrock")
        let signed = request.header("authorization")?.split(separator: "SignedHeaders=").last?.prefix { $0 != "," }
        #expect(signed == "content-type;host;x-amz-date;x-amz-security-token")
    }

    @Test func `an example shows what is sent`() async throws {
        try await withUpstream("https://bedrock-runtime.eu-west-3.amazonaws.com") { upstream in
            let example = try upstream.exampleRequest(for: question)
            #expect(example.method == "POST")
            #expect(
                example.url == "https://bedrock-runtime.eu-west-3.amazonaws.com"
                    + "/model/amazon.nova-micro-v1%3A0/converse-stream")
            #expect(example.body.text() == #"{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}"#)
        }
    }

    // MARK: - The answer

    @Test func `text is delivered while the answer goes on`() async throws {
        let delivered = Signal()
        try await ScriptedServer.running { connection in
            _ = try await connection.request()
            try await connection.beginStream()
            for word in ["one", "two", "three"] {
                try await connection.send(Connection.chunk(textFrame(word)))
                // The next one is only sent once this one has reached the other end.
                await delivered.wait()
            }
            try await connection.send(Connection.chunk(endFrames()) + Connection.streamEnd)
        } body: { server in
            try await withUpstream(server.url) { upstream in
                var events: [ChatEvent] = []
                try await upstream.answer(question, requestID: "q-1") { batch in
                    events += batch
                    if events.count <= 3 { delivered.send() }
                }
                #expect(events.prefix(3) == [.text("one"), .text("two"), .text("three")])
                #expect(
                    events.suffix(2) == [
                        .finished(.endOfTurn), .usage(TokenUsage(input: 1, output: 2, statedTotal: 3)),
                    ])
            }
        }
    }

    @Test func `what arrives together is delivered together`() async throws {
        let result = try await answer { connection in
            _ = try await connection.request()
            var burst = Array(Connection.streamHead.utf8)
            for index in 0..<50 { burst += Connection.chunk(try textFrame("\(index) ")) }
            try await connection.send(burst + Connection.chunk(endFrames()) + Connection.streamEnd)
        }
        #expect(result.failure == nil)
        #expect(result.batches.joined().count == 52)
        // The kernel may cut the burst into a few reads, but nothing like one for each chunk.
        #expect(result.batches.count < 26)
    }

    @Test func `chunks that cut messages anywhere make no difference`() async throws {
        let body = try (0..<20).flatMap { try textFrame("wörd\($0) 😀") } + endFrames()
        let result = try await answer { connection in
            _ = try await connection.request()
            var stream = Array(Connection.streamHead.utf8)
            for start in stride(from: 0, to: body.count, by: 7) {
                stream += Connection.chunk(body[start..<min(start + 7, body.count)])
            }
            // The pieces in which it is sent cut the chunks in turn.
            for start in stride(from: 0, to: stream.count, by: 501) {
                try await connection.send(Array(stream[start..<min(start + 501, stream.count)]))
            }
            try await connection.send(Connection.streamEnd)
        }
        #expect(result.failure == nil)
        #expect(Array(result.batches.joined()).text == (0..<20).map { "wörd\($0) 😀" }.joined())
    }

    @Test func `a connection serves one request after the other`() async throws {
        let connections = Shared(0)
        try await ScriptedServer.running { connection in
            connections.update { $0 += 1 }
            while try await connection.request() != nil {
                try await connection.send(
                    Array(Connection.streamHead.utf8) + Connection.chunk(endFrames()) + Connection.streamEnd)
            }
        } body: { server in
            try await withUpstream(server.url) { upstream in
                for _ in 0..<5 { try await upstream.answer(question, requestID: "q-1") { _ in } }
            }
        }
        #expect(connections.value == 1)
    }

    // MARK: - Ends

    @Test func `a failure in the stream comes after the text before it`() async throws {
        let result = try await answer { connection in
            _ = try await connection.request()
            let body =
                try textFrame("Part")
                + frame("throttlingException", #"{"message":"Too many tokens per day"}"#, kind: "exception")
            try await connection.send(
                Array(Connection.streamHead.utf8) + Connection.chunk(body) + Connection.streamEnd)
        }
        #expect(Array(result.batches.joined()) == [.text("Part")])
        #expect(result.failure?.kind == .quotaExhausted)
        #expect(result.failure?.upstreamStatus == 429)
        #expect(result.failure?.upstreamRequestID == "request-1")
    }

    @Test(arguments: [true, false])
    func `a connection that is lost within the answer is a failure`(isReset: Bool) async throws {
        let delivered = Signal()
        try await ScriptedServer.running { connection in
            _ = try await connection.request()
            try await connection.beginStream()
            try await connection.send(Connection.chunk(textFrame("Part")))
            await delivered.wait()
            if isReset { try await connection.reset() }
        } body: { server in
            try await withUpstream(server.url) { upstream in
                let failure = await #expect(throws: ChatFailure.self) {
                    try await upstream.answer(question, requestID: "q-1") { _ in delivered.send() }
                }
                #expect(failure?.kind == .unavailable)
                #expect(failure?.upstreamRequestID == "request-1")
            }
        }
    }

    @Test func `an answer that stops before its end is a failure, though HTTP is content`() async throws {
        for cut in [0, 9] {
            let result = try await answer { connection in
                _ = try await connection.request()
                try await connection.send(
                    Array(Connection.streamHead.utf8) + Connection.chunk(textFrame("Whole"))
                        + Connection.chunk(textFrame("Cut").dropLast(cut)) + Connection.streamEnd)
            }
            #expect(Array(result.batches.joined()).text == (cut == 0 ? "WholeCut" : "Whole"))
            #expect(result.failure?.kind == .modelError)
        }
    }

    @Test(arguments: ["text/html", "application/json"])
    func `an answer of another type is a failure`(type: String) async throws {
        let result = try await answer { connection in
            _ = try await connection.request()
            try await connection.answer(200, headers: ["content-type": type], body: "{}")
        }
        #expect(result.failure?.kind == .modelError)
        #expect(result.failure?.detail.contains(type) == true)
    }

    @Test func `bytes that are no event stream are a failure`() async throws {
        let result = try await answer { connection in
            _ = try await connection.request()
            try await connection.answer(
                200, headers: ["content-type": "application/vnd.amazon.eventstream"],
                body: String(repeating: "not a stream ", count: 20))
        }
        #expect(result.failure?.kind == .modelError)
    }

    // MARK: - Cancelling

    @Test(arguments: [true, false])
    func `cancelling closes the connection`(afterHead: Bool) async throws {
        let arrived = Signal()
        let gone = Signal()
        try await ScriptedServer.running { connection in
            _ = try await connection.request()
            if afterHead {
                try await connection.beginStream()
                try await connection.send(Connection.chunk(textFrame("Part")))
            } else {
                arrived.send()
            }
            await connection.clientGone()
            gone.send()
        } body: { server in
            try await withUpstream(server.url) { upstream in
                let task = Task {
                    try await upstream.answer(question, requestID: "q-1") { _ in arrived.send() }
                }
                await arrived.wait()
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                await gone.wait()
            }
        }
    }

    @Test func `what delivering throws is thrown on, and closes the connection`() async throws {
        struct ClientGone: Error {}
        let gone = Signal()
        try await ScriptedServer.running { connection in
            _ = try await connection.request()
            try await connection.beginStream()
            try await connection.send(Connection.chunk(textFrame("Part")))
            await connection.clientGone()
            gone.send()
        } body: { server in
            try await withUpstream(server.url) { upstream in
                await #expect(throws: ClientGone.self) {
                    try await upstream.answer(question, requestID: "q-1") { _ in throw ClientGone() }
                }
                await gone.wait()
            }
        }
    }

    // MARK: - No request

    @Test func `a service that is not there is unavailable`() async throws {
        let port = try await ScriptedServer.running { _ in
        } body: {
            $0.port
        }
        try await withUpstream("http://127.0.0.1:\(port)") { upstream in
            let failure = await #expect(throws: ChatFailure.self) {
                try await upstream.answer(question, requestID: "q-1") { _ in }
            }
            #expect(failure?.kind == .unavailable)
        }
    }

    @Test func `a connection that closes without an answer is unavailable`() async throws {
        let result = try await answer { connection in _ = try await connection.request() }
        #expect(result.failure?.kind == .unavailable)
    }

    @Test func `without credentials nothing is sent`() async throws {
        try await withUpstream(
            "http://127.0.0.1:9", credentials: EnvironmentCredentialProvider(variables: [:])
        ) { upstream in
            let failure = await #expect(throws: ChatFailure.self) {
                try await upstream.answer(question, requestID: "q-1") { _ in }
            }
            #expect(failure?.kind == .unauthorized)
            #expect(failure?.detail.contains("AWS_ACCESS_KEY_ID") == true)
        }
    }

    @Test func `a request past the limit is not sent`() async throws {
        try await withUpstream("http://127.0.0.1:9", limit: 56) { upstream in
            let long = ChatRequest(messages: [ChatMessage(role: .user, text: "Hi!")])
            let failure = await #expect(throws: ChatFailure.self) {
                try await upstream.answer(long, requestID: "q-1") { _ in }
            }
            #expect(failure?.kind == .inputTooLong)
        }
    }

    @Test func `a header that cannot be sent is not repeated in the log`() async throws {
        let bad = SigningCredentials(accessKeyID: "AKID", secretAccessKey: "hush", sessionToken: "tok\r\nen")
        try await withUpstream("http://127.0.0.1:9", credentials: StaticCredentialProvider(bad)) { upstream in
            let failure = await #expect(throws: ChatFailure.self) {
                try await upstream.answer(question, requestID: "q-1") { _ in }
            }
            #expect(failure?.detail.contains("tok") == false)
        }
    }
}
