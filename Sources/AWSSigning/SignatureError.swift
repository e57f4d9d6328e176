package import WallClock

/// Why a service refuses a signed request.
///
/// The descriptions follow the wording of AWS, which some clients match; none holds a secret or echoes a header.
package enum SignatureError: Error, Hashable, Sendable {
    /// There is no `authorization` header. AWS answers MissingAuthenticationTokenException.
    case missingAuthentication
    /// The header is there and cannot be read, or does not cover what it must; the text says which part. AWS answers
    /// IncompleteSignatureException.
    case incompleteSignature(detail: String)
    /// Nobody has that access key, or the session token is not the one that goes with it. AWS answers
    /// UnrecognizedClientException for both.
    case unknownAccessKey
    /// The signature is another than ours: the secret or some part of the request differs. AWS answers
    /// InvalidSignatureException.
    case signatureMismatch
    /// The request was signed too far from `now`, in the past or in the future. AWS answers InvalidSignatureException.
    case expired(signedAt: Timestamp, now: Timestamp)
}

extension SignatureError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missingAuthentication: "Missing Authentication Token"
        case .incompleteSignature(let detail): detail
        case .unknownAccessKey: "The security token included in the request is invalid."
        case .signatureMismatch:
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                + "Access Key and signing method. Consult the service documentation for details."
        case .expired(let signedAt, let now):
            Self.expiry(signedAt: signedAt, now: now)
        }
    }

    private static func expiry(signedAt: Timestamp, now: Timestamp) -> String {
        let minutes = SignatureVerifier.tolerance.components.seconds / 60
        if signedAt < now {
            let earliest = now.advanced(by: .zero - SignatureVerifier.tolerance)
            return "Signature expired: \(signedAt.iso8601Basic) is now earlier than \(earliest.iso8601Basic) "
                + "(\(now.iso8601Basic) - \(minutes) min.)"
        }
        let latest = now.advanced(by: SignatureVerifier.tolerance)
        return "Signature not yet current: \(signedAt.iso8601Basic) is still later than \(latest.iso8601Basic) "
            + "(\(now.iso8601Basic) + \(minutes) min.)"
    }
}
