import AWSClient
import AWSSigning
import AsyncHTTPClient
import BedrockSimulator
import BotRuntime
import Logging

/// The way to the model service that a gateway's bots share.
struct UpstreamConnection: Sendable {
    private let httpClient: HTTPClient
    private let credentials: any AWSCredentialProvider
    private let endpoints: AWSEndpointResolver
    private let userAgent: String

    /// Opens the way.
    ///
    /// - Parameters:
    ///   - upstream: The service.
    ///   - simulator: Where the embedded simulator listens; needed for it only.
    ///   - userAgent: How the gateway names itself to the service.
    /// - Throws: ``GatewayError`` when the embedded simulator is wanted and not there.
    init(to upstream: GatewayConfiguration.Upstream, simulator: SimulatorAddress?, userAgent: String) throws {
        switch upstream {
        case .aws(let variables):
            credentials = EnvironmentCredentialProvider(variables: variables)
            endpoints = AWSEndpointResolver(variables: variables)
        case .simulator:
            guard let simulator else {
                throw GatewayError(.cannotReachUpstream, "the embedded simulator is not running")
            }
            // None of the caller's variables: they could lead somewhere that costs money.
            credentials = StaticCredentialProvider(SimulatorConfiguration.defaultCredentials)
            endpoints = AWSEndpointResolver(variables: [:], explicitURL: simulator.url)
        case .endpoint(let url, let keys):
            credentials = StaticCredentialProvider(keys)
            endpoints = AWSEndpointResolver(variables: [:], explicitURL: url)
        }
        self.userAgent = userAgent
        httpClient = makeHTTPClient()
    }

    /// What the bot factory can make over this connection.
    func registrations(logger: Logger) -> [HandlerRegistration] {
        let client = AWSClient(httpClient: httpClient, credentials: credentials, userAgent: userAgent)
        return [.bedrockChat(client: client, endpoints: endpoints, logger: logger)]
    }

    /// Closes all connections, after the last answer has ended.
    func close() async {
        do { try await httpClient.shutdown() } catch {
            // Only a client that was shut down before says this, and then nothing is left to do.
        }
    }
}
