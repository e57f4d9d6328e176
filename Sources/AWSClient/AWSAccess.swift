package import Secrets

/// How a process gets at AWS: what environment and shared files say, the credentials found there, and a client.
///
/// Make one for each process and HTTP client; everything that is kept (credentials, derived keys, quotas) is kept in it.
package struct AWSAccess: Sendable {
    /// What environment and shared files say.
    package let settings: AWSSettings
    /// Where the services are.
    package let endpoints: AWSEndpointResolver
    /// The credentials of the process, found by the standard chain.
    package let credentials: CachedCredentialProvider
    /// Sends requests with these credentials, and to Bedrock with an API key where the environment has one.
    package let client: AWSClient

    private let surroundings: AWSSurroundings
    private let kept = KeptProviders()

    /// Finds out how this process gets at AWS; no request is sent yet.
    ///
    /// `AWS_BEARER_TOKEN_BEDROCK` holds a Bedrock API key. The retries follow ``AWSSettings/retryPolicy`` and
    /// ``AWSSettings/attemptLimit``.
    ///
    /// - Parameters:
    ///   - surroundings: The world outside.
    ///   - settings: What environment and shared files say, from ``AWSSurroundings/settings(profile:)``.
    ///   - userAgent: How the client names itself.
    package init(_ surroundings: AWSSurroundings, settings: AWSSettings, userAgent: String) {
        self.surroundings = surroundings
        self.settings = settings
        endpoints = AWSEndpointResolver(settings: settings)
        let random = surroundings.pauses.random
        credentials = CachedCredentialProvider(
            CredentialChain.standard(in: surroundings, settings: settings), clock: surroundings.clock, random: random)
        client = AWSClient(
            transport: surroundings.transport, credentials: credentials,
            bearerToken: settings.variable("AWS_BEARER_TOKEN_BEDROCK").map { RotatingSecret(Secret($0)) },
            clock: surroundings.clock,
            userAgent: userAgent, retryPolicy: settings.retryPolicy,
            attemptLimit: settings.attemptLimit, pauses: surroundings.pauses)
    }

    /// A client with credentials of its own; one that was asked for before shares them.
    ///
    /// - Parameters:
    ///   - own: The credentials.
    ///   - region: Where the token service is asked for a role, unless environment or profile name a region. Bots of
    ///     other regions have credentials of their own, as the service of another partition knows no such role.
    /// - Returns: The client, with a quota of retries of its own.
    package func client(with own: OwnCredentials, region: String) -> AWSClient {
        let origin: KeptProviders.Origin
        let source: any AWSCredentialSource
        switch own {
        case .apiKey(let key): return client.authorized(by: NoCredentials(), bearerToken: key)
        case .role(let role):
            origin = .role(role)
            source = AssumedRoleCredentialSource(
                role, over: credentials, in: surroundings, settings: settings, region: region)
        case .profile(let name):
            origin = .profile(name)
            source = ProfileCredentialSource(surroundings, profile: name, region: region)
        }
        let provider = kept.provider(for: KeptProviders.Key(origin: origin, region: region)) {
            CachedCredentialProvider(source, clock: surroundings.clock, random: surroundings.pauses.random)
        }
        return client.authorized(by: provider)
    }

    /// Credentials in place of the process's own.
    package enum OwnCredentials: Sendable {
        /// A role that is assumed with the process's credentials.
        case role(AssumedRole)
        /// A profile of the shared files.
        case profile(String)
        /// A Bedrock API key.
        case apiKey(RotatingSecret)
    }
}
