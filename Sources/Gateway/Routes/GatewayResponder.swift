import BotConfiguration
import BotRuntime
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore

/// Answers every request of a gateway: finds out what is meant, then sends a plain answer or streams one.
struct GatewayResponder: Sendable {
    /// What a request leads to.
    enum Reaction: Sendable {
        case plain(PlainAnswer)
        case file(FileAnswer)
        case query(BotQuery)
        case completion(CompletionCall)
        case images(ImagesCall)
    }

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
        let requestID = request.headers[.requestID].flatMap(RequestID.init) ?? RequestID()
        var record = RequestRecord(requestID: requestID, start: state.clock.now())
        let route = Route(target: request.head.path ?? "")
        let body = BodyReader(state)
        defer { body.release() }
        do {
            let reaction: Reaction
            switch admit(request, to: route, &record) {
            case .answered(let answer): reaction = .plain(answer)
            case .file(let key): reaction = await open(key, for: request)
            case .poeCall(let bot, let generation):
                if Self.awaitsGoAhead(request) {
                    try await writer.writeInformationalHead(HTTPResponse(status: .continue))
                }
                reaction = try await react(to: request, body, of: bot, in: generation, &record)
            case .openAICall(let call):
                if Self.awaitsGoAhead(request) {
                    try await writer.writeInformationalHead(HTTPResponse(status: .continue))
                }
                reaction = try await react(to: request, body, call, &record)
            }
            let heads = ResponseHeads(requestID: requestID, date: state.date)
            switch reaction {
            case .plain(let answer):
                record.status = answer.status.code
                if answer.status.code >= 400 { record.outcome = .refused }
                record.responseBytes = answer.body.count
                try await writer.write(
                    response: heads.whole(answer),
                    body: request.method == .head ? ResponseBody() : answer.responseBody)
            case .file(let answer):
                record.status = answer.head.status.code
                let head = head(of: answer, requestID: requestID)
                if request.method == .get, let range = answer.range {
                    var body = SendableBodyWriter(try await writer.writeHead(head))
                    try await answer.write(to: &body)
                    try await body.finish(nil)
                    record.responseBytes = range.count
                } else {
                    try await writer.write(response: head, body: ResponseBody())
                }
            case .query(let query):
                record.status = 200
                var links = FileLinks(
                    files: state.files, publicURL: state.publicURL, request: request, logger: state.logger)
                links.uploading = state.uploads.map {
                    PoeFileUploading(
                        uploads: $0, files: state.files, accessKey: query.accessKey, clock: state.clock,
                        logger: state.logger)
                }
                var sink = PoeAnswerSink(
                    SendableBodyWriter(try await writer.writeHead(heads.of(query.bot).eventStream())), links: links)
                let answer = try await self.answer(query, requestID: requestID, on: channel, to: &sink)
                record.record(answer)
                query.bot.gate.history.add(answer, at: state.clock.now())
                record.responseBytes = sink.byteCount
                if answer.ending == .abandoned { throw Unfinished() }
            case .completion(let call):
                let response = PendingResponse(writer)
                let answer = try await self.answer(call, to: request, heads: heads, on: channel, response: response)
                try close(response, of: answer, by: call.bot, &record)
            case .images(let call):
                let response = PendingResponse(writer)
                let answer = try await self.answer(call, to: request, heads: heads, on: channel, response: response)
                try close(response, of: answer, by: call.bot, &record)
            }
        } catch {
            record.outcome = .clientLeft
            log(record, of: route)
            throw error
        }
        log(record, of: route)
    }

    /// Takes note of a response that the OpenAI-compatible door has sent, or could not send.
    private func close(
        _ response: PendingResponse, of answer: Answer, by bot: ServedBot, _ record: inout RequestRecord
    ) throws {
        record.record(answer)
        bot.gate.history.add(answer, at: state.clock.now())
        record.status = response.status
        record.responseBytes = response.byteCount
        if answer.ending == .abandoned { throw Unfinished() }
    }

    /// Whether the client sends its body only once it is told to.
    private static func awaitsGoAhead(_ request: Request) -> Bool {
        request.headers[.expect]?.lowercased() == "100-continue"
    }

    private func log(_ record: RequestRecord, of route: Route) {
        let level: Logger.Level
        switch route {
        case .bot, .file, .openAI, .registryBots, .registryBot, .unknown: level = .info
        case .health, .readiness, .openAPI: level = .debug
        }
        record.log(to: state.logger, level: level, at: state.clock.now())
    }
}
