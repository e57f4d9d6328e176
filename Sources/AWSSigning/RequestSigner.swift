import Crypto
package import WallClock

/// Signs requests to AWS with Signature Version 4.
///
/// It does no I/O and has no clock: the same request, time and credentials always give the same signature. Sign every
/// attempt anew; the headers of an earlier signature in the request are ignored.
///
/// Source: AWS "Create a signed AWS API request".
package struct RequestSigner: Sendable {
    /// The keys it signs with.
    package let credentials: SigningCredentials
    /// The region it signs for.
    package let region: String
    /// The signing name of the service it signs for.
    package let service: String
    /// How the service wants it.
    package let rules: SigningRules
    private let keys: SigningKeyCache

    /// Makes a signer.
    ///
    /// - Parameters:
    ///   - credentials: The keys to sign with.
    ///   - region: The region of the endpoint.
    ///   - service: The signing name of the service, such as `bedrock`.
    ///   - rules: How the service wants it; nil takes the rules that go with the service's name.
    ///   - keys: Where derived keys are kept; hand one cache to all signers of a client.
    package init(
        credentials: SigningCredentials, region: String, service: String, rules: SigningRules? = nil,
        keys: SigningKeyCache = SigningKeyCache()
    ) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.rules = rules ?? .rules(forService: service)
        self.keys = keys
    }

    /// The headers to add to the request: `x-amz-date`, where needed `x-amz-content-sha256` and
    /// `x-amz-security-token`, and `authorization`.
    ///
    /// - Parameters:
    ///   - request: The request as it will be sent, without these headers.
    ///   - time: The time now; the service refuses a time more than five minutes off its own.
    /// - Returns: The headers with lower-case names.
    package func headers(signing request: SigningRequest, at time: Timestamp) -> [(name: String, value: String)] {
        let signed = signature(of: request, at: time)
        return signed.addedHeaders + [(name: "authorization", value: signed.authorization)]
    }

    /// The signature of a request with every text on the way to it, so that a difference can be found.
    package func signature(of request: SigningRequest, at time: Timestamp) -> RequestSignature {
        let date = time.iso8601Basic
        var added = [(name: "x-amz-date", value: date)]
        if rules.sendsBodyHash { added.append((name: "x-amz-content-sha256", value: request.bodyHash)) }
        if let token = credentials.sessionToken { added.append((name: "x-amz-security-token", value: token)) }

        var complete = request
        complete.headers.removeAll { header in
            let name = header.name.lowercased()
            return added.contains { $0.name == name }
        }
        complete.headers += added
        let canonical = CanonicalRequest(complete, path: rules.path) { name in
            rules.headers.signs(name) && (rules.signsSessionToken || name != "x-amz-security-token")
        }
        return signature(of: canonical, date: date, addedHeaders: added)
    }

    private func signature(
        of canonical: CanonicalRequest, date: String, addedHeaders: [(name: String, value: String)]
    ) -> RequestSignature {
        let scope = SigningScope(day: String(date.prefix(8)), region: region, service: service)
        let stringToSign = canonical.stringToSign(date: date, scope: scope)
        let key = keys.key(secretAccessKey: credentials.secretAccessKey, scope: scope)
        let code = HMAC<SHA256>.authenticationCode(for: Array(stringToSign.utf8), using: key)
        return RequestSignature(
            canonicalRequest: canonical, stringToSign: stringToSign, signature: lowercaseHex(code),
            credential: "\(credentials.accessKeyID)/\(scope.text)", addedHeaders: addedHeaders)
    }
}

// MARK: - Presigning

extension RequestSigner {
    /// The target of a URL that anyone can use for a while: the request's own with the signature in its query.
    ///
    /// - Parameters:
    ///   - request: The request that the URL will make. Its headers, usually only `host`, must be sent as they are
    ///     here; for S3 the body hash is ``SigningRequest/unsignedPayload``.
    ///   - time: The time now.
    ///   - seconds: How long the URL holds; 1 to 604,800, and no longer than the credentials themselves.
    /// - Returns: Path and query, percent-encoded.
    package func target(presigning request: SigningRequest, at time: Timestamp, expiresIn seconds: Int) -> String {
        let presigned = presignature(of: request, at: time, expiresIn: seconds)
        return "\(presigned.target)&X-Amz-Signature=\(presigned.signature.signature)"
    }

    /// The signature of a presigned request, and the target that it has to be appended to.
    package func presignature(
        of request: SigningRequest, at time: Timestamp, expiresIn seconds: Int
    ) -> (signature: RequestSignature, target: String) {
        let date = time.iso8601Basic
        let day = String(date.prefix(8))
        let scope = SigningScope(day: day, region: region, service: service)
        let signs = rules.headers.signs
        let names = CanonicalRequest(request, path: rules.path, signs: signs).signedHeaders
        let parameters = [
            ("X-Amz-Algorithm", SigningAlgorithm.name),
            ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope.text)"),
            ("X-Amz-Date", date),
            ("X-Amz-Expires", String(seconds)),
            ("X-Amz-SignedHeaders", names),
        ]
        let tokenParameters = credentials.sessionToken.map { [("X-Amz-Security-Token", $0)] } ?? []

        var complete = request
        complete.target = Self.target(
            request.target, adding: rules.signsSessionToken ? parameters + tokenParameters : parameters)
        let canonical = CanonicalRequest(complete, path: rules.path, signs: signs)
        let sent =
            rules.signsSessionToken ? complete.target : Self.target(complete.target, adding: tokenParameters)
        return (signature(of: canonical, date: date, addedHeaders: []), sent)
    }

    private static func target(_ target: String, adding parameters: [(name: String, value: String)]) -> String {
        var bytes = Array(target.utf8)
        var separator = bytes.contains(UInt8(ascii: "?")) ? UInt8(ascii: "&") : UInt8(ascii: "?")
        if bytes.last == UInt8(ascii: "?") { bytes.removeLast(); separator = UInt8(ascii: "?") }
        for parameter in parameters {
            bytes.append(separator)
            separator = UInt8(ascii: "&")
            bytes.append(contentsOf: parameter.name.utf8)
            bytes.append(UInt8(ascii: "="))
            appendPercentEncoded(parameter.value.utf8, keepingSlashes: false, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
