import BotRuntime
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore

/// Answers every request of a gateway: finds out what is meant, then sends a plain answer or streams one.
///
/// Whatever prepares an answer is a function of its own that has returned when the answer runs, and is never inlined: an
/// answer may run for minutes beside thousands of others, and holds all that the functions beneath it hold.
struct GatewayResponder: Sendable {
    /// What can be said of a request before its body is read.
    enum Admission: Sendable {
        case answered(PlainAnswer)
        /// A call of Poe whose key is right.
        case poeCall(ServedBot, Generation)
        /// A call of the OpenAI-compatible door whose key counts.
        case openAICall(OpenAICall)
        /// A file that a bot made.
        case file(FileKey)
    }

    /// The response was not finished; the connection cannot be used again.
    struct Unfinished: Error {}

    let state: GatewayState

    /// Answers one request.
    ///
    /// - Throws: When the response could not be finished, so that the server closes the connection.
    @concurrent func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        let call = ClientCall(request, body: BodyReader(state), response: PendingResponse(writer), on: channel)
        let route = Route(target: request.head.path ?? "")
        var record = RequestRecord(call, to: route, start: state.clock.now())
        defer {
            call.body.release()
            log(record, of: route)
        }
        do {
            if call.staysOnLoop(for: route) {
                try await answer(call, to: route, &record)
            } else {
                try await awayFromLoop { try await answer(call, to: route, &record) }
            }
        } catch {
            record.outcome = .clientLeft
            throw error
        }
    }

    private func answer(_ call: ClientCall, to route: Route, _ record: inout RequestRecord) async throws {
        guard let prepared = try await prepare(call, to: route, &record) else { return }
        try await run(prepared, &record)
    }

    /// Answers a request, or prepares the answer of a bot.
    ///
    /// - Returns: The answer that is to run; nil when the request is answered.
    /// - Throws: When the response could not be finished.
    @inline(never) private func prepare(
        _ call: ClientCall, to route: Route, _ record: inout RequestRecord
    ) async throws -> PreparedAnswer? {
        switch admit(call.request, to: route, &record) {
        case .answered(let answer):
            try await send(answer, to: call, &record)
            return nil
        case .file(let key):
            try await sendFile(key, to: call, &record)
            return nil
        case .poeCall(let bot, let generation):
            try await call.askForBody()
            return try await prepare(call, of: bot, in: generation, &record)
        case .openAICall(let openAICall):
            try await call.askForBody()
            return try await prepare(call, openAICall, &record)
        }
    }

    /// The heads of the response to a call.
    func heads(for call: ClientCall) -> ResponseHeads { ResponseHeads(requestID: call.requestID, date: state.date) }

    /// Sends an answer that is known whole.
    @inline(never) func send(_ answer: PlainAnswer, to call: ClientCall, _ record: inout RequestRecord) async throws {
        record.status = answer.status.code
        if answer.status.code >= 400 { record.outcome = .refused }
        record.responseBytes = answer.body.count
        try await call.response.send(
            answer, head: heads(for: call).whole(answer), withoutBody: call.request.method == .head)
    }

    /// Takes note of how a bot's answer went.
    ///
    /// - Throws: ``Unfinished`` when the client has left before its end.
    @inline(never) func close(
        _ response: PendingResponse, of answer: Answer, by bot: ServedBot, _ record: inout RequestRecord
    ) throws {
        record.record(answer)
        bot.gate.history.add(answer, at: state.clock.now())
        record.status = response.status
        record.responseBytes = response.byteCount
        if answer.ending == .abandoned { throw Unfinished() }
    }

    @inline(never) private func log(_ record: RequestRecord, of route: Route) {
        let level: Logger.Level
        switch route {
        case .bot, .file, .openAI, .registryBots, .registryBot, .unknown: level = .info
        case .health, .readiness, .openAPI: level = .debug
        }
        record.log(to: state.logger, level: level, at: state.clock.now())
    }
}
