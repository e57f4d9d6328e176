/// The places where credentials are looked for, one after the other.
///
/// The first that is configured decides: where it gives none, that is an error, as the next place could quietly hold
/// credentials of another account.
package struct CredentialChain: AWSCredentialSource {
    private let sources: [any AWSCredentialSource]

    /// Makes a chain of any places.
    package init(_ sources: [any AWSCredentialSource]) { self.sources = sources }

    /// The chain that AWS's own tools have: the environment, the profile, the web identity of a pod, the agent of a
    /// container, the metadata service of a machine.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Standardized credential providers".
    ///
    /// - Parameters:
    ///   - surroundings: The world outside.
    ///   - settings: What environment and profile say.
    /// - Returns: The chain.
    package static func standard(in surroundings: AWSSurroundings, settings: AWSSettings) -> CredentialChain {
        CredentialChain([
            EnvironmentCredentialSource(variables: surroundings.variables),
            ProfileCredentialSource(surroundings),
            WebIdentityCredentialSource(surroundings, settings: settings),
            ContainerCredentialSource(surroundings),
            InstanceMetadataCredentialSource(surroundings, settings: settings),
        ])
    }

    package var name: String { sources.map(\.name).joined(separator: ", ") }

    package func load() async throws -> AWSCredentials? {
        for source in sources {
            if let credentials = try await source.load() { return credentials }
        }
        return nil
    }
}

/// Credentials of a role that is assumed with those of another source.
package struct AssumedRoleCredentialSource: AWSCredentialSource {
    private let role: AssumedRole
    private let base: any AWSCredentialProvider
    private let surroundings: AWSSurroundings
    private let settings: AWSSettings
    private let region: String

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - base: The credentials that may assume it.
    ///   - surroundings: The world outside.
    ///   - settings: What environment and profile say.
    ///   - region: Where the token service is asked, unless environment or profile name a region.
    package init(
        _ role: AssumedRole, over base: any AWSCredentialProvider, in surroundings: AWSSurroundings,
        settings: AWSSettings, region: String
    ) {
        self.role = role
        self.base = base
        self.surroundings = surroundings
        self.settings = settings
        self.region = region
    }

    package var name: String { "the role \(role.arn)\(role.externalID.map { " with the external id \($0)" } ?? "")" }

    package func load() async throws -> AWSCredentials? {
        try await surroundings.tokenService(settings, region: region, credentials: base) { client in
            try await client.assume(role)
        }
    }
}
