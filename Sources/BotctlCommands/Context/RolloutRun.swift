import AsyncHTTPClient
import BotConfiguration
import Deployment
import Logging
import PoeProtocol
import Rollout
import Secrets
import SmokeTesting

/// A deploy with the real collaborators: a candidate gateway, the environment's gateway, one HTTP client.
struct RolloutRun: Sendable {
    let project: Project
    let store: StateStore
    let context: CommandContext
    let logger: Logger
    /// Where the gateway is; nil for the environment's own URL.
    var gatewayURL: String?
    /// The one key of all bots; nil for each bot's own.
    var accessKey: PoeAccessKey?

    /// Deploys a plan.
    func deploy(
        _ plan: Plan, options: RolloutOptions, onEvent: (RolloutEvent) -> Void
    ) async throws -> RolloutEnd {
        try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
            let environment = project.environment
            let secrets = context.secretResolver(root: project.root)
            let candidate = CandidateGateway(
                environment: environment.name, upstream: context.gatewayUpstream(environment.upstream),
                tool: Version.tool, secrets: secrets, catalog: context.catalog, logger: logger)
            let dependencies = RolloutDependencies(
                store: store, candidate: candidate, smoke: SmokeRunner(client: PoeClient(http: http)),
                gatewayURL: gatewayURL ?? environment.gatewayURL, upstream: environment.upstream.rawValue,
                accessKey: { [accessKey] config in
                    if let accessKey { return accessKey }
                    let references = config.poe.accessKey
                    await secrets.prepare([(references, config.name)], environment: environment.name)
                    return try secrets.accessKey(from: references, forBot: config.name, environment: environment.name)
                },
                wallClock: context.clock, randomText: { Secret.random(count: 32).reveal() })
            return try await Rollout(plan, of: project, options: options, dependencies: dependencies)
                .run(onEvent: onEvent)
        }
    }
}
