/// What a signature covers of an HTTP request.
package struct SigningRequest: Sendable {
    /// The payload hash of a request whose body is not signed; only S3 takes it, and only over TLS.
    package static let unsignedPayload = "UNSIGNED-PAYLOAD"

    /// The method in upper case.
    package var method: String
    /// The path and query exactly as sent, so already percent-encoded: `/model/a%3A0/converse?x=1`.
    package var target: String
    /// The headers in the order they are sent, `host` among them (with its port unless that is the default one).
    package var headers: [(name: String, value: String)]
    /// The SHA-256 of the exact body bytes in lower-case hex (see ``sha256Hex(_:)``), or ``unsignedPayload``.
    package var bodyHash: String

    /// Makes a description of a request; nothing in it is changed or checked.
    package init(method: String, target: String, headers: [(name: String, value: String)], bodyHash: String) {
        self.method = method
        self.target = target
        self.headers = headers
        self.bodyHash = bodyHash
    }

    /// The value of the first header of that lower-case name, as sent.
    func header(_ lowercasedName: String) -> String? {
        headers.first { $0.name.lowercased() == lowercasedName }?.value
    }
}
