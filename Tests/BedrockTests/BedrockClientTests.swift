import AWSClient
import AWSSigning
import AsyncHTTPClient
import Bedrock
import ChatEvents
import JSONCoding
import ServiceConnections
import Testing

/// The operations as they go over the wire.
@Suite(.timeLimit(.minutes(1)))
struct BedrockClientTests {
    private typealias Connection = ScriptedServer.Connection

    /// Runs one operation against a server that answers once.
    private func call<Result>(
        status: Int = 200, headers: [String: String] = [:], answer: String,
        _ operation: (BedrockClient) async throws -> Result
    ) async throws -> (result: Result, request: ScriptedServer.Request) {
        let seen = Shared<[ScriptedServer.Request]>([])
        let result = try await ScriptedServer.running { connection in
            guard let request = try await connection.request() else { return }
            seen.update { $0.append(request) }
            var headers = headers
            headers["x-amzn-requestid"] = "r-1"
            try await connection.answer(status, headers: headers, body: answer)
        } body: { server in
            try await withClient(server.url, operation)
        }
        return (result, try #require(seen.value.first))
    }

    private func withClient<Result>(
        _ url: String, attempts: Int = 1, _ use: (BedrockClient) async throws -> Result
    ) async throws -> Result {
        try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { client in
            let aws = AWSClient(
                transport: HTTPTransport(client, connections: ConnectionPool()),
                credentials: StaticCredentialProvider(SigningCredentials(accessKeyID: "A", secretAccessKey: "b")),
                pauses: RetryPauses(sleep: { _ in }, random: { 0 }))
            return try await use(
                BedrockClient(
                    client: aws, endpoint: try AWSEndpoint(parsing: url), region: "us-west-2", attemptLimit: attempts))
        }
    }

    @Test func `InvokeModel sends the model's own body, and gives its answer`() async throws {
        let (response, request) = try await call(
            headers: [
                "content-type": "application/json", "x-amzn-bedrock-input-token-count": "7",
                "x-amzn-bedrock-output-token-count": "x",
            ], answer: #"{"images":["aGk="]}"#
        ) { client in
            try await client.invokeModel(
                InvokeModelRequest(
                    modelID: "stability.sd3-5-large-v1:0", body: Array(#"{"prompt":"a cat"}"#.utf8),
                    guardrail: GuardrailReference(id: "gr1", version: "DRAFT")), requestID: "q-1")
        }
        #expect(request.line == "POST /model/stability.sd3-5-large-v1%3A0/invoke HTTP/1.1")
        #expect(request.header("content-type") == "application/json")
        #expect(request.header("accept") == "application/json")
        #expect(request.header("x-amzn-bedrock-guardrailidentifier") == "gr1")
        #expect(request.header("x-amzn-bedrock-guardrailversion") == "DRAFT")
        #expect(request.header("authorization")?.contains("x-amzn-bedrock-guardrailidentifier") == true)
        #expect(request.body == Array(#"{"prompt":"a cat"}"#.utf8))
        #expect(response.body == Array(#"{"images":["aGk="]}"#.utf8))
        #expect(response.contentType == "application/json")
        #expect(response.requestID == "r-1")
        #expect(response.inputTokens == 7)
        #expect(response.outputTokens == nil)
    }

    @Test(
        arguments: [
            (#"{"amazon-bedrock-guardrailAction":"INTERVENED","images":[]}"#, .intervened),
            (#"{"amazon-bedrock-guardrailAction":"NONE"}"#, .passed), (#"{"images":[]}"#, nil),
            (#"{"amazon-bedrock-guardrailAction":"LATER"}"#, nil), ("[]", nil),
        ] as [(String, GuardrailAction?)])
    func `an answer tells what its guardrail did`(answer: String, action: GuardrailAction?) throws {
        #expect(GuardrailAction(in: try JSONParser.parse(Array(answer.utf8))) == action)
    }

    @Test func `StartAsyncInvoke names the job and where its result goes`() async throws {
        let arn = "arn:aws:bedrock:us-west-2:123456789012:async-invoke/abcdefghijkl"
        let (result, request) = try await call(answer: #"{"invocationArn":"\#(arn)"}"#) { client in
            try await client.startAsyncInvoke(
                AsyncInvokeRequest(
                    modelID: "luma.ray-v2:0", input: ["prompt": "a cat"], output: "s3://bucket/prefix", token: "t-1"),
                requestID: "q-1")
        }
        #expect(result == arn)
        #expect(request.line == "POST /async-invoke HTTP/1.1")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == #"{"clientRequestToken":"t-1","modelId":"luma.ray-v2:0","modelInput":{"prompt":"a cat"},"#
                + #""outputDataConfig":{"s3OutputDataConfig":{"s3Uri":"s3://bucket/prefix"}}}"#)
    }

    @Test(
        arguments: [
            ("InProgress", .inProgress), ("Completed", .completed), ("Failed", .failed), ("Paused", .other("Paused")),
        ] as [(String, AsyncInvocation.Status)])
    func `GetAsyncInvoke tells how a job stands`(name: String, status: AsyncInvocation.Status) async throws {
        let arn = "arn:aws:bedrock:us-west-2:123456789012:async-invoke/abcdefghijkl"
        let body = """
            {"invocationArn":"\(arn)","modelArn":"m","status":"\(name)","submitTime":"2026-11-21T00:00:00Z",\
            "failureMessage":"no","outputDataConfig":{"s3OutputDataConfig":{"s3Uri":"s3://b/p/abcdefghijkl"}}}
            """
        let (job, request) = try await call(answer: body) { try await $0.getAsyncInvoke(arn, requestID: "q-1") }
        #expect(
            request.line == "GET /async-invoke/arn%3Aaws%3Abedrock%3Aus-west-2%3A123456789012%3Aasync-invoke"
                + "%2Fabcdefghijkl HTTP/1.1")
        #expect(request.header("content-type") == nil)
        #expect(job.status == status)
        #expect(job.id == "abcdefghijkl")
        #expect(job.failureMessage == "no")
        #expect(job.output == "s3://b/p/abcdefghijkl")
    }

    @Test func `CountTokens sends the conversation, and nothing that does not count`() async throws {
        let converse = try ConverseRequest(
            ChatRequest(messages: [.user("Hi")], system: "S", sampling: Sampling(maxTokens: 9)),
            for: ConverseModelTraits(guardrail: GuardrailReference(id: "g", version: "1")))
        let (count, request) = try await call(answer: #"{"inputTokens":12}"#) { client in
            try await client.countTokens(of: converse, on: "m", requestID: "q-1")
        }
        #expect(count == 12)
        #expect(request.line == "POST /model/m/count-tokens HTTP/1.1")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == #"{"input":{"converse":{"messages":[{"role":"user","content":[{"text":"Hi"}]}],"#
                + #""system":[{"text":"S"}]}}}"#)
    }

    @Test(arguments: ["", "[]", "{}", #"{"invocationArn":7}"#, #"{"invocationArn":""}"#])
    func `an answer without what must be there is a failure`(answer: String) async throws {
        await #expect(throws: ChatFailure.self) {
            try await call(answer: answer) { client in
                try await client.startAsyncInvoke(
                    AsyncInvokeRequest(modelID: "m", input: [:], output: "s3://b", token: "t"), requestID: "q-1")
            }
        }
    }

    @Test func `a failed operation throws what the service said`() async throws {
        let failure = await #expect(throws: ChatFailure.self) {
            try await call(
                status: 429, headers: ["x-amzn-errortype": "ThrottlingException:http://x/"], answer: #"{"message":"m"}"#
            ) { client in
                try await client.invokeModel(InvokeModelRequest(modelID: "m", body: []), requestID: "q-1")
            }
        }
        #expect(failure?.kind == .throttled)
        #expect(failure?.upstreamRequestID == "r-1")
    }

    // MARK: - Streams

    @Test func `a native stream gives the model's own chunks`() async throws {
        let vector = StreamVector(name: "invoke-claude")
        let bytes = try vector.bytes()
        let chunks = try vector.messages().compactMap { message in
            message["parsed"]?["chunk"]?["bytes"]?["base64"]?.string.flatMap(Base64.decode)
        }
        #expect(chunks.count > 3)
        try await ScriptedServer.running { connection in
            let request = try await connection.request()
            #expect(request?.line == "POST /model/m/invoke-with-response-stream HTTP/1.1")
            #expect(request?.header("x-amzn-bedrock-accept") == "application/json")
            try await connection.send(
                Array(Connection.streamHead.utf8) + Connection.chunk(bytes) + Connection.streamEnd)
        } body: { server in
            try await withClient(server.url) { client in
                var read: [[UInt8]] = []
                try await client.invokeModelWithResponseStream(
                    InvokeModelRequest(modelID: "m", body: []), requestID: "q-1"
                ) { read += $0 }
                #expect(read == chunks)
            }
        }
    }

    @Test func `a native stream's exception has the status that goes with it`() async throws {
        let bytes = try StreamVector(name: "invoke-model-timeout").bytes()
        try await ScriptedServer.running { connection in
            _ = try await connection.request()
            try await connection.send(
                Array(Connection.streamHead.utf8) + Connection.chunk(bytes) + Connection.streamEnd)
        } body: { server in
            try await withClient(server.url) { client in
                var read: [[UInt8]] = []
                let failure = await #expect(throws: ChatFailure.self) {
                    try await client.invokeModelWithResponseStream(
                        InvokeModelRequest(modelID: "m", body: []), requestID: "q-1"
                    ) { read += $0 }
                }
                #expect(read.count == 1)
                #expect(failure?.kind == .timedOut)
                #expect(failure?.upstreamStatus == 408)
                #expect(failure?.upstreamCode == "ModelTimeoutException")
            }
        }
    }

    // MARK: - Tries

    @Test func `an exception that a stream begins with is tried again, one after text is not`() async throws {
        let failing = try frame("throttlingException", #"{"message":"slow down"}"#, kind: "exception")
        for (beginning, tries) in [([], 3), (try textFrame("Part"), 1)] as [([UInt8], Int)] {
            let requests = Shared(0)
            try await ScriptedServer.running { connection in
                while try await connection.request() != nil {
                    requests.update { $0 += 1 }
                    try await connection.send(
                        Array(Connection.streamHead.utf8) + Connection.chunk(beginning + failing)
                            + Connection.streamEnd)
                }
            } body: { server in
                try await withClient(server.url, attempts: 3) { client in
                    let request = try ConverseRequest(ChatRequest(messages: [.user("Hi")]), for: .init())
                    let failure = await #expect(throws: ChatFailure.self) {
                        var attempts = client.makeAttempts()
                        try await client.converseStream(request, on: "m", requestID: "q-1", attempts: &attempts) { _ in
                        }
                    }
                    #expect(failure?.kind == .throttled)
                }
            }
            #expect(requests.value == tries)
        }
    }

    @Test func `an exception that is the same on every try is not tried again`() async throws {
        let failing = try frame("validationException", #"{"message":"bad"}"#, kind: "exception")
        let requests = Shared(0)
        try await ScriptedServer.running { connection in
            while try await connection.request() != nil {
                requests.update { $0 += 1 }
                try await connection.send(
                    Array(Connection.streamHead.utf8) + Connection.chunk(failing) + Connection.streamEnd)
            }
        } body: { server in
            try await withClient(server.url, attempts: 3) { client in
                let request = try ConverseRequest(ChatRequest(messages: [.user("Hi")]), for: .init())
                await #expect(throws: ChatFailure.self) {
                    var attempts = client.makeAttempts()
                    try await client.converseStream(request, on: "m", requestID: "q-1", attempts: &attempts) { _ in }
                }
            }
        }
        #expect(requests.value == 1)
    }
}
