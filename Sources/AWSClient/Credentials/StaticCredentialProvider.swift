package import AWSSigning

/// Keys that were known from the start, such as the simulator's.
package struct StaticCredentialProvider: AWSCredentialProvider {
    private let keys: SigningCredentials

    package init(_ keys: SigningCredentials) { self.keys = keys }

    package func credentials() async throws(AWSCredentialError) -> SigningCredentials { keys }
}
