import AttachmentFetching
import Testing

struct WebURLTests {
    @Test(
        arguments: [
            ("https://pfst.cf2.poecdn.net/base/image/abc?w=1&h=2", "pfst.cf2.poecdn.net", 443),
            ("HTTPS://Example.COM", "example.com", 443), ("https://example.com:8443/a", "example.com", 8443),
            ("https://[2606:4700::1111]/x", "2606:4700::1111", 443), ("https://127.1/x", "127.1", 443),
            ("https://example.com/a#https://other.example/", "example.com", 443),
            ("https://example.com?@169.254.169.254/", "example.com", 443),
        ])
    func `says whom a URL asks`(text: String, host: String, port: Int) throws {
        let origin = try #require(WebURL(text)).origin
        #expect(origin.host == host)
        #expect(origin.port == port)
        #expect(origin.isSecure)
    }

    @Test(
        arguments: [
            "", "example.com/a", "//example.com/a", "ftp://example.com/a", "file:///etc/passwd", "javascript:alert(1)",
            "https:/example.com", "https://", "https:///a", "https://user@example.com/", "https://example.com@evil/",
            "https://example.com\\@evil/", "https://exa mple.com/", "https://example.com/a b", "https://example.com:0/",
            "https://example.com:65536/", "https://example.com:/", "https://example.com:80a/", "https://exämple.com/",
            "https://%65xample.com/", "https://.example.com/", "https://[::1/", "https://[127.0.0.1]/",
            "https://[fe80::1%25eth0]/", "https://example.com/\u{7F}", "https://example.com/\r\nHost: evil",
            "https://example.com/<script>", "gopher://example.com", "unix:///run/docker.sock", "https+unix://a/b",
            "https://" + String(repeating: "a", count: 300) + "/",
            "https://e.example/" + String(repeating: "a", count: 9000),
        ])
    func `refuses what two readers could understand differently`(text: String) {
        #expect(WebURL(text) == nil)
    }

    @Test func `takes an origin only without a path`() {
        #expect(WebURL.Origin("http://127.0.0.1:9000") != nil)
        #expect(WebURL.Origin("http://127.0.0.1:9000/") != nil)
        #expect(WebURL.Origin("http://127.0.0.1:9000/files") == nil)
    }
}
