package import AWSClient
package import BotConfiguration
import ChatEvents
package import Logging
import OpenAIUpstream
package import Secrets

extension HandlerRegistration {
    /// Chat bots whose model stands behind an OpenAI-compatible service.
    ///
    /// - Parameters:
    ///   - transport: Sends; shared by all bots.
    ///   - baseURL: Where all models are found, whatever their bots say; nil for where they say. A simulator stands in
    ///     for every service this way, and then no key is looked up.
    ///   - standInKey: The key for all of them beneath `baseURL`; nil for none.
    ///   - key: Finds the key that a bot names, and follows its changes.
    ///   - logger: Gets what the upstream tells beside its answers.
    /// - Returns: The registration.
    package static func openAIChat(
        transport: HTTPTransport, baseURL: String? = nil, standInKey: Secret? = nil,
        key: @escaping @Sendable ([SecretReference], BotConfig) throws -> RotatingSecret, logger: Logger
    ) -> HandlerRegistration {
        HandlerRegistration(kind: .chat, provider: .openai) { config, services in
            let url: String
            let ownKey: RotatingSecret?
            if let baseURL {
                (url, ownKey) = (baseURL, standInKey.map { RotatingSecret($0) })
            } else {
                guard let stated = config.model.baseURL else {
                    throw BotFactoryError(
                        .cannotBuild, bot: config.name,
                        message: "a model of the provider 'openai' needs 'model.base_url'")
                }
                url = stated
                ownKey = config.model.apiKey.isEmpty ? nil : try key(config.model.apiKey, config)
            }
            let upstream = OpenAIUpstream(
                OpenAIUpstream.Configuration(
                    baseURL: url, apiKey: ownKey, model: config.model.upstreamID, traits: OpenAIModelTraits(config),
                    maxAttempts: config.maxAttempts), transport: transport, logger: logger)
            return ChatBotHandler(config: config, upstream: OpenAIChatUpstream(upstream), services: services)
        }
    }
}

/// An OpenAI-compatible model as the upstream of a chat bot.
private struct OpenAIChatUpstream: DescribedUpstream {
    let upstream: OpenAIUpstream

    init(_ upstream: OpenAIUpstream) { self.upstream = upstream }

    func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        try await upstream.answer(request, requestID: requestID, deliver: deliver)
    }

    func describe(_ request: ChatRequest) -> UpstreamDescription {
        let example = upstream.exampleRequest(for: request)
        return UpstreamDescription(
            operation: "chat completions", method: example.method, url: example.url, exampleRequest: example.body)
    }
}
