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
        case query(BotQuery)
    }

    /// What can be said of a request before its body is read.
    enum Admission: Sendable {
        case answered(PlainAnswer)
        /// A call of Poe whose key is right.
        case poeCall(ServedBot, Generation)
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
        do {
            let reaction: Reaction
            switch admit(request, to: route, &record) {
            case .answered(let answer): reaction = .plain(answer)
            case .poeCall(let bot, let generation):
                if request.headers[.expect]?.lowercased() == "100-continue" {
                    try await writer.writeInformationalHead(HTTPResponse(status: .continue))
                }
                reaction = try await react(to: request, of: bot, in: generation, &record)
            }
            switch reaction {
            case .plain(let answer):
                record.status = answer.status.code
                if answer.status.code >= 400 { record.outcome = .refused }
                record.responseBytes = answer.body.count
                try await writer.write(
                    response: head(of: answer, requestID: requestID),
                    body: request.method == .head ? ResponseBody() : answer.responseBody)
            case .query(let query):
                record.status = 200
                var sink = PoeAnswerSink(
                    SendableBodyWriter(try await writer.writeHead(streamHead(of: query, requestID: requestID))),
                    links: FileLinks(files: state.files, publicURL: state.publicURL, request: request))
                let answer = try await self.answer(query, requestID: requestID, on: channel, to: &sink)
                record.record(answer)
                record.responseBytes = sink.byteCount
                if answer.ending == .abandoned { throw Unfinished() }
            }
        } catch {
            record.outcome = .clientLeft
            log(record, of: route)
            throw error
        }
        log(record, of: route)
    }

    private func log(_ record: RequestRecord, of route: Route) {
        let level: Logger.Level
        switch route {
        case .bot, .file, .unknown: level = .info
        case .health, .readiness: level = .debug
        }
        record.log(to: state.logger, level: level, at: state.clock.now())
    }
}

// MARK: - Heads

extension GatewayResponder {
    private func head(of answer: PlainAnswer, requestID: RequestID) -> HTTPResponse {
        var fields = HTTPFields()
        fields.reserveCapacity(4 + answer.headers.count)
        fields.append(HTTPField(name: .contentType, value: answer.contentType))
        fields.append(HTTPField(name: .contentLength, value: String(answer.body.count)))
        fields.append(HTTPField(name: .date, value: state.date.value))
        fields.append(HTTPField(name: .requestID, value: requestID.text))
        for header in answer.headers { fields.append(HTTPField(name: header.name, value: header.value)) }
        return HTTPResponse(status: answer.status, headerFields: fields)
    }

    /// Source: Poe server-bot protocol, response to `query`, framing.
    private func streamHead(of query: BotQuery, requestID: RequestID) -> HTTPResponse {
        var fields = HTTPFields()
        fields.reserveCapacity(6)
        fields.append(HTTPField(name: .contentType, value: "text/event-stream; charset=utf-8"))
        fields.append(HTTPField(name: .cacheControl, value: "no-store"))
        fields.append(HTTPField(name: .accelBuffering, value: "no"))
        fields.append(HTTPField(name: .date, value: state.date.value))
        fields.append(HTTPField(name: .requestID, value: requestID.text))
        fields.append(HTTPField(name: .botDigest, value: query.bot.digest.text))
        return HTTPResponse(status: .ok, headerFields: fields)
    }
}
