package import AWSSigning

/// A source of the keys that requests are signed with.
///
/// Ask before every attempt: temporary keys change while a process runs, and a provider keeps them as long as they
/// are good.
package protocol AWSCredentialProvider: Sendable {
    /// Gives the keys to sign with now.
    ///
    /// - Returns: Keys that are good for at least the next request.
    /// - Throws: ``AWSCredentialError``, whose text names what was tried and what to do, never a secret.
    func credentials() async throws(AWSCredentialError) -> SigningCredentials
}
