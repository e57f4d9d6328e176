import AWSSigning
import WallClock

/// Verifies signatures for the object store: in the headers, or in the query of a presigned URL.
struct ObjectAuthentication: Sendable {
    private let authenticator: Authenticator
    private let clock: WallClock

    init(_ configuration: SimulatorConfiguration) {
        authenticator = Authenticator(configuration)
        clock = configuration.clock
    }

    /// Checks a request.
    ///
    /// - Throws: ``ObjectError`` in the words of S3.
    func check(_ request: IncomingRequest) throws(ObjectError) {
        if request.target.parameter("X-Amz-Signature") != nil {
            try checkPresigned(request)
            return
        }
        guard let hash = request.header("x-amz-content-sha256") else {
            throw ObjectError(
                status: 400, code: "InvalidRequest",
                message: "Missing required header for this request: x-amz-content-sha256")
        }
        do throws(SignatureError) {
            _ = try authenticator.verify(request, bodyHash: hash)
        } catch {
            throw ObjectError(error)
        }
        guard hash == SigningRequest.unsignedPayload || hash == sha256Hex(request.body) else {
            throw ObjectError(
                status: 400, code: "XAmzContentSHA256Mismatch",
                message: "The provided 'x-amz-content-sha256' header does not match what was computed.")
        }
    }

    /// Checks the signature in a query.
    ///
    /// Source: Amazon S3 API reference, "Authenticating Requests: Using Query Parameters".
    private func checkPresigned(_ request: IncomingRequest) throws(ObjectError) {
        let target = request.target
        let credential = (target.parameter("X-Amz-Credential") ?? "").split(separator: "/").map(String.init)
        guard credential.count == 5, let date = target.parameter("X-Amz-Date"), let signedAt = Timestamp(iso8601: date),
            let seconds = target.parameter("X-Amz-Expires").flatMap(Int.init), (1...604_800).contains(seconds),
            let names = target.parameter("X-Amz-SignedHeaders")
        else {
            throw ObjectError(
                status: 400, code: "AuthorizationQueryParametersError",
                message: "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                    + "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
        }
        let token = target.parameter("X-Amz-Security-Token")
        guard let keys = authenticator.credentials(of: credential[0], sessionToken: token), keys.sessionToken == token
        else { throw ObjectError(.unknownAccessKey) }
        let age = clock.now().since(signedAt)
        guard age <= .seconds(seconds), age >= .zero - SignatureVerifier.tolerance else {
            throw ObjectError(status: 403, code: "AccessDenied", message: "Request has expired")
        }
        let signed = Set(names.split(separator: ";").map(String.init))
        let unsigned = SigningRequest(
            method: request.method, target: Self.withoutSignature(target),
            headers: request.headers.filter { signed.contains($0.name) }, bodyHash: SigningRequest.unsignedPayload)
        let signer = RequestSigner(
            credentials: keys, region: credential[2], service: credential[3],
            rules: SigningRules(path: .asSent, headers: .all))
        let expected = signer.presignature(of: unsigned, at: signedAt, expiresIn: seconds).signature.signature
        guard Self.isEqual(expected, target.parameter("X-Amz-Signature") ?? "") else {
            throw ObjectError(.signatureMismatch)
        }
    }

    /// The target without the parameters that signing adds.
    private static func withoutSignature(_ target: RequestTarget) -> String {
        let added = [
            "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders",
            "X-Amz-Security-Token", "X-Amz-Signature",
        ]
        let query = target.text.dropFirst(target.path.count + 1).split(separator: "&")
        let kept = query.filter { parameter in !added.contains { parameter.hasPrefix("\($0)=") } }
        return kept.isEmpty ? String(target.path) : "\(target.path)?\(kept.joined(separator: "&"))"
    }

    /// Compares without telling by the time where the texts differ.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        return left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension ObjectError {
    /// S3's answer to a signature that does not hold.
    init(_ error: SignatureError) {
        switch error {
        case .missingAuthentication: self = .accessDenied
        case .incompleteSignature(let detail):
            self.init(status: 400, code: "AuthorizationHeaderMalformed", message: detail)
        case .unknownAccessKey:
            self.init(
                status: 403, code: "InvalidAccessKeyId",
                message: "The AWS Access Key Id you provided does not exist in our records.")
        case .signatureMismatch:
            self.init(
                status: 403, code: "SignatureDoesNotMatch",
                message:
                    "The request signature we calculated does not match the signature you provided. Check your key "
                    + "and signing method.")
        case .expired:
            self.init(
                status: 403, code: "RequestTimeTooSkewed",
                message: "The difference between the request time and the current time is too large.")
        }
    }
}
