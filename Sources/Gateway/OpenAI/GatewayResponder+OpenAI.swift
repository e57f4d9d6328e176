import BotConfiguration
import BotRuntime
import ChatEvents
import Deployment
import HTTPTypes
import HummingbirdCore
import JSONCoding
import OpenAIProtocol
import WallClock

/// A call of the OpenAI-compatible door whose key counts.
struct OpenAICall: Sendable {
    let endpoint: OpenAIEndpoint
    let key: APIKey
    let generation: Generation
}

// MARK: - Before the body

extension GatewayResponder {
    /// Finds out what a request to the OpenAI-compatible door may do, by its head alone.
    func admit(_ request: Request, to endpoint: OpenAIEndpoint, _ record: inout RequestRecord) -> Admission {
        record.openAIEndpoint = endpoint.name
        let path = request.head.path?.prefix { $0 != "?" }.prefix(Route.nameLimitInBytes) ?? ""
        if case .missing(let hint) = endpoint {
            let message = "Invalid URL (\(request.method) \(path))" + (hint.map { ". " + $0 } ?? "")
            return .answered(PlainAnswer(.notFound, .invalid(message, param: nil, code: "unknown_url")))
        }
        if let method = endpoint.method, request.method.rawValue != method {
            let error = OpenAIError.invalid(
                "Not allowed to \(request.method) on \(path). (HINT: Perhaps you meant to use \(method)?)", param: nil,
                code: "method_not_supported")
            return .answered(PlainAnswer(.methodNotAllowed, error).adding(.allow, method))
        }
        switch apiKey(of: request, &record) {
        case .refused(let answer): return .answered(answer)
        case .accepted(let key):
            guard !BodyReader.isAnnouncedTooLarge(request, limitInBytes: state.limits.bodyBytes) else {
                return .answered(openAITooLarge())
            }
            return .openAICall(OpenAICall(endpoint: endpoint, key: key, generation: state.current.snapshot))
        }
    }

    /// What a request's API key leads to.
    enum KeyOutcome {
        case accepted(APIKey)
        case refused(PlainAnswer)
    }

    /// Finds the API key of a request.
    func apiKey(of request: Request, _ record: inout RequestRecord) -> KeyOutcome {
        switch APIKeyCheck(request.headers[.authorization], among: state.keys, at: state.wallClock.now()) {
        case .missing:
            return unauthorized(
                "You didn't provide an API key. You need to provide your API key in an Authorization header using "
                    + "Bearer auth (i.e. Authorization: Bearer YOUR_KEY).", code: nil)
        case .wrong: return unauthorized("Incorrect API key provided.", code: "invalid_api_key")
        case .expired: return unauthorized("The API key provided has expired.", code: "invalid_api_key")
        case .accepted(let key):
            record.keyID = key.id
            return .accepted(key)
        }
    }

    private func unauthorized(_ message: String, code: String?) -> KeyOutcome {
        .refused(
            PlainAnswer(.unauthorized, .invalid(message, param: nil, code: code)).adding(.wwwAuthenticate, "Bearer"))
    }

    private func openAITooLarge() -> PlainAnswer {
        PlainAnswer(
            .contentTooLarge,
            .invalid(
                "The request body is longer than \(state.limits.bodyBytes) bytes.", param: nil,
                code: "request_too_large")
        ).adding(.connection, "close")
    }

    private func openAITooManyBodies() -> PlainAnswer {
        let error = OpenAIError(
            message: "The gateway is busy. Please try again in a moment.", type: "server_error",
            code: "service_unavailable")
        return PlainAnswer(.serviceUnavailable, error).adding(.shouldRetry, "true").adding(.retryAfter, "1")
            .adding(.connection, "close")
    }
}

// MARK: - The body

extension GatewayResponder {
    /// What a call of the OpenAI-compatible door leads to.
    private enum Reaction: Sendable {
        case plain(PlainAnswer)
        case completion(CompletionCall)
        case images(ImagesCall)
    }

    /// Answers a call of the OpenAI-compatible door whose key counts, or prepares the answer of a bot.
    @inline(never) func prepare(
        _ client: ClientCall, _ call: OpenAICall, _ record: inout RequestRecord
    ) async throws -> PreparedAnswer? {
        switch try await react(to: client, call, &record) {
        case .plain(let answer):
            try await send(answer, to: client, &record)
            return nil
        case .completion(let completion):
            return try await settled(prepare(completion, client), client, completion.bot, &record)
        case .images(let images):
            return try await settled(prepare(images, client), client, images.bot, &record)
        }
    }

    /// Reads what a call asks for, up to a bot's answer.
    @inline(never) private func react(
        to client: ClientCall, _ call: OpenAICall, _ record: inout RequestRecord
    ) async throws -> Reaction {
        switch call.endpoint {
        case .models: return .plain(models(call))
        case .model(let id): return .plain(model(id, call, &record))
        case .missing: return .plain(PlainAnswer(.notFound, detail: "Not Found"))
        case .chatCompletions, .imageGenerations, .imageEdits: break
        }
        let body: [UInt8]
        switch try await bytes(of: client, &record) {
        case .success(let bytes): body = bytes
        case .failure(let refused): return .plain(refused.answer)
        }
        do throws(OpenAIError) {
            return switch call.endpoint {
            case .imageEdits:
                .images(try changedImages(of: Self.form(body, client.request.headers[.contentType]), call, &record))
            case .imageGenerations: .images(try images(of: Self.json(body), call, &record))
            case .chatCompletions, .models, .model, .missing:
                .completion(try completion(of: Self.json(body), call, &record))
            }
        } catch {
            return .plain(PlainAnswer(Self.status(of: error), error))
        }
    }

    /// A request whose body cannot be read, and what is answered.
    private struct RefusedBody: Error {
        let answer: PlainAnswer

        init(_ answer: PlainAnswer) { self.answer = answer }
    }

    private func bytes(
        of client: ClientCall, _ record: inout RequestRecord
    ) async throws -> Result<[UInt8], RefusedBody> {
        switch try await client.body.read(client.request) {
        case .tooLarge: return .failure(RefusedBody(openAITooLarge()))
        case .busy: return .failure(RefusedBody(openAITooManyBodies()))
        case .truncated:
            let error = OpenAIError.invalid("The request body ends too early.", param: nil)
            return .failure(RefusedBody(PlainAnswer(.badRequest, error)))
        case .complete(let bytes):
            record.requestBytes = bytes.count
            return .success(bytes)
        }
    }

    private static func json(_ body: [UInt8]) throws(OpenAIError) -> JSONValue {
        do throws(JSONError) { return try JSONParser.parse(body, limits: JSONLimits(values: valueLimit)) } catch {
            throw .invalid(
                "We could not parse the JSON body of your request: \(error.reason) at byte \(error.offset).",
                param: nil)
        }
    }

    private static func form(_ body: [UInt8], _ contentType: String?) throws(OpenAIError) -> MultipartForm {
        do throws(MultipartForm.Fault) {
            if let form = try MultipartForm(body, contentType: contentType ?? "") { return form }
        } catch {
            throw .invalid("We could not parse the form of your request: \(error.reason).", param: nil)
        }
        throw .invalid(
            "Pictures are sent as a form: the Content-Type must be multipart/form-data.", param: nil,
            code: "unsupported_content_type")
    }

    /// How many JSON values a request may hold.
    private static var valueLimit: Int { 200_000 }

    /// The bot that a call names, if its key allows it.
    func bot(
        named name: String, _ call: OpenAICall, _ record: inout RequestRecord
    ) throws(OpenAIError) -> ServedBot {
        guard let bot = call.generation.bot(at: name) else { throw .unknownModel(name) }
        record.botName = bot.name
        record.botDigest = bot.digest.short
        guard call.key.allows(bot.name) else { throw .forbiddenModel(name) }
        return bot
    }

    /// The status of an error that is found while a request is read.
    static func status(of error: OpenAIError) -> HTTPResponse.Status {
        switch error.code {
        case OpenAIError.unknownModelCode: .notFound
        case OpenAIError.forbiddenModelCode: .forbidden
        default: .badRequest
        }
    }
}

// MARK: - The answer

extension GatewayResponder {
    /// The heads of the response to a call of a bot, with what its gate says of its limits.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - bot: The bot.
    ///   - room: What the gate has said; nil to ask it.
    /// - Returns: The heads.
    @inline(never) func heads(for call: ClientCall, of bot: ServedBot, _ room: BotGate.Room? = nil) -> ResponseHeads {
        var heads = heads(for: call).of(bot)
        guard case .ready(let handler) = bot.service else { return heads }
        heads.fields += (room ?? bot.gate.room(limits: handler.config.limits, at: state.clock.now())).headers
        return heads
    }

    /// Answers why a bot gives no answer.
    @inline(never) func refuse(
        _ refusal: AnswerRefusal, _ heads: ResponseHeads, _ response: PendingResponse
    ) async throws -> Answer {
        try await refuse(refusal.failure, retryAfter: refusal.retryAfter, heads, response)
    }

    /// Answers with a failure of the bot in place of an answer.
    func refuse(
        _ failure: ChatFailure, retryAfter: Int? = nil, _ heads: ResponseHeads, _ response: PendingResponse
    ) async throws -> Answer {
        let failure = state.services.errors.present(failure, requestID: heads.requestID.text)
        let answer = PlainAnswer(failure, retryAfter: retryAfter)
        try await response.send(answer, head: heads.whole(answer))
        return Answer(ending: .failed(failure))
    }

    /// Answers that the request is wrong, which only shows once the bot has let it in.
    ///
    /// The log says the detail, where one is given, in place of the error's message.
    func refuse(
        _ error: OpenAIError, detail: String? = nil, _ heads: ResponseHeads, _ response: PendingResponse
    ) async throws -> Answer {
        let failure = ChatFailure(.invalidRequest, detail: detail ?? error.message)
        let answer = PlainAnswer(.badRequest, error).adding(.shouldRetry, "false")
        try await response.send(answer, head: heads.whole(answer))
        return Answer(ending: .failed(state.services.errors.present(failure, requestID: heads.requestID.text)))
    }
}
