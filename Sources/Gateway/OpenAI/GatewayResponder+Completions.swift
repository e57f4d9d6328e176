import AttachmentFetching
import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import OpenAIProtocol
import WallClock

/// A chat completion that is asked for, ready to be answered.
struct CompletionCall: Sendable {
    /// What is asked.
    enum Question: Sendable {
        case whole(ChatRequest)
        /// Files have to be fetched first.
        case waiting(ChatCompletionRequest, CompletionFiles, for: [RemoteFile])
    }

    let bot: ServedBot
    let generation: Generation
    let question: Question
    /// Values of the bot's own parameters, by their names.
    let parameters: JSONObject
    let isStream: Bool
    let includesUsage: Bool
}

extension GatewayResponder {
    /// What a body asks of a bot.
    func completion(
        of body: JSONValue, _ call: OpenAICall, _ record: inout RequestRecord
    ) throws(OpenAIError) -> CompletionCall {
        let completion = try ChatCompletionRequest(body)
        let bot = try bot(named: completion.model, call, &record)
        let config = bot.handler?.config
        try completion.checkServed(parameters: ControlValues.names(of: config))
        if let limit = config?.attachments.countLimit, completion.fileCount > limit {
            throw .invalid(
                "The messages hold \(completion.fileCount) files; the bot takes \(limit).", param: "messages",
                code: "too_many_files")
        }
        var files = CompletionFiles(sizeLimitInBytes: config?.attachments.sizeLimitInBytes ?? .max)
        let request = try ChatRequest(completion, files: &files)
        let remote = completion.remoteFiles
        var parameters = completion.additional
        // Of pictures and videos a seed is a parameter like others, within the model's own bounds.
        if let config, config.kind != .chat, let seed = completion.seed { parameters.append("seed", .integer(seed)) }
        return CompletionCall(
            bot: bot, generation: call.generation,
            question: remote.isEmpty ? .whole(request) : .waiting(completion, files, for: remote),
            parameters: parameters, isStream: completion.isStream, includesUsage: completion.includesUsage)
    }

    /// Prepares the answer to a chat completion: whole, or as a stream.
    @inline(never) func prepare(_ call: CompletionCall, _ client: ClientCall) async throws -> Preparation {
        let opened: OpenedAnswer
        do { opened = try open(call.bot, of: call.generation, for: client) } catch {
            return .over(try await refuse(error, heads(for: client, of: call.bot, error.room), client.response))
        }
        let heads = heads(for: client, of: call.bot)
        var isReady = false
        defer { if !isReady { opened.close() } }
        let preparation: Preparation
        switch call.question {
        case .whole(let question): preparation = try await prepare(question, call, opened, client, heads)
        case .waiting(let completion, let files, let remote):
            preparation = try await awayFromLoop {
                try await prepare(completion, files, with: remote, call, opened, client, heads)
            }
        }
        if case .ready = preparation { isReady = true }
        return preparation
    }

    /// Prepares the answer to a completion whose files have to be fetched first.
    @inline(never) private func prepare(
        _ completion: ChatCompletionRequest, _ files: CompletionFiles, with remote: [RemoteFile],
        _ call: CompletionCall, _ opened: OpenedAnswer, _ client: ClientCall, _ heads: ResponseHeads
    ) async throws -> Preparation {
        var files = files
        let config = opened.handler.config
        let reading = AttachmentReading(config: config, loader: state.attachments)
        let loaded: LoadedAttachments
        do {
            // A failure keeps its status as long as nothing is sent; a stream's head goes out with the first sign of
            // life, as proxies take a silent connection for a dead one.
            loaded = try await reading.load(remote, until: opened.departure) {
                guard call.isStream else { return }
                try await client.response.keepAlive(heads.eventStream())
            }
        } catch {
            return .over(Answer(ending: .abandoned))
        }
        if let (url, error) = loaded.failures.min(by: { $0.key < $1.key }) {
            loaded.release()
            return .over(
                try await refuse(
                    error, at: completion.place(of: url), limitInBytes: config.attachments.sizeLimitInBytes, heads,
                    client.response))
        }
        files.fetched = reading.files(of: remote, in: loaded)
        let question: ChatRequest
        do throws(OpenAIError) {
            question = try ChatRequest(completion, files: &files)
        } catch {
            loaded.release()
            return .over(try await refuse(error, heads, client.response))
        }
        return try await prepare(question, call, opened, client, heads, loaded)
    }

    @inline(never) private func prepare(
        _ question: ChatRequest, _ call: CompletionCall, _ opened: OpenedAnswer, _ client: ClientCall,
        _ heads: ResponseHeads, _ loaded: LoadedAttachments = LoadedAttachments()
    ) async throws -> Preparation {
        do { return .ready(try prepared(question, call, opened, client, heads, loaded)) } catch {
            loaded.release()
            return .over(try await refuse(error, heads, client.response))
        }
    }

    @inline(never) private func prepared(
        _ question: ChatRequest, _ call: CompletionCall, _ opened: OpenedAnswer, _ client: ClientCall,
        _ heads: ResponseHeads, _ loaded: LoadedAttachments
    ) throws(ChatFailure) -> PreparedAnswer {
        let config = opened.handler.config
        var (question, answerCall) = (question, opened.call)
        answerCall.choices = try ControlValues.choices(of: call.parameters, for: config, takesNumbersAsTexts: true)
        let chosen = answerCall.choices.overrides
        question.overrides.additional = chosen.additional
        question.overrides.thinking = question.overrides.thinking ?? chosen.thinking
        let identity = CompletionIdentity(
            requestID: client.requestID, created: Int(state.wallClock.now().millisecondsSinceEpoch / 1000),
            bot: config)
        let meter = CompletionMeter(estimatedInput: TokenEstimate(of: question).tokens)
        let links = links(for: client)
        let showsThoughts = config.poe.showReasoning == .quoted
        let sink: PreparedAnswer.Sink =
            call.isStream
            ? .free(
                CompletionStreamSink(
                    client.response, heads: heads, identity: identity, includesUsage: call.includesUsage, links: links,
                    showsThoughts: showsThoughts, meter: meter))
            : .free(
                CompletionWholeSink(
                    client.response, heads: heads, identity: identity, links: links, showsThoughts: showsThoughts,
                    meter: meter))
        return PreparedAnswer(
            to: client, of: call.bot, opened, request: question, call: answerCall, sink: sink, files: loaded)
    }

    /// What makes links of the files in an answer.
    func links(for client: ClientCall) -> FileLinks {
        FileLinks(files: state.files, publicURL: state.publicURL, request: client.request, logger: state.logger)
    }

    private func refuse(
        _ error: AttachmentError, at place: String?, limitInBytes: Int, _ heads: ResponseHeads,
        _ response: PendingResponse
    ) async throws -> Answer {
        switch error.code {
        case .busy: try await refuse(ChatFailure(.overloaded, detail: error.detail), retryAfter: 1, heads, response)
        case .tooLarge:
            try await refuse(
                .fileTooLarge(limitInBytes: limitInBytes, at: place ?? "messages"), detail: error.detail, heads,
                response)
        case .invalidURL, .hostNotAllowed, .addressNotPublic, .unknownHost, .unreachable, .refused, .badRedirect,
            .timedOut:
            try await refuse(.fileNotFetched(at: place), detail: error.detail, heads, response)
        }
    }
}
