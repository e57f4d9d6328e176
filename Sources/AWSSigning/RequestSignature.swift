/// A signature and the texts it was computed from.
package struct RequestSignature: Sendable {
    /// The request in the form that both sides compute.
    package let canonicalRequest: CanonicalRequest
    /// What the derived key signs: algorithm, time, scope and the hash of the canonical request.
    package let stringToSign: String
    /// The signature in lower-case hex.
    package let signature: String
    /// The access key id and the scope, joined by `/`.
    package let credential: String
    /// The headers that were signed and have to be sent besides those of the request.
    package let addedHeaders: [(name: String, value: String)]

    /// The value of the `authorization` header.
    package var authorization: String {
        "\(SigningAlgorithm.name) Credential=\(credential), SignedHeaders=\(canonicalRequest.signedHeaders), "
            + "Signature=\(signature)"
    }
}
