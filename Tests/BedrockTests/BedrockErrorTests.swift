import AWSClient
import AWSSigning
import AsyncHTTPClient
import Bedrock
import ChatEvents
import ServiceConnections
import Testing

/// What the service's error answers mean, over a real connection.
@Suite(.timeLimit(.minutes(1)))
struct BedrockErrorTests {
    /// An answer of the service and what it means.
    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let code: String?
        let message: String
        let kind: ChatFailure.Kind

        init(_ status: Int, _ code: String?, _ message: String, _ kind: ChatFailure.Kind) {
            self.status = status
            self.code = code
            self.message = message
            self.kind = kind
        }

        var testDescription: String { "\(status) \(code ?? "-") \(message)" }
    }

    static let cases = [
        Case(429, "ThrottlingException", "Too many requests, please wait before trying again.", .throttled),
        Case(400, "ThrottlingException", "Rate exceeded", .throttled),
        Case(429, "ThrottlingException", "Too many tokens per day, please wait before trying again.", .quotaExhausted),
        Case(400, "ServiceQuotaExceededException", "Quota", .quotaExhausted),
        Case(429, "ModelNotReadyException", "Loading", .unavailable),
        Case(503, "ServiceUnavailableException", "Bedrock is unable to process your request.", .unavailable),
        Case(500, "InternalServerException", "", .unavailable),
        Case(408, "ModelTimeoutException", "Too slow", .timedOut),
        Case(424, "ModelErrorException", "The model failed", .modelError),
        Case(
            403, "AccessDeniedException", "You don't have access to the model with the specified model ID.",
            .unauthorized),
        Case(
            403, "UnrecognizedClientException", "The security token included in the request is invalid.", .unauthorized),
        Case(403, "ExpiredTokenException", "The security token included in the request is expired", .unauthorized),
        Case(403, "InvalidSignatureException", "The request signature we calculated does not match.", .unauthorized),
        Case(404, "ResourceNotFoundException", "This model version has reached the end of its life.", .misconfigured),
        Case(404, "FTUFormNotFilled", "Model use case details have not been submitted", .misconfigured),
        Case(
            400, "ValidationException",
            "Invocation of model ID x with on-demand throughput isn\u{2019}t supported. Retry your request with the ID "
                + "or ARN of an inference profile that contains this model.", .misconfigured),
        Case(400, "ValidationException", "The provided model identifier is invalid.", .misconfigured),
        Case(400, "ValidationException", "This model doesn't support system messages.", .misconfigured),
        Case(
            400, "ValidationException",
            "`temperature` and `top_p` cannot both be specified for this model. Please use only one.", .misconfigured),
        Case(400, "ValidationException", "Input is too long for requested model.", .inputTooLong),
        Case(
            400, "ValidationException",
            "The model returned the following errors: prompt is too long: 210000 tokens > 200000 maximum", .inputTooLong
        ),
        Case(
            400, "ValidationException", "This request has been blocked by our content filters.", .contentFiltered),
        Case(
            400, "ValidationException", "The text field in the ContentBlock object at messages.0.content.0 is blank.",
            .invalidRequest),
        // Without a name that is known, the status decides.
        Case(400, "BrandNewException", "x", .invalidRequest), Case(403, nil, "", .unauthorized),
        Case(301, nil, "", .misconfigured), Case(404, nil, "", .misconfigured), Case(413, nil, "", .inputTooLong),
        Case(429, nil, "", .throttled), Case(502, nil, "<html>", .unavailable), Case(504, nil, "", .timedOut),
    ]

    private func failure(
        _ script: @escaping @Sendable (inout ScriptedServer.Connection) async throws -> Void
    ) async throws -> ChatFailure? {
        try await ScriptedServer.running(script) { server in
            try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { client in
                let keys = SigningCredentials(accessKeyID: "AKID", secretAccessKey: "hush")
                let bedrock = BedrockClient(
                    client: AWSClient(
                        transport: HTTPTransport(client, connections: ConnectionPool()),
                        credentials: StaticCredentialProvider(keys)),
                    endpoint: try AWSEndpoint(parsing: server.url), region: "us-east-1")
                let upstream = BedrockUpstream(
                    BedrockUpstream.Route(client: bedrock, modelID: "x"), traits: ConverseModelTraits())
                let question = ChatRequest(messages: [ChatMessage(role: .user, text: "Hi")])
                return await #expect(throws: ChatFailure.self) {
                    try await upstream.answer(question, requestID: "q-1") { _ in }
                }
            }
        }
    }

    @Test(arguments: cases)
    func `an error answer is told by its name, its text and its status`(_ expected: Case) async throws {
        let failure = try await failure { connection in
            _ = try await connection.request()
            var headers = ["x-amzn-requestid": "r-1"]
            headers["x-amzn-errortype"] = expected.code.map { "\($0):http://internal.amazon.com/coral/" }
            let body = expected.code == nil ? expected.message : #"{"message":"\#(expected.message)"}"#
            try await connection.answer(expected.status, headers: headers, body: body)
        }
        #expect(failure?.kind == expected.kind)
        #expect(failure?.upstreamCode == expected.code)
        #expect(failure?.upstreamStatus == expected.status)
        #expect(failure?.upstreamRequestID == "r-1")
        #expect(failure?.detail == (expected.message.isEmpty ? "the service gave no reason" : expected.message))
    }

    @Test func `of an endless error only the beginning is read`() async throws {
        let failure = try await failure { connection in
            _ = try await connection.request()
            try await connection.send("HTTP/1.1 503 X\r\ntransfer-encoding: chunked\r\n\r\n")
            let noise = ScriptedServer.Connection.chunk(Array(repeating: UInt8(ascii: "x"), count: 10_000))
            // Ends when the client has had enough and closes the connection.
            while !Task.isCancelled { try await connection.send(noise) }
        }
        #expect(failure?.kind == .unavailable)
        #expect(failure?.detail.count == 500)
    }

    @Test func `an error whose body breaks off is told by what has come`() async throws {
        let failure = try await failure { connection in
            _ = try await connection.request()
            try await connection.send(
                "HTTP/1.1 429 X\r\nx-amzn-errortype: ThrottlingException\r\ncontent-length: 100\r\n\r\n{\"mess")
        }
        #expect(failure?.kind == .throttled)
        #expect(failure?.upstreamStatus == 429)
    }
}
