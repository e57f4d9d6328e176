package import BotConfiguration
package import ChatEvents
import ModelCatalog

/// Answers a chat with the text of one model.
///
/// A request takes one way: the bot's instructions and parameters are added, the token service checks the budget, the
/// streaming service asks the upstream and passes the answer on, the token service settles what it cost. Whatever
/// fails, the error service puts into words.
package struct ChatBotHandler: BotHandler {
    package let config: BotConfig
    private let upstream: any DescribedUpstream
    private let services: ServiceManager
    private let pacing: AnswerPacing

    /// A handler.
    ///
    /// - Parameters:
    ///   - config: The bot.
    ///   - upstream: The model service, set up for the bot's model.
    ///   - services: What all handlers share.
    package init(config: BotConfig, upstream: any DescribedUpstream, services: ServiceManager) {
        self.config = config
        self.upstream = upstream
        self.services = services
        pacing = AnswerPacing(limits: config.limits)
    }

    package func answer(_ request: ChatRequest, call: AnswerCall, to sink: inout some AnswerSink) async -> Answer {
        let prepared: PreparedChat
        do { prepared = try prepare(request, call) } catch {
            let ending = AnswerEnding.failed(services.errors.present(error, requestID: call.requestID))
            do { try await sink.finish([], ending) } catch { return Answer(ending: .abandoned) }
            return Answer(ending: ending)
        }
        let streamed = await services.streaming.stream(
            prepared.request, from: upstream, pacing: pacing, call: call, to: &sink)
        return settle(streamed, prepared)
    }

    /// A request as the upstream is asked, and what is known of it by then.
    private struct PreparedChat {
        var request: ChatRequest
        var estimatedInput = 0
        var leftOutMessages = 0
    }

    /// Adds what is the bot's own, and checks the budget.
    ///
    /// Never inlined: what it needs is gone while the answer runs.
    @inline(never) private func prepare(_ request: ChatRequest, _ call: AnswerCall) throws(ChatFailure) -> PreparedChat
    {
        var prepared = PreparedChat(request: complete(request, skippingSystemPrompt: call.skipsSystemPrompt))
        prepared.leftOutMessages = trim(&prepared.request)
        guard prepared.request.messages.contains(where: { $0.role == .user }) else {
            throw ChatFailure(.invalidRequest, detail: "the conversation holds no text of the user")
        }
        prepared.estimatedInput = try services.tokens.checkBudget(of: prepared.request, for: config)
        return prepared
    }

    @inline(never) private func settle(_ streamed: StreamedAnswer, _ prepared: PreparedChat) -> Answer {
        Answer(
            ending: streamed.ending,
            // Where the model never began to work nothing was used.
            tokens: streamed.firstEventLatency == nil
                ? nil
                : services.tokens.account(
                    usage: streamed.usage, estimatedInput: prepared.estimatedInput,
                    outputSizeInBytes: streamed.sizeInBytes, for: config),
            firstEventLatency: streamed.firstEventLatency, leftOutMessages: prepared.leftOutMessages)
    }

    package func bound(of request: ChatRequest, call: AnswerCall) -> AnswerCost? {
        var request = complete(request, skippingSystemPrompt: call.skipsSystemPrompt)
        _ = trim(&request)
        return services.tokens.bound(of: request, for: config)
    }

    package func describe() -> HandlerDescription {
        let limit = config.limits.maxInputTokens ?? config.model.facts?.contextTokens
        let example = complete(
            ChatRequest(messages: [ChatMessage(role: .user, text: "Hello")]), skippingSystemPrompt: false)
        return HandlerDescription(
            handler: "ChatBotHandler",
            services: [
                HandlerDescription.Service(
                    name: "TokenService",
                    job: limit.map { "checks input against about \($0) tokens" } ?? "counts tokens"),
                HandlerDescription.Service(
                    name: "StreamingService",
                    job: """
                        first event within \(config.limits.firstTokenTimeout), at most \(config.limits.idleTimeout) of \
                        silence, whole answer within \(config.limits.requestTimeout)
                        """),
                HandlerDescription.Service(name: "ErrorService", job: "puts failures into words for the user"),
            ],
            upstream: upstream.describe(example))
    }

    /// The request with the bot's own instructions and parameters.
    ///
    /// What the bot's config sets wins over what the caller hints at, and what the caller sets wins over both.
    private func complete(_ request: ChatRequest, skippingSystemPrompt: Bool) -> ChatRequest {
        var request = request
        if !skippingSystemPrompt, !config.systemPrompt.isEmpty {
            request.system = [config.systemPrompt, request.system].filter { !$0.isEmpty }.joined(separator: "\n\n")
        }
        RequestParameters(config).settle(&request)
        return request
    }

    /// Leaves out the oldest messages of a conversation that is too long, where the bot is set so.
    private func trim(_ request: inout ChatRequest) -> Int {
        guard config.historyTrim == .oldest,
            let limit = config.limits.maxInputTokens ?? config.model.facts?.contextTokens
        else { return 0 }
        return HistoryTrimmer(limit: limit).trim(&request)
    }
}
