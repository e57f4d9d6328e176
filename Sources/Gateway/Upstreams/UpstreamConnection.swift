import AWSClient
import AWSConfigFiles
import AWSSigning
import AsyncHTTPClient
import BedrockSimulator
import BotConfiguration
import BotRuntime
import FileAccess
import Logging
import Secrets
import ServiceConnections

/// The way to the model service that a gateway's bots share.
struct UpstreamConnection: Sendable {
    private let httpClient: HTTPClient
    /// What all calls of models go over.
    private let connections: ConnectionPool
    private let endpoints: AWSEndpointResolver
    private let client: AWSClient
    /// How credentials of a bot's own are found; nil where all bots call with the same.
    private let access: AWSAccess?

    /// What stands in for every OpenAI-compatible service; nil where the bots' own are called.
    private let standIn: StandIn?

    private struct StandIn: Sendable {
        let baseURL: String
        let key: Secret
    }

    /// Opens the way.
    ///
    /// - Parameters:
    ///   - upstream: The service.
    ///   - simulator: Where the embedded simulator listens; needed for it only.
    ///   - userAgent: How the gateway names itself to the service.
    /// - Throws: ``GatewayError`` when the embedded simulator is wanted and not there, or a shared AWS file
    ///   cannot be used.
    init(to upstream: GatewayConfiguration.Upstream, simulator: SimulatorAddress?, userAgent: String) throws {
        switch upstream {
        case .aws(let variables, let files):
            let settings: AWSSettings
            do {
                let locations = AWSConfigFileLocations(variables: variables)
                settings = AWSSettings(variables: variables, profiles: try locations.load(from: files))
            } catch {
                throw GatewayError(.cannotReachUpstream, "an AWS configuration file cannot be used: \(error)")
            }
            let (httpClient, connections) = (makeHTTPClient(), ConnectionPool())
            let surroundings = AWSSurroundings(
                variables: variables, files: files, writer: AtomicFileWriter(),
                transport: HTTPTransport(httpClient, connections: connections))
            let access = AWSAccess(surroundings, settings: settings, userAgent: userAgent)
            self.init(
                httpClient, connections, endpoints: access.endpoints, client: access.client, access: access,
                standIn: nil)
        case .simulator:
            guard let simulator else {
                throw GatewayError(.cannotReachUpstream, "the embedded simulator is not running")
            }
            // None of the caller's variables: they could lead somewhere that costs money.
            self.init(
                url: simulator.url, credentials: SimulatorConfiguration.defaultCredentials, userAgent: userAgent)
        case .endpoint(let url, let keys): self.init(url: url, credentials: keys, userAgent: userAgent)
        }
    }

    /// Opens the way to one URL, with the same credentials for all bots.
    private init(url: String, credentials: SigningCredentials, userAgent: String) {
        let (httpClient, connections) = (makeHTTPClient(), ConnectionPool())
        self.init(
            httpClient, connections, endpoints: AWSEndpointResolver(variables: [:], explicitURL: url),
            client: AWSClient(
                transport: HTTPTransport(httpClient, connections: connections),
                credentials: StaticCredentialProvider(credentials), userAgent: userAgent),
            access: nil,
            // The one URL stands in for all services: a bot must not reach the real one behind its back.
            standIn: StandIn(baseURL: url + "/v1", key: Secret(credentials.secretAccessKey)))
    }

    private init(
        _ httpClient: HTTPClient, _ connections: ConnectionPool, endpoints: AWSEndpointResolver, client: AWSClient,
        access: AWSAccess?,
        standIn: StandIn?
    ) {
        self.standIn = standIn
        self.httpClient = httpClient
        self.connections = connections
        self.endpoints = endpoints
        self.client = client
        self.access = access
    }

    /// What the bot factory can make over this connection.
    ///
    /// - Parameters:
    ///   - logger: Gets what the upstream tells beside its answers.
    ///   - key: Finds the API key that a bot names, and follows its changes.
    /// - Returns: The registrations.
    func registrations(
        logger: Logger, key: @escaping @Sendable ([SecretReference], BotConfig) throws -> RotatingSecret
    ) -> [HandlerRegistration] {
        let clients: @Sendable (BotConfig) throws -> AWSClient = { [self] config in
            let made = try makeClient(for: config, key: key)
            if made.sendsBedrockKey { try checkEncryption(for: config, logger: logger) }
            return made
        }
        return [
            .bedrockChat(clients: clients, endpoints: endpoints, logger: logger),
            .bedrockImages(clients: clients, endpoints: endpoints, logger: logger),
            .bedrockVideos(clients: clients, endpoints: endpoints, logger: logger),
            .openAIChat(
                transport: HTTPTransport(httpClient, connections: connections), baseURL: standIn?.baseURL,
                standInKey: standIn?.key,
                key: key, logger: logger),
        ]
    }

    /// What signs and sends for a bot.
    private func makeClient(
        for config: BotConfig, key: ([SecretReference], BotConfig) throws -> RotatingSecret
    ) throws -> AWSClient {
        guard let access, let own = config.model.credentials else { return client }
        let credentials: AWSAccess.OwnCredentials =
            switch own {
            case .role(let arn, let externalID): .role(AssumedRole(arn: arn, externalID: externalID))
            case .profile(let name): .profile(name)
            case .apiKey(let references): .apiKey(try key(references, config))
            }
        return access.client(with: credentials, region: config.model.region)
    }

    /// Sees that a Bedrock API key does not go where anybody can read it.
    private func checkEncryption(for config: BotConfig, logger: Logger) throws {
        let endpoint = try endpoints.endpoint(of: .bedrockRuntime, region: config.model.region)
        guard endpoint.scheme == .http else { return }
        switch ClearTextReach(host: endpoint.host) {
        case .loopback: break
        case .privateNetwork:
            logger.warning(
                "the Bedrock API key is sent without encryption within the network",
                metadata: ["bot.name": "\(config.name)", "upstream.host": "\(endpoint.hostHeader)"])
        case .open:
            throw BotFactoryError(
                .cannotBuild, bot: config.name,
                message: "the Bedrock API key would be sent to \(endpoint.hostHeader) without encryption; use an "
                    + "https:// endpoint, or credentials that sign")
        }
    }

    /// Closes all connections, after the last answer has ended.
    func close() async {
        connections.shutDown()
        do { try await httpClient.shutdown() } catch {
            // Only a client that was shut down before says this, and then nothing is left to do.
        }
    }
}
