package import NIOCore
package import NIOHTTP1

/// A request as it goes over the wire.
package struct ServiceRequest: Sendable {
    package var method: HTTPMethod
    /// The path and query, percent-encoded.
    package var target: String
    /// All headers, `host` among them, but for those of the body's length.
    package var headers: HTTPHeaders
    package var body: ByteBuffer

    package init(_ method: HTTPMethod, _ target: String, headers: HTTPHeaders, body: ByteBuffer = ByteBuffer()) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The head, with the body's length.
    ///
    /// Source: RFC 9110, section 8.6: a request with a method that has a use for a body states the length of none, too.
    var head: HTTPRequestHead {
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: headers)
        if body.readableBytes > 0 || [.POST, .PUT, .PATCH].contains(method) {
            head.headers.replaceOrAdd(name: "content-length", value: String(body.readableBytes))
        }
        return head
    }
}
