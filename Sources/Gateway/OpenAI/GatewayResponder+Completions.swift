import AttachmentFetching
import BotConfiguration
import BotRuntime
import ChatEvents
import HummingbirdCore
import JSONCoding
import NIOCore
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

    /// Answers a chat completion: whole, or as a stream.
    func answer(
        _ call: CompletionCall, to request: Request, heads: ResponseHeads, on channel: any Channel,
        response: PendingResponse
    ) async throws -> Answer {
        try await withBot(call.bot, of: call.generation, heads: heads, on: channel, response: response) { admitted in
            let links = FileLinks(
                files: state.files, publicURL: state.publicURL, request: request, logger: state.logger)
            switch call.question {
            case .whole(let question):
                return try await answer(question, call, admitted, links: links, response: response)
            case .waiting(let completion, var files, let remote):
                let config = admitted.handler.config
                let reading = AttachmentReading(config: config, loader: state.attachments)
                let loaded: LoadedAttachments
                do {
                    // A failure keeps its status as long as nothing is sent; a stream's head goes out with the first
                    // sign of life, as proxies take a silent connection for a dead one.
                    loaded = try await reading.load(remote, until: admitted.departure) {
                        guard call.isStream else { return }
                        try await response.keepAlive(admitted.heads.eventStream())
                    }
                } catch {
                    return Answer(ending: .abandoned)
                }
                defer { loaded.release() }
                if let (url, error) = loaded.failures.min(by: { $0.key < $1.key }) {
                    return try await refuse(
                        error, at: completion.place(of: url), limitInBytes: config.attachments.sizeLimitInBytes,
                        admitted.heads, response)
                }
                files.fetched = reading.files(of: remote, in: loaded)
                let question: ChatRequest
                do throws(OpenAIError) {
                    question = try ChatRequest(completion, files: &files)
                } catch {
                    return try await refuse(error, admitted.heads, response)
                }
                return try await answer(question, call, admitted, links: links, response: response)
            }
        }
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

    private func answer(
        _ question: ChatRequest, _ call: CompletionCall, _ admitted: AdmittedRequest, links: FileLinks,
        response: PendingResponse
    ) async throws -> Answer {
        let (handler, heads) = (admitted.handler, admitted.heads)
        var (question, answerCall) = (question, admitted.call)
        do {
            answerCall.choices = try ControlValues.choices(
                of: call.parameters, for: handler.config, takesNumbersAsTexts: true)
        } catch {
            return try await refuse(error, heads, response)
        }
        let chosen = answerCall.choices.overrides
        question.overrides.additional = chosen.additional
        question.overrides.thinking = question.overrides.thinking ?? chosen.thinking
        let identity = CompletionIdentity(
            requestID: heads.requestID, created: Int(state.wallClock.now().millisecondsSinceEpoch / 1000),
            bot: handler.config)
        let meter = CompletionMeter(estimatedInput: TokenEstimate(of: question).tokens)
        let showsThoughts = handler.config.poe.showReasoning == .quoted
        if call.isStream {
            var sink = CompletionStreamSink(
                response, heads: heads, identity: identity, includesUsage: call.includesUsage, links: links,
                showsThoughts: showsThoughts, meter: meter)
            return await handler.answer(question, call: answerCall, to: &sink)
        }
        var sink = CompletionWholeSink(
            response, heads: heads, identity: identity, links: links, showsThoughts: showsThoughts, meter: meter)
        return await handler.answer(question, call: answerCall, to: &sink)
    }
}
