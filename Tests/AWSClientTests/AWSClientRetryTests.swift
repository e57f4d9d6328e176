import AWSClient
import AWSSigning
import AsyncHTTPClient
import Secrets
import Synchronization
import Testing

struct AWSClientRetryTests {
    private func send(
        to service: ScriptedService, limit: Int = 3, credentials: (any AWSCredentialProvider)? = nil,
        bearerToken: String? = nil, delays: DelayLog? = nil, to aws: AWSService = .bedrockRuntime
    ) async throws -> (response: AWSResponse, attempts: Int) {
        let client = service.client(credentials: credentials, bearerToken: bearerToken, delays: delays)
        let endpoint = try AWSEndpoint(parsing: "http://service")
        var attempts = client.makeAttempts(limit: limit, to: endpoint)
        let request = AWSRequest(method: "POST", path: "/model/a%3A0/converse", body: Array("{}".utf8))
        let response = try await client.send(
            request, to: endpoint, service: aws, region: "us-east-1", attempts: &attempts)
        return (response, attempts.count)
    }

    @Test func `a failure that passes is tried again under one id`() async throws {
        let service = ScriptedService(.status(503), .failure(.remoteConnectionClosed), .status(200, body: "done"))
        let (response, attempts) = try await send(to: service)
        #expect(response.status == 200)
        #expect(attempts == 3)
        #expect(Set(service.values("amz-sdk-invocation-id")).count == 1)
        #expect(service.values("amz-sdk-request") == ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"])
        #expect(try await response.readBody(limitInBytes: 10, timeout: .seconds(5)) == Array("done".utf8))
    }

    @Test func `a refusal is answered as it is, and its body can still be read`() async throws {
        let service = ScriptedService(
            .status(400, headers: [("x-amzn-errortype", "ValidationException")], body: #"{"message": "no"}"#))
        let (response, attempts) = try await send(to: service)
        #expect(attempts == 1)
        let error = try await response.readError()
        #expect(error.code == "ValidationException")
        #expect(error.message == "no")
    }

    @Test func `a call has no more attempts than its limit`() async throws {
        let service = ScriptedService(.status(500))
        #expect(try await send(to: service, limit: 2).response.status == 500)
        #expect(service.requests.count == 2)
        let lost = ScriptedService(.failure(.connectTimeout))
        let error = await #expect(throws: AWSTransportError.self) { try await send(to: lost, limit: 2) }
        #expect(error?.code == .timedOut)
        #expect(lost.requests.count == 2)
    }

    @Test(arguments: [
        (["x-amz-retry-after": "1500"], 503, Duration.milliseconds(1500)),
        (["retry-after": "3"], 429, .seconds(3)),
        (["retry-after": "Sun, 30 Aug 2015 12:36:07 GMT"], 503, .seconds(7)),
        ([:], 429, .seconds(1)),
    ])
    func `the service says when to come back`(headers: [String: String], status: Int, delay: Duration) async throws {
        let delays = DelayLog()
        let service = ScriptedService(.status(status, headers: headers.map { ($0, $1) }), .status(200))
        #expect(try await send(to: service, delays: delays).response.status == 200)
        #expect(await delays.delays == [delay])
    }

    @Test func `a clock that is off is corrected once`() async throws {
        let refusal = ScriptedService.Answer.status(
            403,
            headers: [
                ("x-amzn-errortype", "InvalidSignatureException"), ("date", "Sun, 30 Aug 2015 13:36:00 GMT"),
            ])
        let service = ScriptedService(refusal, .status(200))
        #expect(try await send(to: service).response.status == 200)
        #expect(service.values("x-amz-date") == ["20150830T123600Z", "20150830T133600Z"])

        let stubborn = ScriptedService(refusal)
        #expect(try await send(to: stubborn).response.status == 403)
        #expect(stubborn.requests.count == 2)
    }

    @Test func `one service's clock says nothing of another's`() async throws {
        let service = ScriptedService(
            .status(
                403,
                headers: [("x-amzn-errortype", "RequestTimeTooSkewed"), ("date", "Sun, 30 Aug 2015 13:36:00 GMT")]),
            .status(200))
        let client = service.client()
        for url in ["http://off", "http://service", "http://off"] {
            let endpoint = try AWSEndpoint(parsing: url)
            var attempts = client.makeAttempts(limit: 2, to: endpoint)
            _ = try await client.send(
                AWSRequest(method: "GET", path: "/"), to: endpoint, service: .s3, region: "r", attempts: &attempts)
        }
        #expect(
            service.values("x-amz-date") == [
                "20150830T123600Z", "20150830T133600Z", "20150830T123600Z", "20150830T133600Z",
            ])
    }

    @Test func `a wrong signature at the right time is no matter of the clock`() async throws {
        let service = ScriptedService(
            .status(
                403,
                headers: [("x-amzn-errortype", "SignatureDoesNotMatch"), ("date", "Sun, 30 Aug 2015 12:37:00 GMT")]))
        #expect(try await send(to: service).response.status == 403)
        #expect(service.requests.count == 1)
    }

    @Test func `keys that have expired are asked for again`() async throws {
        let provider = ChangingProvider()
        let service = ScriptedService(
            .status(403, headers: [("x-amzn-errortype", "ExpiredTokenException")]), .status(200))
        #expect(try await send(to: service, credentials: provider).response.status == 200)
        #expect(
            service.values("authorization").map { $0?.contains("AKID2") } == [false, true])
    }

    @Test func `a Bedrock key goes to Bedrock in place of a signature, and nowhere else`() async throws {
        let service = ScriptedService(.status(200))
        _ = try await send(to: service, bearerToken: "ABSK-example")
        _ = try await send(to: service, bearerToken: "ABSK-example", to: .s3)
        #expect(service.values("authorization").first == "Bearer ABSK-example")
        #expect(service.values("x-amz-date").first == .some(nil))
        #expect(service.values("authorization").last??.hasPrefix("AWS4-HMAC-SHA256 ") == true)
    }

    @Test func `a Bedrock key that is refused is looked up again, once`() async throws {
        let service = ScriptedService(.status(403), .status(200))
        let key = RotatingSecret(Secret("old")) { _ in Secret("new") }
        let client = service.client().authorized(
            by: StaticCredentialProvider(SigningCredentials(accessKeyID: "A", secretAccessKey: "s")), bearerToken: key)
        let endpoint = try AWSEndpoint(parsing: "http://127.0.0.1")
        var attempts = client.makeAttempts(limit: 3, to: endpoint)
        let response = try await client.send(
            AWSRequest(method: "POST", path: "/"), to: endpoint, service: .bedrockRuntime, region: "us-east-1",
            attempts: &attempts)
        #expect(response.status == 200)
        #expect(service.values("authorization") == ["Bearer old", "Bearer new"])
    }

    @Test func `no description of a client tells its secrets`() {
        let client = ScriptedService(.status(200)).client(bearerToken: "hush")
        #expect(!"\(client) \(String(reflecting: client))".contains("hush"))
    }

    @Test func `another quota goes with other credentials`() async throws {
        let service = ScriptedService(.status(500))
        let client = service.client()
        let endpoint = try AWSEndpoint(parsing: "http://service")
        var attempts = client.makeAttempts(limit: 1000, to: endpoint)
        _ = try await client.send(
            AWSRequest(method: "GET", path: "/"), to: endpoint, service: .s3, region: "r", attempts: &attempts)
        // 500 units at 14 for each retry.
        #expect(attempts.count == 36)
        var others = client.makeAttempts(limit: 2, to: endpoint)
        #expect(try await others.waitToRetry(after: .transient) == false)
        var elsewhere = client.makeAttempts(limit: 2, to: try AWSEndpoint(parsing: "http://other"))
        #expect(try await elsewhere.waitToRetry(after: .transient) == true)
        var fresh = client.authorized(by: ChangingProvider()).makeAttempts(limit: 2, to: endpoint)
        #expect(try await fresh.waitToRetry(after: .transient) == true)
    }
}

/// Gives other keys once the first have been called expired.
private final class ChangingProvider: AWSCredentialProvider {
    private let generation = Mutex(1)

    func credentials() async throws -> SigningCredentials {
        SigningCredentials(accessKeyID: "AKID\(generation.withLock { $0 })", secretAccessKey: "secret")
    }

    func invalidate(_ keys: SigningCredentials) async { generation.withLock { $0 += 1 } }
}
