import BotConfiguration
import BotRuntime
import ChatEvents
import Deployment
import HTTPTypes
import HummingbirdCore
import JSONCoding
import NIOCore
import OpenAIProtocol
import WallClock

/// A call of the OpenAI-compatible door whose key counts.
struct OpenAICall: Sendable {
    let endpoint: OpenAIEndpoint
    let key: APIKey
    let generation: Generation
}

/// A request that a bot has let in.
struct AdmittedRequest {
    let handler: any BotHandler
    let call: AnswerCall
    /// With what the bot's gate says of its limits.
    let heads: ResponseHeads
    /// Set when the client leaves.
    let departure: Latch<Void>
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
    /// Reads what a call of the OpenAI-compatible door asks for, up to a completion's answer.
    func react(
        to request: Request, _ reader: BodyReader, _ call: OpenAICall, _ record: inout RequestRecord
    ) async throws -> Reaction {
        switch call.endpoint {
        case .models: return .plain(models(call))
        case .model(let id): return .plain(model(id, call, &record))
        case .missing: return .plain(PlainAnswer(.notFound, detail: "Not Found"))
        case .chatCompletions, .imageGenerations, .imageEdits: break
        }
        let body: [UInt8]
        switch try await bytes(of: request, reader, &record) {
        case .success(let bytes): body = bytes
        case .failure(let refused): return .plain(refused.answer)
        }
        do throws(OpenAIError) {
            return switch call.endpoint {
            case .imageEdits:
                .images(try changedImages(of: Self.form(body, request.headers[.contentType]), call, &record))
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
        of request: Request, _ reader: BodyReader, _ record: inout RequestRecord
    ) async throws -> Result<[UInt8], RefusedBody> {
        switch try await reader.read(request) {
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
    /// Lets a request in at a bot's gate, and ends its answer when the client leaves, the generation retires or the
    /// gateway stops.
    ///
    /// - Parameters:
    ///   - bot: The bot.
    ///   - generation: Where it belongs.
    ///   - heads: Makes the response's heads.
    ///   - channel: The client's connection.
    ///   - response: Where a refusal goes.
    ///   - body: Gives the answer.
    /// - Returns: How the answer went, or that it was refused.
    /// - Throws: When the response could not be sent, and what `body` throws.
    func withBot(
        _ bot: ServedBot, of generation: Generation, heads: ResponseHeads, on channel: any Channel,
        response: PendingResponse,
        _ body: (AdmittedRequest) async throws -> Answer
    ) async throws -> Answer {
        var heads = heads.of(bot)
        let handler: any BotHandler
        switch bot.service {
        case .ready(let ready): handler = ready
        case .disabled: return try await refuse(.botUnavailable, "the bot is switched off", heads, response)
        case .unavailable(let reason): return try await refuse(.botUnavailable, reason, heads, response)
        }
        let limits = handler.config.limits
        let refusal = bot.gate.enter(limits: limits, at: state.clock.now())
        let room = bot.gate.room(limits: limits, at: state.clock.now())
        heads.fields += room.headers
        switch refusal {
        case .tooManyAtOnce(let limit):
            return try await refuse(.overloaded, "\(limit) answers at once", retryAfter: 1, heads, response)
        case .tooManyPerMinute(let limit):
            return try await refuse(
                .overloaded, "\(limit) requests in a minute", retryAfter: room.secondsToNext, heads, response)
        case nil: break
        }
        defer { bot.gate.leave() }

        let call = AnswerCall(requestID: heads.requestID.text)
        let ticket = state.answers.add(call.control, generation: generation.ordinal)
        defer { state.answers.remove(ticket) }
        let connection = state.connections.connection(of: channel)
        let departure = Latch<Void>()
        let leave: @Sendable () -> Void = {
            call.control.abandon()
            departure.set(())
        }
        connection?.onLeave(leave)
        defer { connection?.onLeave(nil) }
        if connection == nil { leave() }
        return try await body(AdmittedRequest(handler: handler, call: call, heads: heads, departure: departure))
    }

    private func refuse(
        _ kind: ChatFailure.Kind, _ detail: String, retryAfter: Int? = nil, _ heads: ResponseHeads,
        _ response: PendingResponse
    ) async throws -> Answer {
        try await refuse(ChatFailure(kind, detail: detail), retryAfter: retryAfter, heads, response)
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
