package import Gateway
package import Logging
package import ModelCatalog
package import Secrets

/// The real gateway in this process, on a free port of 127.0.0.1, for as long as a candidate is asked.
package struct CandidateGateway: CandidateHost {
    /// How long an answer may go on after the last verdict: none is awaited any more.
    private static let drainTimeout: Duration = .seconds(1)

    private let environment: String
    private let upstream: GatewayConfiguration.Upstream
    private let tool: String
    private let secrets: SecretResolver
    private let catalog: ModelCatalog
    private let logger: Logger

    /// A host for candidates of one environment.
    ///
    /// - Parameters:
    ///   - environment: The environment's name.
    ///   - upstream: The environment's model service.
    ///   - tool: Name and version of this program.
    ///   - secrets: Where a bot's own secrets are found.
    ///   - catalog: Facts that fill what the bots' configurations leave open.
    ///   - logger: Gets the gateway's lines.
    package init(
        environment: String, upstream: GatewayConfiguration.Upstream, tool: String, secrets: SecretResolver,
        catalog: ModelCatalog = .embedded, logger: Logger
    ) {
        self.environment = environment
        self.upstream = upstream
        self.tool = tool
        self.secrets = secrets
        self.catalog = catalog
        self.logger = logger
    }

    package func serve<Value: Sendable>(
        _ bots: [GatewayBot], accessKey: Secret, _ body: (String) async throws -> Value
    ) async throws -> Value {
        var configuration = GatewayConfiguration(
            port: 0, environment: environment, replicaID: "candidate", upstream: upstream, tool: tool)
        configuration.drainTimeout = Self.drainTimeout
        let gateway = Gateway(
            configuration: configuration, source: .fixed(bots), secrets: secrets, catalog: catalog,
            accessKeyOverride: accessKey, logger: logger)
        do {
            return try await gateway.whileRunning { try await body($0.url) }
        } catch let error as GatewayError where error.code == .cannotBuild {
            throw CandidateRefusal(reason: error.message)
        } catch let error as GatewayError {
            throw RolloutError(
                .candidate, "the gateway for the candidate did not start: \(error.message)",
                hint: "nothing was written; what is deployed is unchanged", cause: error)
        }
    }
}
