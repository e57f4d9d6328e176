package import BotConfiguration
package import ChatEvents

/// Answers with a picture or a video: makes of a conversation what a generating model takes, and passes on what it
/// makes.
///
/// The newest message is the prompt, and the picture attached to it what the model starts from. A model that makes
/// files has no use for older words.
package struct MediaBotHandler: BotHandler {
    package let config: BotConfig
    private let name: String
    private let upstream: any MediaUpstream
    private let services: ServiceManager
    private let pacing: AnswerPacing

    /// A handler.
    ///
    /// - Parameters:
    ///   - name: What it is called when people ask: `ImageBotHandler`.
    ///   - config: The bot.
    ///   - upstream: The model service, set up for the bot's model.
    ///   - services: What all handlers share.
    init(name: String, config: BotConfig, upstream: any MediaUpstream, services: ServiceManager) {
        self.name = name
        self.config = config
        self.upstream = upstream
        self.services = services
        pacing = AnswerPacing(limits: config.limits)
    }

    package func answer(_ request: ChatRequest, call: AnswerCall, to sink: inout some AnswerSink) async -> Answer {
        let order: MediaOrder
        let share: ByteBudget.Share
        do {
            order = try MediaOrder(
                request, bot: call.choices.applied(to: config), skipsSystemPrompt: call.skipsSystemPrompt)
            share = try await admit(order)
        } catch {
            let ending = AnswerEnding.failed(services.errors.present(error, requestID: call.requestID))
            do { try await sink.finish([], ending) } catch { return Answer(ending: .abandoned) }
            return Answer(ending: ending)
        }
        defer { share.release() }
        let bill = MediaBill()
        let ordered = OrderedUpstream(
            upstream: upstream, order: order,
            call: MediaCall(requestID: call.requestID, bill: bill, files: services.files, share: share))
        let streamed = await services.streaming.stream(request, from: ordered, pacing: pacing, call: call, to: &sink)
        return Answer(
            ending: streamed.ending, tokens: services.tokens.account(bill, for: config),
            firstEventLatency: streamed.firstEventLatency)
    }

    package func bound(of request: ChatRequest, call: AnswerCall) -> AnswerCost? {
        guard
            let order = try? MediaOrder(
                request, bot: call.choices.applied(to: config), skipsSystemPrompt: call.skipsSystemPrompt)
        else { return nil }
        return upstream.bound(of: order)
    }

    /// Makes sure that there is room for what is ordered, in memory and where files are kept, before it is paid for.
    private func admit(_ order: MediaOrder) async throws(ChatFailure) -> ByteBudget.Share {
        let budget = services.fileBudget
        // A picture that is sent is there as bytes, in base64 and in the request's body.
        let expected = upstream.heldBytes + 4 * (order.picture?.bytes.count ?? 0)
        // One that takes more than all there is waits for the others, and is not refused for ever.
        guard let share = budget.share(of: min(expected, budget.limitInBytes)) else {
            throw ChatFailure(
                .overloaded,
                detail: "orders hold \(budget.usedBytes) bytes, and \(budget.limitInBytes) are allowed at once")
        }
        share.grow(to: expected)
        do throws(FileShelfError) {
            try await services.files.makeRoom(forBytes: upstream.fileBytes)
        } catch {
            throw ChatFailure(error)
        }
        return share
    }

    package func describe() -> HandlerDescription {
        HandlerDescription(
            handler: name,
            services: [
                HandlerDescription.Service(name: "TokenService", job: "counts what the files cost"),
                HandlerDescription.Service(
                    name: "StreamingService",
                    job: """
                        first sign of life within \(config.limits.firstTokenTimeout), whole answer within \
                        \(config.limits.requestTimeout)
                        """),
                HandlerDescription.Service(name: "ErrorService", job: "puts failures into words for the user"),
            ],
            upstream: upstream.describe(MediaOrder(prompt: "A lighthouse at dusk", picture: nil, bot: config)))
    }
}
