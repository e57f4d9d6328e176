import BotConfiguration
import BotRuntime
import Deployment
import HTTPTypes
import HummingbirdCore
import JSONCoding
import OpenAIProtocol

extension GatewayResponder {
    /// The bots that the registry tells of, a page at a time, in the order of their names.
    func registry(_ request: Request, _ key: APIKey) -> PlainAnswer {
        let query: RegistryQuery
        do { query = try RegistryQuery(target: request.head.path ?? "") } catch {
            return PlainAnswer(.badRequest, error)
        }
        let generation = state.current.snapshot
        let names = generation.bots.keys.filter { name in
            key.allows(name) && query.after.map { $0 < name } ?? true
        }
        var bots: [JSONValue] = []
        var last: String?
        var hasMore = false
        for bot in names.sorted().compactMap({ generation.bots[$0] }) {
            let entry = entry(of: bot, in: generation)
            guard query.matches(entry) else { continue }
            guard bots.count < query.limit else {
                hasMore = true
                break
            }
            bots.append(entry.json)
            last = bot.name
        }
        return tagged(
            [
                "format_version": 1, "serial": .integer(generation.serial),
                "manifest_digest": generation.digest.map { .string($0.text) } ?? .null, "bots": .array(bots),
                "next": hasMore ? last.map { .string($0) } ?? .null : .null,
            ], request)
    }

    /// One bot of the registry, by its name or an alias.
    func registry(_ name: String, _ request: Request, _ key: APIKey, _ record: inout RequestRecord) -> PlainAnswer {
        let generation = state.current.snapshot
        guard let bot = generation.bot(at: name) else { return PlainAnswer(.notFound, .unknownModel(name)) }
        record.botName = bot.name
        record.botDigest = bot.digest.short
        guard key.allows(bot.name) else { return PlainAnswer(.forbidden, .forbiddenModel(name)) }
        return tagged(entry(of: bot, in: generation).json, request).adding(.botDigest, bot.digest.text)
    }

    private func entry(of bot: ServedBot, in generation: Generation) -> RegistryEntry {
        RegistryEntry(
            bot: bot, serial: generation.serial, recent: bot.gate.history.summary(at: state.clock.now()))
    }

    /// A document with its tag; without its body for a client that has it.
    func tagged(_ document: JSONValue, _ request: Request) -> PlainAnswer {
        PlainAnswer(json: document).tagged(for: request)
    }
}

extension PlainAnswer {
    /// The answer with its tag; a 304 without a body for a client that has it.
    func tagged(for request: Request) -> PlainAnswer {
        let tag = EntityTag(of: body)
        var answer = self
        if tag.matches(request.headers[.ifNoneMatch]) {
            answer.status = .notModified
            answer.body = []
        }
        return answer.adding(.eTag, tag.description).adding(.cacheControl, "private, no-cache")
    }
}
