extension S3Client {
    /// The longest that a presigned URL holds, in seconds.
    package static let longestPresigning = 604_800

    /// A URL that anyone can read an object with for a while, no longer than the credentials themselves hold.
    ///
    /// Source: Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters".
    ///
    /// - Parameters:
    ///   - location: The object.
    ///   - duration: How long it holds, in whole seconds from one to ``longestPresigning``; less or more is taken for
    ///     these.
    ///   - contentType: What the answer's `content-type` says in place of the object's own.
    ///   - contentDisposition: What its `content-disposition` says.
    /// - Returns: The URL.
    /// - Throws: ``AWSCredentialError``, `CancellationError`.
    package func presignedURL(
        of location: S3Location, expiresAfter duration: Duration, contentType: String? = nil,
        contentDisposition: String? = nil
    ) async throws -> String {
        let (endpoint, path) = address(of: location)
        let overrides = [
            contentType.map { (name: "response-content-type", value: $0) },
            contentDisposition.map { (name: "response-content-disposition", value: $0) },
        ].compactMap { $0 }
        let target = overrides.isEmpty ? path : "\(path)?\(AWSRequest.query(overrides))"
        let seconds = min(max(1, Int(duration.components.seconds)), Self.longestPresigning)
        return try await client.presignedURL(
            "GET", target, endpoint: endpoint, service: .s3, region: endpoint.signingRegion ?? region,
            expiresIn: seconds)
    }
}
