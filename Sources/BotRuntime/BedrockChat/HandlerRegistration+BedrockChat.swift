package import AWSClient
import BotConfiguration
import Bedrock
package import Logging

extension HandlerRegistration {
    /// Chat bots whose model stands behind Amazon Bedrock.
    ///
    /// - Parameters:
    ///   - client: Signs and sends; shared by all bots.
    ///   - endpoints: Where the service of each region is found.
    ///   - logger: Gets what the upstream tells beside its answers, at debug level.
    /// - Returns: The registration.
    package static func bedrockChat(
        client: AWSClient, endpoints: AWSEndpointResolver, logger: Logger
    ) -> HandlerRegistration {
        HandlerRegistration(kind: .chat, provider: .bedrock) { config, services in
            let upstream = BedrockUpstream(
                client: client, endpoint: try endpoints.endpoint(of: .bedrockRuntime, region: config.model.region),
                region: config.model.region, modelID: config.model.upstreamID, traits: ConverseModelTraits(config),
                logger: logger)
            return ChatBotHandler(config: config, upstream: BedrockChatUpstream(upstream), services: services)
        }
    }
}
