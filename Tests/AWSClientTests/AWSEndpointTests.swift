import AWSClient
import Testing

struct AWSEndpointTests {
    @Test(arguments: [
        ("https://example.com", "https", "example.com", 443, "", "example.com"),
        ("http://127.0.0.1:8081", "http", "127.0.0.1", 8081, "", "127.0.0.1:8081"),
        ("HTTPS://VPCE-1.Bedrock.amazonaws.com/", "https", "vpce-1.bedrock.amazonaws.com", 443, "", nil),
        ("https://example.com:443/a/b%20c/", "https", "example.com", 443, "/a/b%20c", "example.com"),
        ("http://example.com:443", "http", "example.com", 443, "", "example.com:443"),
        ("http://[::1]:8080/x", "http", "[::1]", 8080, "/x", "[::1]:8080"),
    ])
    func `a URL is read into its parts`(
        url: String, scheme: String, host: String, port: Int, prefix: String, hostHeader: String?
    ) throws {
        let endpoint = try AWSEndpoint(parsing: url)
        #expect(endpoint.scheme.rawValue == scheme)
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
        #expect(endpoint.pathPrefix == prefix)
        #expect(endpoint.hostHeader == hostHeader ?? host)
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com", "https://", "https:///path", "https://user:secret@example.com",
        "https://example.com:0", "https://example.com:65536", "https://example.com:", "https://example.com:8o",
        "https://exa mple.com", "https://example.com/a?b=c", "https://example.com/a#b", "https://example.com/a b",
        "https://[::1", "https://[]", "https://[::1]x", "https://exämple.com", "https://example.com\r\nx: y",
    ])
    func `what cannot be an endpoint is refused without repeating it`(url: String) {
        let error = #expect(throws: AWSEndpointError.self) { try AWSEndpoint(parsing: url) }
        #expect(error?.description.contains("secret") == false)
    }

    @Test func `the prefix stands in front of every path`() throws {
        let endpoint = try AWSEndpoint(parsing: "http://proxy:9000/bedrock/")
        #expect(endpoint.target(of: "/model/a%3A0/converse") == "/bedrock/model/a%3A0/converse")
        #expect(endpoint.url(of: "/model/a%3A0/converse") == "http://proxy:9000/bedrock/model/a%3A0/converse")
    }

    @Test(arguments: [
        ("amazon.nova-micro-v1:0", "amazon.nova-micro-v1%3A0"),
        (
            "arn:aws:bedrock:us-east-1:1:application-inference-profile/a_b~c",
            "arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fa_b~c"
        ),
        ("ä ?%", "%C3%A4%20%3F%25"),
    ])
    func `a text becomes one segment of a path`(text: String, segment: String) {
        #expect(AWSRequest.pathSegment(text) == segment)
    }
}
