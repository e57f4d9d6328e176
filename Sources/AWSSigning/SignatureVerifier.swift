import Crypto
package import WallClock

/// Checks the signature of requests as AWS does; the other side of ``RequestSigner``.
///
/// It computes the signature anew from the request as it came in, before any decoding, and compares in constant time.
package struct SignatureVerifier: Sendable {
    /// Who signed a request, and for where.
    package struct Signer: Hashable, Sendable {
        /// Whose key it was.
        package let accessKeyID: String
        /// The day, region and service of the signature; the caller decides whether they are its own.
        package let scope: SigningScope
    }

    /// How far the time of a request may be from ours; five minutes for every service but S3.
    package static let tolerance: Duration = .seconds(300)

    private let credentials: @Sendable (String) -> SigningCredentials?
    private let keys = SigningKeyCache()

    /// Makes a verifier.
    ///
    /// - Parameter credentials: Finds the credentials of an access key id; nil when nobody has it.
    package init(credentials: @escaping @Sendable (_ accessKeyID: String) -> SigningCredentials?) {
        self.credentials = credentials
    }

    /// Checks the `authorization` header of a request.
    ///
    /// - Parameters:
    ///   - request: The request as received: raw target, all headers, and the hash of the body that really came.
    ///   - now: The time of the service.
    /// - Returns: Who signed it.
    /// - Throws: ``SignatureError``, in the order in which AWS checks: missing, unreadable, unknown key, time,
    ///   signature.
    package func verify(_ request: SigningRequest, at now: Timestamp) throws(SignatureError) -> Signer {
        guard let authorization = request.header("authorization"), !authorization.isEmpty else {
            throw .missingAuthentication
        }
        let header = try AuthorizationHeader(parsing: authorization)
        try checkCoverage(of: request, by: header.signedHeaders)
        guard let date = request.header("x-amz-date"), let signedAt = Timestamp(iso8601: date),
            signedAt.iso8601Basic == date
        else {
            throw .incompleteSignature(
                detail: "Authorization header requires existence of an 'X-Amz-Date' header of the form "
                    + "YYYYMMDDThhmmssZ.")
        }
        guard date.hasPrefix(header.scope.day), header.scope.day.utf8.count == 8 else {
            throw .incompleteSignature(
                detail: "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.")
        }

        guard let credentials = credentials(header.accessKeyID),
            request.header("x-amz-security-token") == credentials.sessionToken
        else { throw .unknownAccessKey }
        let offset = now.since(signedAt)
        guard offset <= Self.tolerance, offset >= .zero - Self.tolerance else {
            throw .expired(signedAt: signedAt, now: now)
        }

        let rules = SigningRules.rules(forService: header.scope.service)
        let canonical = CanonicalRequest(request, path: rules.path, signs: header.signedHeaders.contains)
        let stringToSign = canonical.stringToSign(date: date, scope: header.scope)
        let key = keys.key(secretAccessKey: credentials.secretAccessKey, scope: header.scope)
        guard
            HMAC<SHA256>.isValidAuthenticationCode(
                header.signature, authenticating: Array(stringToSign.utf8), using: key)
        else { throw .signatureMismatch }
        return Signer(accessKeyID: header.accessKeyID, scope: header.scope)
    }

    /// The signature must cover the host and every `x-amz-` header that came, and every name it lists must have come;
    /// only the session token may stay outside, as it is compared with the one we know.
    private func checkCoverage(
        of request: SigningRequest, by signedHeaders: Set<String>
    ) throws(SignatureError) {
        let present = Set(request.headers.map { $0.name.lowercased() })
        guard signedHeaders.contains("host") else {
            throw .incompleteSignature(
                detail: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
        }
        for name in present where name.hasPrefix("x-amz-") && name != "x-amz-security-token" {
            guard signedHeaders.contains(name) else {
                throw .incompleteSignature(detail: "'\(name)' must be a 'SignedHeader' in the AWS Authorization.")
            }
        }
        guard signedHeaders.isSubset(of: present) else {
            throw .incompleteSignature(detail: "'SignedHeaders' names a header that the request does not hold.")
        }
    }
}
