import NIOCore

extension S3Client {
    /// Makes sure that there are credentials that sign requests, without sending one.
    ///
    /// - Throws: ``AWSCredentialError``, `CancellationError`.
    package func checkCredentials() async throws { try await client.checkCredentials() }

    /// Reads an object of any size, piece by piece.
    ///
    /// - Parameters:
    ///   - location: The object.
    ///   - take: Gets the pieces in order; while it runs, nothing more is read. What it throws ends the reading.
    /// - Throws: One of the errors of ``S3Client``, or what `take` throws.
    package func read(_ location: S3Location, _ take: (_ piece: [UInt8]) async throws -> Void) async throws {
        let response = try await open(location)
        for try await piece in response.body { try await take(Array(piece.readableBytesView)) }
    }
}
