import BotConfiguration
import BotRuntime
import HTTPTypes
import HummingbirdCore
import JSONCoding

extension GatewayResponder {
    /// Finds out what a request may do, by its head alone.
    func admit(_ request: Request, to route: Route, _ record: inout RequestRecord) -> Admission {
        switch route {
        case .unknown: return .answered(PlainAnswer(.notFound, detail: "Not Found"))
        case .health:
            guard request.method == .get || request.method == .head else { return .answered(notAllowed("GET, HEAD")) }
            return .answered(PlainAnswer(json: ["status": "ok"]))
        case .readiness:
            guard request.method == .get || request.method == .head else { return .answered(notAllowed("GET, HEAD")) }
            return .answered(readiness())
        case .file(let token, let name):
            guard request.method == .get || request.method == .head else { return .answered(notAllowed("GET, HEAD")) }
            guard let key = FileKey(token: token, name: name) else {
                return .answered(PlainAnswer(.notFound, detail: "Not Found"))
            }
            return .file(key)
        case .openAI(let endpoint): return admit(request, to: endpoint, &record)
        case .bot(let name):
            // One snapshot for the whole request: a swap in between changes nothing for it.
            let generation = state.current.snapshot
            guard let bot = generation.bot(at: name) else {
                return .answered(PlainAnswer(.notFound, detail: "Not Found"))
            }
            record.botName = bot.name
            record.botDigest = bot.digest.short
            switch request.method {
            case .post: return admit(request, to: bot, in: generation)
            case .get: return .answered(PlainAnswer(html: Self.page))
            default: return .answered(notAllowed("GET, POST"))
            }
        }
    }

    private func admit(_ request: Request, to bot: ServedBot, in generation: Generation) -> Admission {
        switch BearerKey(checking: request.headers[.authorization], against: bot.accessKeys) {
        case .missing: return .answered(unauthorized("Not authenticated"))
        case .wrong: return .answered(unauthorized("Invalid access key"))
        case .accepted:
            let reader = BodyReader(limitInBytes: state.limits.bodyBytes)
            return reader.isAnnouncedTooLarge(request) ? .answered(tooLarge()) : .poeCall(bot, generation)
        }
    }

    /// Ready means that a generation is being served; the upstream and the store have no say in it.
    private func readiness() -> PlainAnswer {
        let generation = state.current.snapshot
        if state.draining.isSet { return PlainAnswer(.serviceUnavailable, json: ["status": "stopping"]) }
        guard generation.ordinal > 0 else {
            return PlainAnswer(.serviceUnavailable, json: ["status": "waiting for the first manifest", "serial": 0])
        }
        return PlainAnswer(json: [
            "status": "ready", "serial": .integer(generation.serial), "bots": .integer(generation.bots.count),
            "failed": .integer(generation.failed.count),
        ])
    }

    private func unauthorized(_ detail: String) -> PlainAnswer {
        PlainAnswer(.unauthorized, detail: detail).adding(.wwwAuthenticate, "Bearer")
    }

    private func notAllowed(_ methods: String) -> PlainAnswer {
        PlainAnswer(.methodNotAllowed, detail: "Method Not Allowed").adding(.allow, methods)
    }

    /// The rest of such a body is not worth reading, so the client is asked to take another connection.
    func tooLarge() -> PlainAnswer {
        PlainAnswer(
            .contentTooLarge, detail: "The request body is longer than \(state.limits.bodyBytes) bytes"
        ).adding(.connection, "close")
    }

    /// What a person sees who opens a bot's URL: that it works, and nothing else.
    private static let page = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Bot server</title></head>
        <body><h1>A bot server runs here</h1><p>It is served by botctl and speaks the Poe server-bot protocol.</p></body>
        </html>

        """
}
