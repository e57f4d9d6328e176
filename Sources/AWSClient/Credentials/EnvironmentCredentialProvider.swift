package import AWSSigning

/// Keys from the environment and from nowhere else; see ``EnvironmentCredentialSource``.
package struct EnvironmentCredentialProvider: AWSCredentialProvider {
    private let source: EnvironmentCredentialSource

    /// Makes a provider.
    ///
    /// - Parameter variables: The environment variables of the process.
    package init(variables: [String: String]) { source = EnvironmentCredentialSource(variables: variables) }

    package func credentials() async throws(AWSCredentialError) -> SigningCredentials {
        guard let credentials = try await source.load() else {
            throw AWSCredentialError(
                .notFound,
                message: "no AWS credentials: tried the environment, where AWS_ACCESS_KEY_ID is not set",
                hint: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN with temporary keys")
        }
        return credentials.keys
    }
}

extension EnvironmentCredentialProvider: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The variables hold secrets, and descriptions end up in logs.
    package var description: String { "EnvironmentCredentialProvider" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
