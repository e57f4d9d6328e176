import AWSSigning
import Testing
import WallClock

struct SignatureVerifierTests {
    private static let credentials = SigningCredentials(accessKeyID: "simulator", secretAccessKey: "simulator")
    private static let temporary = SigningCredentials(
        accessKeyID: "temporary", secretAccessKey: "s", sessionToken: "token")
    private let now = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)
    private let verifier = SignatureVerifier { accessKeyID in
        [credentials, temporary].first { $0.accessKeyID == accessKeyID }
    }

    private func signed(
        with credentials: SigningCredentials = credentials, service: String = "bedrock", at time: Timestamp? = nil
    ) -> SigningRequest {
        var request = SigningRequest(
            method: "POST", target: "/model/us.amazon.nova-lite-v1%3A0/converse-stream?b=2&a=1",
            headers: [
                ("Host", "127.0.0.1:8081"), ("Content-Type", "application/json"), ("User-Agent", "x/1"),
                ("X-Amzn-Bedrock-Trace", "ENABLED"),
            ],
            bodyHash: sha256Hex("{}".utf8))
        let signer = RequestSigner(credentials: credentials, region: "us-west-2", service: service)
        request.headers += signer.headers(signing: request, at: time ?? now)
        return request
    }

    private func replacing(_ name: String, in request: SigningRequest, with change: (String) -> String?)
        -> SigningRequest
    {
        var result = request
        result.headers = request.headers.compactMap { header in
            header.name.lowercased() == name ? change(header.value).map { (header.name, $0) } : header
        }
        return result
    }

    @Test(arguments: [credentials, temporary], ["bedrock", "s3"])
    func `what the signer signs is taken`(credentials: SigningCredentials, service: String) throws {
        let signer = try verifier.verify(signed(with: credentials, service: service), at: now)
        #expect(signer.accessKeyID == credentials.accessKeyID)
        #expect(signer.scope.region == "us-west-2")
        #expect(signer.scope.service == service)
    }

    @Test func `headers that are not signed may change`() throws {
        let request = replacing("user-agent", in: signed()) { _ in "other/2" }
        #expect(throws: Never.self) { try verifier.verify(request, at: now) }
    }

    @Test func `every tampering is a mismatch`() {
        var requests: [SigningRequest] = []
        var request = signed()
        request.bodyHash = sha256Hex("{ }".utf8)
        requests.append(request)
        request = signed()
        request.method = "PUT"
        requests.append(request)
        for target in [
            "/model/us.amazon.nova-pro-v1%3A0/converse-stream?b=2&a=1",
            "/model/us.amazon.nova-lite-v1:0/converse-stream?b=2&a=1",
            "/model/us.amazon.nova-lite-v1%3A0/converse-stream?b=2&a=2",
            "/model/us.amazon.nova-lite-v1%3A0/converse-stream",
        ] {
            request = signed()
            request.target = target
            requests.append(request)
        }
        for name in ["host", "content-type", "x-amzn-bedrock-trace"] {
            requests.append(replacing(name, in: signed()) { $0 + "x" })
        }
        requests.append(
            replacing("authorization", in: signed()) { value in
                value.replacing("us-west-2", with: "us-east-1")
            })
        requests.append(
            replacing("authorization", in: signed()) { value in
                String(value.dropLast()) + (value.last == "0" ? "1" : "0")
            })
        let wrongSecret = SigningCredentials(accessKeyID: "simulator", secretAccessKey: "wrong")
        requests.append(signed(with: wrongSecret))
        for request in requests {
            #expect(throws: SignatureError.signatureMismatch) { try verifier.verify(request, at: now) }
        }
    }

    @Test func `the order of a query does not matter`() throws {
        var request = signed()
        request.target = "/model/us.amazon.nova-lite-v1%3A0/converse-stream?a=1&b=2"
        #expect(throws: Never.self) { try verifier.verify(request, at: now) }
    }

    @Test func `a request without signature is told apart`() {
        let request = replacing("authorization", in: signed()) { _ in nil }
        #expect(throws: SignatureError.missingAuthentication) { try verifier.verify(request, at: now) }
    }

    @Test(arguments: [
        "Bearer abc", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256 Credential", "AWS4-HMAC-SHA256 ,,,",
        "AWS4-HMAC-SHA256 Credential=a/20260921/r/s/aws4_request",
        "AWS4-HMAC-SHA256 Credential=a/20260921/r/s/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc",
        "AWS4-HMAC-SHA256 Credential=a/20260921/r/s/aws4_request, SignedHeaders=host;x-amz-date, Signature="
            + String(repeating: "z", count: 64),
        "AWS4-HMAC-SHA256 Credential=a/20260921/r/s/aws5_request, SignedHeaders=host, Signature="
            + String(repeating: "0", count: 64),
        "AWS4-HMAC-SHA256 Credential=a/b/20260921/r/s/aws4_request, SignedHeaders=host, Signature="
            + String(repeating: "0", count: 64),
        "AWS4-HMAC-SHA256 Credential=a//r/s/aws4_request, SignedHeaders=host, Signature="
            + String(repeating: "0", count: 64),
        "AWS4-HMAC-SHA256 Credential=a/1/r/s/aws4_request, Credential=b/1/r/s/aws4_request, SignedHeaders=host, Signature="
            + String(repeating: "0", count: 64),
        "AWS4-HMAC-SHA256 Credential=a/20260921/r/s/aws4_request, SignedHeaders=x-amz-date, Signature="
            + String(repeating: "0", count: 64),
        "AWS4-HMAC-SHA256 Credential=a/20260921/r/s/aws4_request, SignedHeaders=host, Signature="
            + String(repeating: "0", count: 64),
        "AWS4-HMAC-SHA256 Credential=a/20260921/r/s/aws4_request, SignedHeaders=host;x-amz-date;x-none, Signature="
            + String(repeating: "0", count: 64),
    ])
    func `a header that cannot be read or covers too little is incomplete`(value: String) throws {
        let request = replacing("authorization", in: signed()) { _ in value }
        let error = try #require(throws: SignatureError.self) { try verifier.verify(request, at: now) }
        guard case .incompleteSignature(let detail) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!detail.isEmpty)
    }

    @Test func `an injected header of ours must be signed`() {
        var request = signed()
        request.headers.append(("X-Amz-Target", "Other"))
        #expect(
            throws: SignatureError.incompleteSignature(
                detail: "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.")
        ) { try verifier.verify(request, at: now) }
    }

    @Test(
        arguments: [nil, "", "yesterday", "2026-09-21T14:13:20Z", "20260230T000000Z", "20250101T000000Z"] as [String?])
    func `a date that is missing, unreadable or of another day is incomplete`(date: String?) throws {
        let request = replacing("x-amz-date", in: signed()) { _ in date }
        let error = try #require(throws: SignatureError.self) { try verifier.verify(request, at: now) }
        guard case .incompleteSignature = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func `a key nobody has is unknown, and so is a wrong token`() {
        let stranger = SigningCredentials(accessKeyID: "stranger", secretAccessKey: "s")
        let requests = [
            signed(with: stranger),
            signed(with: SigningCredentials(accessKeyID: "temporary", secretAccessKey: "s")),
            signed(with: SigningCredentials(accessKeyID: "temporary", secretAccessKey: "s", sessionToken: "other")),
            signed(with: SigningCredentials(accessKeyID: "simulator", secretAccessKey: "simulator", sessionToken: "t")),
        ]
        for request in requests {
            #expect(throws: SignatureError.unknownAccessKey) { try verifier.verify(request, at: now) }
        }
    }

    @Test(arguments: [-300, -299, 0, 300]) func `five minutes either way are tolerated`(offset: Int) throws {
        let request = signed(at: now.advanced(by: .seconds(offset)))
        #expect(throws: Never.self) { try verifier.verify(request, at: now) }
    }

    @Test(arguments: [-301, 301, -86_400, 86_400]) func `more than five minutes are not`(offset: Int) {
        let signedAt = now.advanced(by: .seconds(offset))
        #expect(throws: SignatureError.expired(signedAt: signedAt, now: now)) {
            try verifier.verify(signed(at: signedAt), at: now)
        }
    }

    @Test func `expiry names both times`() {
        let early = SignatureError.expired(signedAt: now.advanced(by: .seconds(-600)), now: now)
        #expect(
            "\(early)" == "Signature expired: 20260921T140320Z is now earlier than 20260921T140820Z "
                + "(20260921T141320Z - 5 min.)")
        let late = SignatureError.expired(signedAt: now.advanced(by: .seconds(600)), now: now)
        #expect(
            "\(late)" == "Signature not yet current: 20260921T142320Z is still later than 20260921T141820Z "
                + "(20260921T141320Z + 5 min.)")
    }
}
