import BotConfiguration
import BotRuntime
import ChatEvents
import HTTPTypes
import HummingbirdCore
import JSONCoding
import NIOCore
import PoeProtocol
import Secrets
import WallClock

/// A person's question to a bot, ready to be answered.
struct BotQuery: Sendable {
    let bot: ServedBot
    let generation: Generation
    let query: PoeQuery
    /// The key that the caller has shown.
    let accessKey: Secret
}

extension GatewayResponder {
    /// Reads the body of a call of Poe and does what it asks for, up to a query's answer.
    func react(
        to request: Request, _ reader: BodyReader, of bot: ServedBot, in generation: Generation,
        _ record: inout RequestRecord
    ) async throws -> Reaction {
        let body: [UInt8]
        switch try await reader.read(request) {
        case .complete(let bytes): body = bytes
        case .tooLarge: return .plain(tooLarge())
        case .busy: return .plain(tooManyBodies())
        case .truncated: return .plain(PlainAnswer(.badRequest, detail: "The request body ends too early"))
        }
        record.requestBytes = body.count
        let call: PoeRequest
        do { call = try PoeRequest.decode(body) } catch {
            return .plain(PlainAnswer(.badRequest, detail: error.message))
        }
        switch call {
        case .query(let query):
            record.poeType = "query"
            let key = BearerKey.token(of: request.headers[.authorization])
            return .query(
                BotQuery(bot: bot, generation: generation, query: query, accessKey: Secret(String(key ?? ""))))
        case .settings:
            record.poeType = "settings"
            guard let handler = bot.handler else {
                return .plain(botAnswer(PlainAnswer(.serviceUnavailable, detail: "The bot is not available"), bot))
            }
            return .plain(botAnswer(PlainAnswer(json: PoeSettings(handler.config).json), bot))
        case .reportFeedback(let report):
            record.poeType = "report_feedback"
            record.report = Self.shortened(report.feedback)
            return .plain(botAnswer(PlainAnswer(json: [:]), bot))
        case .reportReaction(let report):
            record.poeType = "report_reaction"
            record.report = Self.shortened(report.reaction)
            return .plain(botAnswer(PlainAnswer(json: [:]), bot))
        case .reportError(let report):
            record.poeType = "report_error"
            let text = Self.shortened(report.message)
            record.report = text
            state.complaints.add(text, about: bot.name, at: state.wallClock.now())
            return .plain(botAnswer(PlainAnswer(json: [:]), bot))
        case .unknown:
            record.poeType = "unknown"
            return .plain(botAnswer(PlainAnswer(.notImplemented, detail: "Unsupported request type"), bot))
        }
    }

    private func botAnswer(_ answer: PlainAnswer, _ bot: ServedBot) -> PlainAnswer {
        answer.adding(.botDigest, bot.digest.text)
    }

    /// A stranger's text as a part of a log line.
    private static func shortened(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(500) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: line.append(" ")
            default: line.append(scalar)
            }
        }
        return String(line)
    }
}

// MARK: - Answering a query

extension GatewayResponder {
    /// Answers a query on a response whose head has been sent.
    ///
    /// `meta` goes out before anything else happens. Whatever follows is told in the protocol: there is no status code
    /// to change any more.
    ///
    /// - Throws: When the client has left before the answer began.
    func answer(
        _ query: BotQuery, requestID: RequestID, on channel: any Channel,
        to sink: inout PoeAnswerSink<some ResponseBodyWriter & Sendable>
    ) async throws -> Answer {
        try await sink.start()
        let handler: any BotHandler
        switch query.bot.service {
        case .ready(let ready): handler = ready
        case .disabled:
            return try await refuse(.botUnavailable, "the bot is switched off", requestID: requestID, to: &sink)
        case .unavailable(let reason): return try await refuse(.botUnavailable, reason, requestID: requestID, to: &sink)
        }
        let gate = query.bot.gate
        switch gate.enter(limits: handler.config.limits, at: state.clock.now()) {
        case .tooManyAtOnce(let limit):
            return try await refuse(.overloaded, "\(limit) answers at once", requestID: requestID, to: &sink)
        case .tooManyPerMinute(let limit):
            return try await refuse(.overloaded, "\(limit) requests in a minute", requestID: requestID, to: &sink)
        case nil: break
        }
        defer { gate.leave() }

        let choices: ParameterChoices
        do { choices = try ControlValues.choices(in: query.query, of: handler.config) } catch {
            return try await refuse(error, requestID: requestID, to: &sink)
        }
        let call = AnswerCall(
            requestID: requestID.text, skipsSystemPrompt: query.query.skipsSystemPrompt, choices: choices)
        let ticket = state.answers.add(call.control, generation: query.generation.ordinal)
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

        sink.show(handler.config.poe.showReasoning)
        let adapter = PoeChatAdapter(
            expandsTextAttachments: handler.config.expandTextAttachments,
            enablesImageComprehension: handler.config.enableImageComprehension)
        let reading = AttachmentReading(config: handler.config, loader: state.attachments)
        let wanted = adapter.files(of: query.query).map(RemoteFile.init)
        let loaded: LoadedAttachments
        do {
            loaded = try await reading.load(wanted, until: departure) { try await sink.keepAlive() }
        } catch {
            return Answer(ending: .abandoned)
        }
        defer { loaded.release() }
        if let failure = reading.failure(of: wanted, in: loaded) {
            return try await refuse(failure, requestID: requestID, to: &sink)
        }
        var request = adapter.chatRequest(for: query.query, files: reading.files(of: wanted, in: loaded))
        request.overrides = choices.overrides
        if request.tools != nil { sink.tellToolCalls(answerID: requestID.text) }
        guard
            let charge = state.charging?.charge(
                handler.config, queryID: query.query.botQueryID, accessKey: query.accessKey, requestID: requestID.text)
        else { return await handler.answer(request, call: call, to: &sink) }
        return try await answer(request, call, from: handler, for: charge, until: departure, to: &sink)
    }

    /// Answers a query that its user pays for: reserves, answers, charges, and only then ends the response, as Poe may
    /// take no cost of a query that is over.
    private func answer(
        _ request: ChatRequest, _ call: AnswerCall, from handler: any BotHandler, for charge: PoeCharge,
        until departure: Latch<Void>, to sink: inout PoeAnswerSink<some ResponseBodyWriter & Sendable>
    ) async throws -> Answer {
        let reserved: AnswerCharge
        do {
            reserved = try await charge.authorize(
                handler.bound(of: request, call: call), until: departure
            ) { try await sink.keepAlive() }
        } catch let failure as ChatFailure {
            let presented = state.services.errors.present(failure, requestID: call.requestID)
            try await sink.finish([], .failed(presented))
            let result: AnswerCharge.Result = failure.kind == .insufficientFunds ? .insufficientFunds : .failed
            return Answer(ending: .failed(presented), charge: AnswerCharge(result))
        } catch {
            return Answer(ending: .abandoned)
        }
        sink.holdEnd()
        var answer = await handler.answer(request, call: call, to: &sink)
        let charged = await charge.capture(answer, after: reserved)
        answer.charge = charged
        guard answer.ending != .abandoned else { return answer }
        var failure: PresentedFailure?
        if charged.result == .insufficientFunds {
            let cause = ChatFailure(.insufficientFunds, detail: "the charge was refused after the answer")
            failure = state.services.errors.present(cause, requestID: call.requestID)
        }
        try await sink.end(failure)
        return answer
    }

    private func refuse(
        _ kind: ChatFailure.Kind, _ detail: String, requestID: RequestID,
        to sink: inout PoeAnswerSink<some ResponseBodyWriter & Sendable>
    ) async throws -> Answer {
        try await refuse(ChatFailure(kind, detail: detail), requestID: requestID, to: &sink)
    }

    private func refuse(
        _ failure: ChatFailure, requestID: RequestID,
        to sink: inout PoeAnswerSink<some ResponseBodyWriter & Sendable>
    ) async throws -> Answer {
        let failure = state.services.errors.present(failure, requestID: requestID.text)
        try await sink.finish([], .failed(failure))
        return Answer(ending: .failed(failure))
    }
}
