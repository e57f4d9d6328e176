/// What differs between services, and between uses, in how a request is signed.
///
/// Source: AWS "Create a signed AWS API request", "Signature Version 4 signing process for Amazon S3".
package struct SigningRules: Hashable, Sendable {
    /// How the path as sent becomes the path that is signed.
    package enum PathRule: Hashable, Sendable {
        /// Empty, `.` and `..` segments are removed, then every byte but the unreserved ones and `/` is encoded again.
        case normalizedAndEncoded
        /// Only encoded again.
        case encoded
        /// As sent; the rule of S3, whose keys may hold anything.
        case asSent
    }

    /// Which of the request's headers are signed.
    package enum HeaderRule: Hashable, Sendable {
        /// All but those that proxies and clients add or change on the way, such as `user-agent`, `connection`,
        /// `content-length` and trace headers.
        case stable
        /// All that the request holds.
        case all
    }

    /// How the path is made canonical.
    package var path: PathRule
    /// Which headers are signed, besides those that the signer adds.
    package var headers: HeaderRule
    /// Whether the payload hash is sent as `x-amz-content-sha256`; S3 requires it, others allow it.
    package var sendsBodyHash: Bool
    /// Whether the session token is part of what is signed; false for the few services that want it added afterwards.
    package var signsSessionToken: Bool

    /// Makes rules; the defaults are those of every service but S3.
    package init(
        path: PathRule = .normalizedAndEncoded, headers: HeaderRule = .stable, sendsBodyHash: Bool = false,
        signsSessionToken: Bool = true
    ) {
        self.path = path
        self.headers = headers
        self.sendsBodyHash = sendsBodyHash
        self.signsSessionToken = signsSessionToken
    }

    /// The rules of a service, by its signing name.
    package static func rules(forService service: String) -> SigningRules {
        service == "s3" ? SigningRules(path: .asSent, sendsBodyHash: true) : SigningRules()
    }
}

extension SigningRules.HeaderRule {
    /// Whether a header of that lower-case name is signed.
    func signs(_ name: String) -> Bool {
        // The authorization header holds the signature itself.
        if name == "authorization" { return false }
        switch self {
        case .all: return true
        case .stable:
            return !Self.changedOnTheWay.contains(name) && !name.hasPrefix("proxy-") && !name.hasPrefix("amz-sdk-")
        }
    }

    private static let changedOnTheWay: Set<String> = [
        "user-agent", "connection", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
        "x-amzn-trace-id", "traceparent", "tracestate", "baggage", "content-length",
    ]
}
