package import BotConfiguration
package import BotRuntime
package import JSONCoding
import Logging
import PoeProtocol

/// What a gateway would make of a bot, without serving it.
package struct HandlerPreview: Sendable {
    /// What the bot factory makes.
    package let handler: HandlerDescription
    /// What Poe would be told of the bot.
    package let poeSettings: JSONValue

    /// The preview of a bot that calls the real model service; nothing is sent.
    ///
    /// - Parameters:
    ///   - config: The bot.
    ///   - variables: Environment variables that may name other endpoints.
    /// - Returns: The handler, its upstream call and the settings.
    /// - Throws: ``BotFactoryError`` when the factory cannot make the bot.
    package static func make(of config: BotConfig, variables: [String: String]) async throws -> HandlerPreview {
        let connection = try UpstreamConnection(to: .aws(variables: variables), simulator: nil, userAgent: "botctl")
        let result = Result {
            let registrations = connection.registrations(
                logger: Logger(label: "preview") { _ in SwiftLogNoOpLogHandler() })
            let handler = try BotFactory(registrations: registrations).makeHandler(for: config)
            return HandlerPreview(handler: handler.describe(), poeSettings: PoeSettings(config).json)
        }
        await connection.close()
        return try result.get()
    }
}
