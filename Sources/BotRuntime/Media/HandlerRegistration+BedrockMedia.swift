package import AWSClient
package import BotConfiguration
import Bedrock
package import Logging
import MediaGeneration

extension HandlerRegistration {
    /// Image bots whose model stands behind Amazon Bedrock.
    ///
    /// - Parameters:
    ///   - clients: Gives what signs and sends for a bot; bots without credentials of their own share one.
    ///   - endpoints: Where the service of each region is found.
    ///   - logger: Gets what the upstream tells beside its answers.
    /// - Returns: The registration.
    package static func bedrockImages(
        clients: @escaping @Sendable (BotConfig) throws -> AWSClient, endpoints: AWSEndpointResolver, logger: Logger
    ) -> HandlerRegistration {
        HandlerRegistration(kind: .image, provider: .bedrock) { config, services in
            guard let shape = ImageModelShapes.find(modelID: config.model.baseID) else {
                throw BotFactoryError(
                    .cannotBuild, bot: config.name,
                    message: "how the image model '\(config.model.baseID)' is asked is not known")
            }
            let client = try clients(config)
            func route(_ region: String, _ modelID: String) throws -> BedrockUpstream.Route {
                BedrockUpstream.Route(
                    client: try runtime(of: config, in: region, client, endpoints, logger), modelID: modelID)
            }
            let upstream = BedrockImageUpstream(
                try route(config.model.region, config.model.upstreamID),
                alternatives: try config.model.failover.map { try route($0.region, $0.upstreamID) },
                // The first event is our own status, so the model's silence is that after it.
                patience: min(config.limits.idleTimeout, config.limits.requestTimeout), shape: shape,
                guardrail: config.guardrail.map { GuardrailReference(id: $0.id, version: $0.version) }, logger: logger)
            return MediaBotHandler(name: "ImageBotHandler", config: config, upstream: upstream, services: services)
        }
    }

    /// Video bots whose model stands behind Amazon Bedrock.
    ///
    /// - Parameters:
    ///   - clients: Gives what signs and sends for a bot, to the model and to S3, where results are fetched; bots
    ///     without credentials of their own share one.
    ///   - endpoints: Where the services of each region are found.
    ///   - clock: What the waits between two looks at a job are measured with.
    ///   - logger: Gets what the upstream tells beside its answers.
    /// - Returns: The registration.
    package static func bedrockVideos(
        clients: @escaping @Sendable (BotConfig) throws -> AWSClient, endpoints: AWSEndpointResolver,
        clock: MonotonicClock = .continuous, logger: Logger
    ) -> HandlerRegistration {
        HandlerRegistration(kind: .video, provider: .bedrock) { config, services in
            guard let shape = VideoModelShapes.find(modelID: config.model.baseID) else {
                throw BotFactoryError(
                    .cannotBuild, bot: config.name,
                    message: "how the video model '\(config.model.baseID)' is asked is not known")
            }
            guard let output = config.model.output.flatMap({ S3Location(parsing: $0) }) else {
                throw BotFactoryError(
                    .cannotBuild, bot: config.name, message: "a video bot needs 'model.output': s3://bucket/prefix")
            }
            let client = try clients(config)
            let upstream = BedrockVideoUpstream(
                client: try runtime(of: config, in: config.model.region, client, endpoints, logger),
                modelID: config.model.upstreamID,
                shape: shape,
                storage: try S3Client(
                    client: client, endpoints: endpoints, region: config.model.region, timeout: fetchTimeout),
                output: output, clock: clock, logger: logger)
            return MediaBotHandler(name: "VideoBotHandler", config: config, upstream: upstream, services: services)
        }
    }

    /// How long a finished video may take to arrive.
    private static let fetchTimeout = Duration.seconds(180)

    private static func runtime(
        of config: BotConfig, in region: String, _ client: AWSClient, _ endpoints: AWSEndpointResolver,
        _ logger: Logger
    ) throws -> BedrockClient {
        BedrockClient(
            client: client, endpoint: try endpoints.endpoint(of: .bedrockRuntime, region: region),
            region: region, attemptLimit: config.setsMaxAttempts ? config.maxAttempts : nil, logger: logger)
    }
}
