import BotConfiguration
import BotRuntime
import HTTPTypes
import HummingbirdCore
import JSONCoding
import PoeProtocol
import Secrets
import WallClock

extension GatewayResponder {
    /// What a call of Poe leads to.
    private enum Reaction: Sendable {
        case plain(PlainAnswer)
        case query(BotQuery)
    }

    /// Answers a call of Poe whose key is right, or prepares the answer to its query.
    @inline(never) func prepare(
        _ call: ClientCall, of bot: ServedBot, in generation: Generation, _ record: inout RequestRecord
    ) async throws -> PreparedAnswer? {
        switch try await react(to: call, of: bot, in: generation, &record) {
        case .plain(let answer):
            try await send(answer, to: call, &record)
            return nil
        case .query(let query):
            record.status = 200
            return try await settled(prepare(query, call), call, bot, &record)
        }
    }

    /// The answer that is to run; of one that is over before, note is taken.
    func settled(
        _ preparation: Preparation, _ call: ClientCall, _ bot: ServedBot, _ record: inout RequestRecord
    ) throws -> PreparedAnswer? {
        switch preparation {
        case .ready(let prepared): return prepared
        case .over(let answer):
            try close(call.response, of: answer, by: bot, &record)
            return nil
        }
    }

    /// Reads the body of a call and does what it asks for, up to a query's answer.
    @inline(never) private func react(
        to client: ClientCall, of bot: ServedBot, in generation: Generation, _ record: inout RequestRecord
    ) async throws -> Reaction {
        let body: [UInt8]
        switch try await client.body.read(client.request) {
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
            let key = BearerKey.token(of: client.request.headers[.authorization])
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
            record.report = LogText(report.feedback).description
            return .plain(botAnswer(PlainAnswer(json: [:]), bot))
        case .reportReaction(let report):
            record.poeType = "report_reaction"
            record.report = LogText(report.reaction).description
            return .plain(botAnswer(PlainAnswer(json: [:]), bot))
        case .reportError(let report):
            record.poeType = "report_error"
            let text = LogText(report.message).description
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
}
