import AWSSigning
import Testing
import WallClock

struct RequestSignerTests {
    private let time = Timestamp(millisecondsSinceEpoch: 1_440_938_160_000)
    private let request = SigningRequest(
        method: "POST", target: "/model/a%3A0/converse", headers: [("Host", "example.com")],
        bodyHash: sha256Hex([]))

    private func signer(token: String? = nil, service: String = "bedrock") -> RequestSigner {
        RequestSigner(
            credentials: SigningCredentials(accessKeyID: "AKID", secretAccessKey: "top-secret", sessionToken: token),
            region: "us-east-1", service: service)
    }

    @Test func `only the headers that a service needs are added`() {
        #expect(signer().headers(signing: request, at: time).map(\.name) == ["x-amz-date", "authorization"])
        #expect(
            signer(token: "t").headers(signing: request, at: time).map(\.name)
                == ["x-amz-date", "x-amz-security-token", "authorization"])
        #expect(
            signer(service: "s3").headers(signing: request, at: time).map(\.name)
                == ["x-amz-date", "x-amz-content-sha256", "authorization"])
    }

    @Test func `headers that change on the way are not signed`() {
        var noisy = request
        noisy.headers += [
            ("User-Agent", "x"), ("Connection", "close"), ("Content-Length", "0"), ("Expect", "100-continue"),
            ("Keep-Alive", "1"), ("TE", "trailers"), ("Trailer", "x"), ("Transfer-Encoding", "chunked"),
            ("Upgrade", "h2c"), ("Proxy-Authorization", "x"), ("X-Amzn-Trace-Id", "x"), ("traceparent", "x"),
            ("tracestate", "x"), ("baggage", "x"), ("amz-sdk-invocation-id", "x"), ("Authorization", "old"),
        ]
        let plain = signer().signature(of: request, at: time)
        #expect(signer().signature(of: noisy, at: time).signature == plain.signature)
        #expect(plain.canonicalRequest.signedHeaders == "host;x-amz-date")
    }

    @Test func `signing again replaces the headers of the first attempt`() {
        var again = request
        again.headers += signer(token: "old").headers(signing: request, at: Timestamp(millisecondsSinceEpoch: 0))
        let fresh = signer(token: "new").headers(signing: request, at: time)
        #expect(signer(token: "new").headers(signing: again, at: time).map(\.value) == fresh.map(\.value))
    }

    @Test func `a line break in a value forges no header`() {
        var forged = request
        forged.headers.append(("x-amz-meta", "a\nx-amz-role:admin"))
        let text = signer().signature(of: forged, at: time).canonicalRequest.text
        #expect(text.contains("x-amz-meta:a x-amz-role:admin\n"))
    }

    @Test func `a key cache changes no signature`() {
        let cache = SigningKeyCache()
        for day in 0..<200 {
            let time = Timestamp(millisecondsSinceEpoch: Int64(day) * 86_400_000)
            let cached = RequestSigner(
                credentials: signer().credentials, region: "us-east-1", service: "bedrock", keys: cache)
            for _ in 0..<2 {
                #expect(
                    cached.signature(of: request, at: time).signature
                        == signer().signature(of: request, at: time).signature)
            }
        }
    }

    @Test func `an empty query and an empty path are canonical`() {
        for target in ["", "?", "/", "/?", "/?&"] {
            let request = SigningRequest(method: "GET", target: target, headers: [("host", "h")], bodyHash: "x")
            let text = signer().signature(of: request, at: time).canonicalRequest.text
            #expect(text.hasPrefix("GET\n/\n\nhost:h\n"), "\(target)")
        }
        let query = SigningRequest(
            method: "GET", target: "/?b=2&a&b=1&c=x+y&d=%zz&a=%2f", headers: [("host", "h")], bodyHash: "x")
        let text = signer().signature(of: query, at: time).canonicalRequest.text
        #expect(text.hasPrefix("GET\n/\na=&a=%2F&b=1&b=2&c=x%2By&d=%25zz\n"))
    }

    @Test func `secrets show in no description`() {
        let credentials = SigningCredentials(
            accessKeyID: "AKID", secretAccessKey: "top-secret", sessionToken: "the-token")
        let signer = RequestSigner(credentials: credentials, region: "us-east-1", service: "bedrock")
        var dumped = ""
        dump(signer, to: &dumped)
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), String(describing: signer), dumped] {
            #expect(text.contains("AKID"))
            #expect(!text.contains("top-secret"))
            #expect(!text.contains("the-token"))
        }
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `a body is hashed to lower-case hex`(text: String, hash: String) {
        #expect(sha256Hex(text.utf8) == hash)
        #expect(sha256Hex(AnySequence(Array(text.utf8))) == hash)
    }
}
