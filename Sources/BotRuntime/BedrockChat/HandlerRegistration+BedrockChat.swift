package import AWSClient
package import BotConfiguration
import Bedrock
package import Logging

extension HandlerRegistration {
    /// Chat bots whose model stands behind Amazon Bedrock.
    ///
    /// - Parameters:
    ///   - clients: Gives what signs and sends for a bot; bots without credentials of their own share one.
    ///   - endpoints: Where the service of each region is found.
    ///   - logger: Gets what the upstream tells beside its answers.
    /// - Returns: The registration.
    package static func bedrockChat(
        clients: @escaping @Sendable (BotConfig) throws -> AWSClient, endpoints: AWSEndpointResolver, logger: Logger
    ) -> HandlerRegistration {
        HandlerRegistration(kind: .chat, provider: .bedrock) { config, services in
            let client = try clients(config)
            func route(_ region: String, _ modelID: String) throws -> BedrockUpstream.Route {
                BedrockUpstream.Route(
                    client: BedrockClient(
                        client: client, endpoint: try endpoints.endpoint(of: .bedrockRuntime, region: region),
                        region: region, attemptLimit: config.setsMaxAttempts ? config.maxAttempts : nil, logger: logger),
                    modelID: modelID)
            }
            let upstream = BedrockUpstream(
                try route(config.model.region, config.model.upstreamID),
                alternatives: try config.model.failover.map { try route($0.region, $0.upstreamID) },
                patience: min(config.limits.firstTokenTimeout, config.limits.requestTimeout),
                traits: ConverseModelTraits(config), logger: logger)
            return ChatBotHandler(config: config, upstream: BedrockChatUpstream(upstream), services: services)
        }
    }
}
