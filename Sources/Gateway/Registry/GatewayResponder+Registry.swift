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
        var entries: [RegistryEntry] = []
        var hasMore = false
        for bot in generation.sortedBots where key.allows(bot.name) && query.after.map({ $0 < bot.name }) ?? true {
            let entry = entry(of: bot, in: generation)
            guard query.matches(entry) else { continue }
            guard entries.count < query.limit else {
                hasMore = true
                break
            }
            entries.append(entry)
        }
        let next = hasMore ? entries.last?.bot.name : nil
        return tagged(request) { precision in
            [
                "format_version": 1, "serial": .integer(generation.serial),
                "manifest_digest": .optional(generation.digest?.text),
                "bots": .array(entries.map { $0.json(precision) }), "next": .optional(next),
            ]
        }
    }

    /// One bot of the registry, by its name or an alias.
    func registry(_ name: String, _ request: Request, _ key: APIKey, _ record: inout RequestRecord) -> PlainAnswer {
        let generation = state.current.snapshot
        guard let bot = generation.bot(at: name) else { return PlainAnswer(.notFound, .unknownBot(name)) }
        record.botName = bot.name
        record.botDigest = bot.digest.short
        guard key.allows(bot.name) else { return PlainAnswer(.forbidden, .forbiddenBot(name)) }
        let entry = entry(of: bot, in: generation)
        return tagged(request) { entry.json($0) }.adding(.botDigest, bot.digest.text)
    }

    private func entry(of bot: ServedBot, in generation: Generation) -> RegistryEntry {
        RegistryEntry(bot: bot, serial: generation.serial, now: state.clock.now())
    }

    /// A document of the registry, with a tag that does not change with every answer of a bot.
    private func tagged(_ request: Request, _ document: (RegistryEntry.Precision) -> JSONValue) -> PlainAnswer {
        let tag = EntityTag(of: document(.lasting).encoded(), isWeak: true)
        return PlainAnswer(json: document(.exact)).tagged(tag, for: request)
    }
}

extension PlainAnswer {
    /// The answer with a tag, by default its body's; a 304 without a body for a client that has it.
    func tagged(_ tag: EntityTag? = nil, for request: Request) -> PlainAnswer {
        let tag = tag ?? EntityTag(of: body)
        var answer = self
        if tag.matches(request.headers[.ifNoneMatch]) {
            answer.status = .notModified
            answer.body = []
        }
        return answer.adding(.eTag, tag.description).adding(.cacheControl, "private, no-cache")
    }
}

extension OpenAIError {
    /// The registry knows no bot of that name.
    fileprivate static func unknownBot(_ name: String) -> OpenAIError {
        invalid(
            name.isEmpty ? "No bot has such a name." : "There is no bot `\(name.prefix(80))`.", param: nil,
            code: unknownModelCode)
    }

    /// The key may not look at the bot.
    fileprivate static func forbiddenBot(_ name: String) -> OpenAIError {
        invalid(
            "This API key does not have access to the bot `\(name.prefix(80))`.", param: nil, code: forbiddenModelCode)
    }
}
