package import BotConfiguration
package import BotRuntime
package import JSONCoding
import Logging
import PoeProtocol
import Secrets

/// What a gateway makes of a bot, for people.
package struct BotDescription: Hashable, Sendable {
    /// The handler that the factory makes, and how it would call its model.
    package let handler: HandlerDescription
    /// What the bot answers when Poe asks for its settings.
    package let settings: JSONValue

    /// Describes a bot; nobody is called, and no secret is looked up.
    ///
    /// The way to the model is that of Amazon Bedrock, also for an environment whose gateways use the simulator: its
    /// port is known only while it runs.
    ///
    /// - Parameters:
    ///   - config: The bot.
    ///   - variables: Environment variables; those that name another endpoint count. Neither profiles nor the shared
    ///     AWS files do: a description is the same on every machine.
    /// - Throws: ``BotFactoryError`` when the bot cannot be made.
    package init(of config: BotConfig, variables: [String: String] = [:]) async throws {
        let connection = try UpstreamConnection(
            to: .aws(variables: variables.filter { Self.isOfEndpoint($0.key) }, files: NoFiles()), simulator: nil,
            userAgent: "botctl")
        let factory = BotFactory(
            registrations: connection.registrations(logger: Logger(label: "botctl.describe")) { _, _ in
                // A description sends nothing, so any key does.
                RotatingSecret(Secret(""))
            })
        let made = Result { try factory.makeHandler(for: config) }
        await connection.close()
        handler = try made.get().describe()
        settings = PoeSettings(config).json
    }

    /// Whether a variable says where a service is reached.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints", "Dual-stack and FIPS endpoints".
    private static func isOfEndpoint(_ variable: String) -> Bool {
        variable.hasPrefix("AWS_ENDPOINT_URL")
            || [
                "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
                // A bot is not made where this key would go to the endpoint in the clear.
                "AWS_BEARER_TOKEN_BEDROCK",
            ].contains(variable)
    }

    /// The description as one JSON object.
    package var json: JSONValue {
        [
            "handler": .string(handler.handler),
            "services": .array(
                handler.services.map { ["name": .string($0.name), "job": .string($0.job)] }),
            "upstream": [
                "operation": .string(handler.upstream.operation), "method": .string(handler.upstream.method),
                "url": .string(handler.upstream.url), "example_request": handler.upstream.exampleRequest,
            ],
            "poe_settings": settings,
        ]
    }
}
