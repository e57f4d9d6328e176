/// The bucket and the key that a request to the object store names, by path or by host.
struct ObjectRequest: Sendable, Hashable {
    let bucket: String
    /// Percent-decoded; empty for the bucket itself.
    let key: String

    /// Reads the place; nil when no bucket is named, or the path cannot be decoded.
    ///
    /// A host such as `bucket.localhost` or `bucket.s3.us-east-1.amazonaws.com` names the bucket; any other leaves it
    /// to the path.
    init?(_ request: IncomingRequest) {
        let path = request.target.path.drop { $0 == "/" }
        if let bucket = Self.bucket(inHost: request.header("host") ?? "") {
            guard let key = RequestTarget.decoded(path) else { return nil }
            self.bucket = bucket
            self.key = key
            return
        }
        let parts = path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bucket = parts.first.flatMap({ RequestTarget.decoded($0) }), !bucket.isEmpty,
            let key = RequestTarget.decoded(parts.count > 1 ? parts[1] : "")
        else { return nil }
        self.bucket = bucket
        self.key = key
    }

    private static func bucket(inHost host: String) -> String? {
        let name = host.split(separator: ":", maxSplits: 1).first.map(String.init) ?? ""
        for suffix in [".localhost", ".s3.amazonaws.com"] where name.hasSuffix(suffix) && name.count > suffix.count {
            return String(name.dropLast(suffix.count))
        }
        guard name.hasSuffix(".amazonaws.com"), let middle = name.firstRange(of: ".s3.") else { return nil }
        return String(name[..<middle.lowerBound])
    }

    /// Whether a request is meant for the object store: it is signed for it, in its headers or in its query.
    static func isMeant(by request: IncomingRequest) -> Bool {
        if let credential = request.target.parameter("X-Amz-Credential") { return credential.hasSuffix(scopeEnd) }
        guard let value = request.header("authorization"), let start = value.firstRange(of: "Credential=") else {
            return false
        }
        return value[start.upperBound...].prefix { $0 != "," }.hasSuffix(scopeEnd)
    }

    private static let scopeEnd = "/s3/aws4_request"
}
