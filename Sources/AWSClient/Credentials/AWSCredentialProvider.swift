package import AWSSigning

/// Where the keys come from that requests are signed with.
///
/// Ask before every attempt: temporary keys change while a process runs, and a provider keeps them as long as they
/// are good.
package protocol AWSCredentialProvider: Sendable {
    /// Gives the keys to sign with now.
    ///
    /// - Returns: Keys that are good for at least the next request.
    /// - Throws: ``AWSCredentialError``, whose text names what was tried and what to do, never a secret;
    ///   `CancellationError`.
    func credentials() async throws -> SigningCredentials

    /// Tells that a service has called keys expired, so that the next ones asked for are others where there are any.
    func invalidate(_ keys: SigningCredentials) async
}

extension AWSCredentialProvider {
    package func invalidate(_ keys: SigningCredentials) async {}
}
