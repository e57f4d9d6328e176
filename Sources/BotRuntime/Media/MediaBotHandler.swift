package import BotConfiguration
package import ChatEvents

/// Answers with a picture or a video: makes of a conversation what a generating model takes, and passes on what it
/// makes.
///
/// The newest message is the prompt, and the newest picture in the conversation what the model starts from. A model
/// that makes files has no use for older words.
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
        do {
            order = try MediaOrder(request, bot: config, skipsSystemPrompt: call.skipsSystemPrompt)
        } catch {
            let ending = AnswerEnding.failed(services.errors.present(error, requestID: call.requestID))
            do { try await sink.finish([], ending) } catch { return Answer(ending: .abandoned) }
            return Answer(ending: ending)
        }
        let streamed = await services.streaming.stream(
            request, from: OrderedUpstream(upstream: upstream, order: order), pacing: pacing, call: call, to: &sink)
        let made = upstream.amount(of: order, files: streamed.fileCount)
        return Answer(
            ending: streamed.ending,
            tokens: streamed.fileCount == 0
                ? nil
                : services.tokens.account(
                    usage: TokenUsage(input: 0, output: 0), estimatedInput: 0, outputSizeInBytes: 0,
                    images: made.images, videoSeconds: made.videoSeconds, for: config),
            firstEventLatency: streamed.firstEventLatency)
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

/// What is ordered of a generating model.
struct MediaOrder: Hashable, Sendable {
    let prompt: String
    /// What the model starts from.
    let picture: Attachment?
    let bot: BotConfig

    init(prompt: String, picture: Attachment?, bot: BotConfig) {
        self.prompt = prompt
        self.picture = picture
        self.bot = bot
    }

    /// The order in a conversation.
    ///
    /// - Throws: ``ChatFailure`` when nobody has said anything.
    init(_ request: ChatRequest, bot: BotConfig, skipsSystemPrompt: Bool) throws(ChatFailure) {
        guard let newest = request.messages.last(where: { $0.role == .user }) else {
            throw ChatFailure(
                .invalidRequest, detail: "the conversation holds no message of the user", advice: .describePicture)
        }
        let texts = newest.content.compactMap { if case .text(let text) = $0 { text } else { nil } }
        var words = texts.joined(separator: "\n")
        // An image model has no instructions, so those of the bot go in front of the prompt: a style, for example.
        if !skipsSystemPrompt, !bot.systemPrompt.isEmpty { words = bot.systemPrompt + "\n\n" + words }
        self.init(prompt: words, picture: Self.newestPicture(in: request.messages), bot: bot)
    }

    private static func newestPicture(in messages: [ChatMessage]) -> Attachment? {
        for message in messages.reversed() where message.role == .user {
            for case .attachment(let file) in message.content.reversed() where file.mediaType.sort == .image {
                return file
            }
        }
        return nil
    }
}

/// A service that makes files.
protocol MediaUpstream: Sendable {
    /// Makes what is ordered: statuses while it works, then the files, then `finished`.
    ///
    /// - Throws: ``ChatFailure``, `CancellationError`, or what `deliver` throws.
    func make(_ order: MediaOrder, requestID: String, deliver: ([ChatEvent]) async throws -> Void) async throws

    /// What is paid for an order that gave so many files.
    func amount(of order: MediaOrder, files: Int) -> (images: Int, videoSeconds: Int)

    /// The call that an order would become, without making it.
    func describe(_ order: MediaOrder) -> UpstreamDescription
}

/// A service with one order, as the streaming service asks it.
private struct OrderedUpstream: ChatUpstream {
    let upstream: any MediaUpstream
    let order: MediaOrder

    func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        try await upstream.make(order, requestID: requestID, deliver: deliver)
    }
}
