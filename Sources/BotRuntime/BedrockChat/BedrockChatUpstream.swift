import BotConfiguration
import Bedrock
package import ChatEvents
import ModelCatalog

/// A Bedrock model as the upstream of a chat bot.
package struct BedrockChatUpstream: DescribedUpstream {
    private let upstream: BedrockUpstream

    init(_ upstream: BedrockUpstream) { self.upstream = upstream }

    package func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        try await upstream.answer(request, requestID: requestID, deliver: deliver)
    }

    package func describe(_ request: ChatRequest) -> UpstreamDescription {
        let example = upstream.exampleRequest(for: request)
        return UpstreamDescription(
            operation: "ConverseStream", method: example.method, url: example.url, exampleRequest: example.body)
    }
}

extension ConverseModelTraits {
    /// What the model of a bot accepts, by the bot's config and the model's facts; what is not known is accepted.
    init(_ config: BotConfig) {
        let facts = config.model.facts
        let refusals = ModelRefusals(facts: facts)
        self.init(
            supportsSystemMessages: config.supportsSystemMessages,
            acceptsSamplingParameters: !refusals.sampling,
            temperatureExcludesTopP: refusals.temperatureWithTopP,
            acceptsAssistantPrefill: facts?.capabilities.assistantPrefill ?? false,
            minOutputTokens: refusals.maxTokensBelow, maxOutputTokens: facts?.maxOutputTokens)
    }
}
