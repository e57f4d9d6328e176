import BotConfiguration
import BotRuntime
import ChatEvents
import PoeProtocol
import Secrets

/// A person's question to a bot, ready to be answered.
final class BotQuery: Sendable {
    let bot: ServedBot
    let generation: Generation
    let query: PoeQuery
    /// The key that the caller has shown.
    let accessKey: Secret

    init(bot: ServedBot, generation: Generation, query: PoeQuery, accessKey: Secret) {
        self.bot = bot
        self.generation = generation
        self.query = query
        self.accessKey = accessKey
    }
}

extension GatewayResponder {
    /// Prepares the answer to a query.
    ///
    /// The head and `meta` go out before anything else happens. Whatever follows is told in the protocol: there is no
    /// status code to change any more.
    ///
    /// - Throws: When the client has left meanwhile.
    @inline(never) func prepare(_ query: BotQuery, _ client: ClientCall) async throws -> Preparation {
        var sink = makeSink(for: query, client)
        try await client.response.begin(heads(for: client).of(query.bot).eventStream())
        try await sink.start()
        let opened: OpenedAnswer
        do { opened = try open(query.bot, of: query.generation, for: client) } catch {
            return .over(try await refuse(error.failure, requestID: client.requestID.text, to: &sink))
        }
        var isReady = false
        defer { if !isReady { opened.close() } }
        let preparation = try await prepare(query, opened, client, to: &sink)
        if case .ready = preparation { isReady = true }
        return preparation
    }

    @inline(never) private func makeSink(for query: BotQuery, _ call: ClientCall) -> PoeAnswerSink {
        var links = FileLinks(
            files: state.files, publicURL: state.publicURL, request: call.request, logger: state.logger)
        links.uploading = state.uploads.map {
            PoeFileUploading(
                uploads: $0, files: state.files, accessKey: query.accessKey, clock: state.clock, logger: state.logger)
        }
        return PoeAnswerSink(call.response, links: links)
    }

    /// Prepares the answer to a query that its bot has let in.
    @inline(never) private func prepare(
        _ query: BotQuery, _ opened: OpenedAnswer, _ client: ClientCall, to sink: inout PoeAnswerSink
    ) async throws -> Preparation {
        var call = opened.call
        call.skipsSystemPrompt = query.query.skipsSystemPrompt
        do { call.choices = try choices(in: query.query, for: opened) } catch {
            return .over(try await refuse(error, requestID: call.requestID, to: &sink))
        }
        let wanted = wantedFiles(of: query.query, for: opened)
        guard !wanted.isEmpty else { return .ready(prepared(query, call, opened, client, sink)) }
        return try await awayFromLoop {
            try await prepare(query, call, opened, client, with: wanted, to: &sink)
        }
    }

    /// Prepares the answer to a query whose files have to be fetched first.
    @inline(never) private func prepare(
        _ query: BotQuery, _ call: AnswerCall, _ opened: OpenedAnswer, _ client: ClientCall,
        with wanted: [RemoteFile], to sink: inout PoeAnswerSink
    ) async throws -> Preparation {
        let reading = AttachmentReading(config: opened.handler.config, loader: state.attachments)
        let loaded: LoadedAttachments
        do {
            loaded = try await reading.load(wanted, until: opened.departure) { try await sink.keepAlive() }
        } catch {
            return .over(Answer(ending: .abandoned))
        }
        if let failure = reading.failure(of: wanted, in: loaded) {
            loaded.release()
            return .over(try await refuse(failure, requestID: call.requestID, to: &sink))
        }
        return .ready(
            prepared(query, call, opened, client, sink, files: reading.files(of: wanted, in: loaded), loaded))
    }

    @inline(never) private func prepared(
        _ query: BotQuery, _ call: AnswerCall, _ opened: OpenedAnswer, _ client: ClientCall, _ sink: PoeAnswerSink,
        files: [String: ChatEvents.Attachment] = [:], _ loaded: LoadedAttachments = LoadedAttachments()
    ) -> PreparedAnswer {
        let config = opened.handler.config
        var sink = sink
        sink.show(config.poe.showReasoning)
        var request = adapter(for: opened).chatRequest(for: query.query, files: files)
        request.overrides = call.choices.overrides
        if request.tools != nil { sink.tellToolCalls(answerID: call.requestID) }
        let charge = state.charging?.charge(
            config, queryID: query.query.botQueryID, accessKey: query.accessKey, requestID: call.requestID)
        return PreparedAnswer(
            to: client, of: query.bot, opened, request: request, call: call,
            sink: charge.map { .charged(sink, $0) } ?? .free(sink), files: loaded)
    }

    @inline(never) private func choices(
        in query: PoeQuery, for opened: OpenedAnswer
    ) throws(ChatFailure) -> ParameterChoices {
        try ControlValues.choices(in: query, of: opened.handler.config)
    }

    private func adapter(for opened: OpenedAnswer) -> PoeChatAdapter {
        let config = opened.handler.config
        return PoeChatAdapter(
            expandsTextAttachments: config.expandTextAttachments,
            enablesImageComprehension: config.enableImageComprehension)
    }

    @inline(never) private func wantedFiles(of query: PoeQuery, for opened: OpenedAnswer) -> [RemoteFile] {
        adapter(for: opened).files(of: query).map(RemoteFile.init)
    }

    @inline(never) private func refuse(
        _ failure: ChatFailure, requestID: String,
        to sink: inout PoeAnswerSink
    ) async throws -> Answer {
        let failure = state.services.errors.present(failure, requestID: requestID)
        try await sink.finish([], .failed(failure))
        return Answer(ending: .failed(failure))
    }
}
