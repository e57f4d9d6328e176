import BotConfiguration
import BotRuntime
import HTTPTypes
import HummingbirdCore
import JSONCoding
import OpenAIProtocol

extension GatewayResponder {
    /// Finds out what a request may do, by its head alone.
    @inline(never) func admit(_ request: Request, to route: Route, _ record: inout RequestRecord) -> Admission {
        switch route {
        case .unknown: return .answered(PlainAnswer(.notFound, detail: "Not Found"))
        case .health:
            if let refused = refused(request, RoutePattern.health) { return .answered(refused) }
            return .answered(PlainAnswer(json: ["status": "ok"]))
        case .readiness:
            if let refused = refused(request, RoutePattern.readiness) { return .answered(refused) }
            return .answered(readiness())
        case .openAPI:
            if let refused = refused(request, RoutePattern.openAPI) { return .answered(refused) }
            return .answered(OpenAPIDocument.answer.tagged(for: request))
        case .registryBots:
            if let refused = refused(request, RoutePattern.registryBots) { return .answered(refused) }
            switch apiKey(of: request, &record) {
            case .accepted(let key): return .answered(registry(request, key))
            case .refused(let answer): return .answered(answer)
            }
        case .registryBot(let name):
            if let refused = refused(request, RoutePattern.registryBot) { return .answered(refused) }
            switch apiKey(of: request, &record) {
            case .accepted(let key): return .answered(registry(name, request, key, &record))
            case .refused(let answer): return .answered(answer)
            }
        case .file(let token, let name):
            if let refused = refused(request, RoutePattern.file) { return .answered(refused) }
            guard let key = FileKey(token: token, name: name) else {
                return .answered(PlainAnswer(.notFound, detail: "Not Found"))
            }
            return .file(key)
        case .openAI(let endpoint): return admit(request, to: endpoint, &record)
        case .bot(let name):
            if let refused = refused(request, RoutePattern.bot) { return .answered(refused) }
            // One snapshot for the whole request: a swap in between changes nothing for it.
            let generation = state.current.snapshot
            guard let bot = generation.bot(at: name) else {
                return .answered(PlainAnswer(.notFound, detail: "Not Found"))
            }
            record.botName = bot.name
            record.botDigest = bot.digest.short
            return request.method == .post
                ? admit(request, to: bot, in: generation) : .answered(PlainAnswer(html: Self.page))
        }
    }

    private func admit(_ request: Request, to bot: ServedBot, in generation: Generation) -> Admission {
        switch BearerKey(checking: request.headers[.authorization], against: bot.accessKeys) {
        case .missing: return .answered(unauthorized("Not authenticated"))
        case .wrong: return .answered(unauthorized("Invalid access key"))
        case .accepted:
            return BodyReader.isAnnouncedTooLarge(request, limitInBytes: state.limits.bodyBytes)
                ? .answered(tooLarge()) : .poeCall(bot, generation)
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

    /// The answer to a method that the path does not take.
    private func refused(_ request: Request, _ pattern: RoutePattern) -> PlainAnswer? {
        if pattern.methods.contains(request.method) { return nil }
        let answer =
            switch pattern {
            case .registryBots, .registryBot:
                PlainAnswer(
                    .methodNotAllowed,
                    .invalid(
                        "Not allowed to \(request.method) here: the registry takes \(pattern.allow).", param: nil,
                        code: "method_not_supported"))
            default: PlainAnswer(.methodNotAllowed, detail: "Method Not Allowed")
            }
        return answer.adding(.allow, pattern.allow)
    }

    /// The rest of such a body is not worth reading, so the client is asked to take another connection.
    func tooLarge() -> PlainAnswer {
        PlainAnswer(
            .contentTooLarge, detail: "The request body is longer than \(state.limits.bodyBytes) bytes"
        ).adding(.connection, "close")
    }

    /// So many bodies are held that another might be one too many.
    func tooManyBodies() -> PlainAnswer {
        PlainAnswer(.serviceUnavailable, detail: "The gateway is busy").adding(.retryAfter, "1")
            .adding(.connection, "close")
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
