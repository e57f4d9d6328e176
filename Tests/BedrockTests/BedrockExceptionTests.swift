import AWSClient
import AWSSigning
import AsyncHTTPClient
import Bedrock
import ChatEvents
import ServiceConnections
import Testing

/// Every exception of the service, instead of an answer and inside of a stream, and how often it is tried.
@Suite(.timeLimit(.minutes(1)))
struct BedrockExceptionTests {
    private typealias Connection = ScriptedServer.Connection

    /// An exception of the service's model and what becomes of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let status: Int
        let kind: ChatFailure.Kind
        let retry: UpstreamFailure.RetryClass
        /// Whether a stream can end with it.
        let isOfStreams: Bool

        init(
            _ name: String, _ status: Int, _ kind: ChatFailure.Kind, _ retry: UpstreamFailure.RetryClass,
            inStreams isOfStreams: Bool = false
        ) {
            self.name = name
            self.status = status
            self.kind = kind
            self.retry = retry
            self.isOfStreams = isOfStreams
        }

        var testDescription: String { name }

        /// The name within a stream.
        var streamName: String { name.prefix(1).lowercased() + name.dropFirst() }
    }

    /// Source: Amazon Bedrock API Reference, errors of the runtime's operations and members of their response streams;
    /// AWS SDKs and Tools Reference Guide, "Retry behavior", standard mode.
    static let cases = [
        Case("ValidationException", 400, .invalidRequest, .never, inStreams: true),
        Case("AccessDeniedException", 403, .unauthorized, .never),
        Case("ResourceNotFoundException", 404, .misconfigured, .never),
        Case("ThrottlingException", 429, .throttled, .throttling, inStreams: true),
        Case("ModelNotReadyException", 429, .unavailable, .transient),
        Case("ModelTimeoutException", 408, .timedOut, .never, inStreams: true),
        Case("ModelErrorException", 424, .modelError, .never),
        Case("ModelStreamErrorException", 424, .modelError, .never, inStreams: true),
        Case("InternalServerException", 500, .unavailable, .transient, inStreams: true),
        Case("ServiceUnavailableException", 503, .unavailable, .transient, inStreams: true),
        Case("ServiceQuotaExceededException", 400, .quotaExhausted, .never),
        Case("ConflictException", 400, .invalidRequest, .never),
        // What the service's model does not list and every operation can answer.
        Case("UnrecognizedClientException", 403, .unauthorized, .never),
        Case("InvalidSignatureException", 403, .unauthorized, .never),
        Case("ExpiredTokenException", 403, .unauthorized, .never),
        Case("MissingAuthenticationTokenException", 403, .unauthorized, .never),
        Case("IncompleteSignatureException", 400, .unauthorized, .never),
        Case("InvalidClientTokenId", 403, .unauthorized, .never),
        Case("OptInRequired", 403, .unauthorized, .never),
        Case("NotAuthorized", 400, .unauthorized, .never),
        Case("RequestExpired", 400, .unauthorized, .never),
        Case("InternalFailure", 500, .unavailable, .transient),
        Case("ServiceUnavailable", 503, .unavailable, .transient),
        Case("FTUFormNotFilled", 404, .misconfigured, .never),
        Case("MPAgreementBeingCreated", 403, .misconfigured, .never),
        Case("UnknownOperationException", 404, .misconfigured, .never),
    ]

    private static let attempts = 3

    /// Asks a server that always answers the same, and tells the failure and how often it was asked.
    private func ask(
        _ answer: @escaping @Sendable (Connection) async throws -> Void
    ) async throws -> (failure: ChatFailure?, tries: Int) {
        let tries = Shared(0)
        let failure = try await ScriptedServer.running { connection in
            while try await connection.request() != nil {
                tries.update { $0 += 1 }
                try await answer(connection)
            }
        } body: { server in
            try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { http in
                let client = AWSClient(
                    transport: HTTPTransport(http, connections: ConnectionPool()),
                    credentials: StaticCredentialProvider(SigningCredentials(accessKeyID: "A", secretAccessKey: "b")),
                    pauses: RetryPauses(sleep: { _ in }, random: { 0 }))
                let bedrock = BedrockClient(
                    client: client, endpoint: try AWSEndpoint(parsing: server.url), region: "us-east-1",
                    attemptLimit: Self.attempts)
                let request = try ConverseRequest(ChatRequest(messages: [.user("Hi")]), for: .init())
                return await #expect(throws: ChatFailure.self) {
                    var attempts = bedrock.makeAttempts()
                    try await bedrock.converseStream(request, on: "m", requestID: "q-1", attempts: &attempts) { _ in }
                }
            }
        }
        return (failure, tries.value)
    }

    private func check(_ failure: ChatFailure?, _ tries: Int, _ expected: Case) {
        #expect(failure?.kind == expected.kind)
        #expect(failure?.upstreamCode == expected.name)
        #expect(failure?.upstreamStatus == expected.status)
        #expect(failure?.detail == "why")
        #expect(tries == (expected.retry == .never ? 1 : Self.attempts))
    }

    @Test(arguments: cases)
    func `an exception instead of an answer`(_ expected: Case) async throws {
        let (failure, tries) = try await ask { connection in
            let type = "\(expected.name):http://internal.amazon.com/coral/com.amazon.bedrock/"
            try await connection.answer(
                expected.status, headers: ["x-amzn-errortype": type], body: #"{"message":"why"}"#)
        }
        check(failure, tries, expected)
    }

    @Test(arguments: cases.filter(\.isOfStreams))
    func `an exception that a stream begins with`(_ expected: Case) async throws {
        let failing = try frame(expected.streamName, #"{"message":"why"}"#, kind: "exception")
        let (failure, tries) = try await ask { connection in
            try await connection.send(
                Array(Connection.streamHead.utf8) + Connection.chunk(failing) + Connection.streamEnd)
        }
        check(failure, tries, expected)
    }

    @Test(arguments: cases.filter(\.isOfStreams))
    func `an exception after text is never tried again`(_ expected: Case) async throws {
        let failing = try frame(expected.streamName, #"{"message":"why"}"#, kind: "exception")
        let bytes = try textFrame("Part") + failing
        let (failure, tries) = try await ask { connection in
            try await connection.send(
                Array(Connection.streamHead.utf8) + Connection.chunk(bytes) + Connection.streamEnd)
        }
        #expect(failure?.kind == expected.kind)
        #expect(failure?.upstreamStatus == expected.status)
        #expect(tries == 1)
    }

    @Test func `what is told of retries is what happens`() throws {
        for failure in BedrockFailures.all {
            let kind = RetryKind(status: failure.status, code: failure.name)
            let expected: RetryKind? =
                switch failure.retry {
                case .never: nil
                case .transient: .transient
                case .throttling: .throttling
                }
            #expect(kind == expected, "\(failure.name)")
        }
        for expected in Self.cases {
            #expect(BedrockFailures.named(expected.name)?.retry == expected.retry, "\(expected.name)")
        }
    }
}
