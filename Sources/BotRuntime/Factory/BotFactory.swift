package import BotConfiguration

/// Makes the handler of a bot, at run time, from the bot's config.
///
/// No code is generated for a bot: a new model needs a configuration file and nothing else. A new kind of bot or a new
/// provider of models is one ``HandlerRegistration``.
package struct BotFactory: Sendable {
    private struct Key: Hashable {
        var kind: BotKind
        var provider: ModelReference.Provider
    }

    private let registrations: [Key: HandlerRegistration]
    /// What the handlers share.
    package let services: ServiceManager

    /// A factory.
    ///
    /// - Parameters:
    ///   - registrations: What can be made; of two for the same kind and provider the last counts.
    ///   - services: What the handlers share.
    package init(registrations: [HandlerRegistration], services: ServiceManager = ServiceManager()) {
        self.registrations = Dictionary(
            registrations.map { (Key(kind: $0.kind, provider: $0.provider), $0) }, uniquingKeysWith: { $1 })
        self.services = services
    }

    /// Makes a handler.
    ///
    /// - Parameter config: The bot.
    /// - Returns: What answers for it.
    /// - Throws: ``BotFactoryError``, which names the bot and says why.
    package func makeHandler(for config: BotConfig) throws(BotFactoryError) -> any BotHandler {
        guard let registration = registrations[Key(kind: config.kind, provider: config.model.provider)] else {
            throw BotFactoryError(
                .notAvailableYet, bot: config.name,
                message: "\(config.kind.rawValue) bots of the provider '\(config.model.provider.rawValue)' are not "
                    + "available yet")
        }
        // A bot that somebody wants watched must not answer unwatched, whichever layer said so.
        guard config.guardrail == nil || config.model.provider == .bedrock && config.kind != .video else {
            throw BotFactoryError(
                .cannotBuild, bot: config.name,
                message: "its guardrail cannot watch it: Bedrock's guardrails watch chat and image bots of Bedrock")
        }
        do {
            return try registration.build(config, services)
        } catch let error as BotFactoryError {
            throw error
        } catch {
            throw BotFactoryError(.cannotBuild, bot: config.name, message: "\(error)", cause: error)
        }
    }
}

/// How handlers of one kind and provider are made.
package struct HandlerRegistration: Sendable {
    package let kind: BotKind
    package let provider: ModelReference.Provider
    let build: @Sendable (BotConfig, ServiceManager) throws -> any BotHandler

    /// A registration.
    ///
    /// - Parameters:
    ///   - kind: The kind of bot that it makes.
    ///   - provider: The provider of the models that those bots call.
    ///   - build: Makes the handler of one bot; must neither block nor call anybody, as a gateway makes thousands.
    package init(
        kind: BotKind, provider: ModelReference.Provider,
        build: @escaping @Sendable (BotConfig, ServiceManager) throws -> any BotHandler
    ) {
        self.kind = kind
        self.provider = provider
        self.build = build
    }
}

/// Why a bot has no handler.
package struct BotFactoryError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure this is.
    package struct Code: Hashable, Sendable {
        private enum Value: Hashable { case notAvailableYet, cannotBuild }
        private let value: Value

        /// This version makes no bots of that kind and provider; a newer one may.
        package static let notAvailableYet = Code(value: .notAvailableYet)
        /// The config asks for something that its builder cannot do.
        package static let cannotBuild = Code(value: .cannotBuild)
    }

    package let code: Code
    /// The bot's name.
    package let bot: String
    /// Why, as a sentence without a full stop.
    package let message: String
    package let cause: (any Error)?

    package init(_ code: Code, bot: String, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.bot = bot
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
