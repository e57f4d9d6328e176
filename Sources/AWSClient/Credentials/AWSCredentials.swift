package import AWSSigning
package import WallClock

/// Keys with what is known of them.
package struct AWSCredentials: Hashable, Sendable {
    /// What requests are signed with.
    package let keys: SigningCredentials
    /// When they end; nil when that is not known, or never.
    package let expiration: Timestamp?
    /// The account that they belong to; nil when it is not known.
    package let accountID: String?

    /// Makes credentials.
    package init(_ keys: SigningCredentials, expiration: Timestamp? = nil, accountID: String? = nil) {
        self.keys = keys
        self.expiration = expiration
        self.accountID = accountID
    }
}

/// A place that may hold credentials, such as the environment or a metadata service.
package protocol AWSCredentialSource: Sendable {
    /// What the place is called in messages: "the environment".
    var name: String { get }

    /// Looks the credentials up.
    ///
    /// - Returns: The credentials; nil when the place is not configured, so that the next one may be asked.
    /// - Throws: ``AWSCredentialError`` when the place is configured and gives none: to go on would quietly use other
    ///   credentials. `CancellationError`.
    func load() async throws -> AWSCredentials?
}
