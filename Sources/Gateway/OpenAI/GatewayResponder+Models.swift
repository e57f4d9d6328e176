import BotConfiguration
import BotRuntime
import Deployment
import JSONCoding
import OpenAIProtocol

extension GatewayResponder {
    /// The bots that a key may call, as a list of models.
    func models(_ call: OpenAICall) -> PlainAnswer {
        let bots = call.generation.sortedBots.filter { call.key.allows($0.name) }
        let entries = bots.compactMap { entry(of: $0, in: call.generation) }
        return PlainAnswer(json: ["object": "list", "data": .array(entries)])
    }

    /// One bot as a model.
    func model(
        _ id: String, _ call: OpenAICall, _ record: inout RequestRecord
    ) -> PlainAnswer {
        do throws(OpenAIError) {
            let bot = try bot(named: id, call, &record)
            guard let entry = entry(of: bot, in: call.generation) else { throw .unknownModel(id) }
            return PlainAnswer(json: entry).adding(.botDigest, bot.digest.text)
        } catch {
            return PlainAnswer(Self.status(of: error), error)
        }
    }

    /// A bot that is switched off, or cannot be made, is no model that can be chosen.
    private func entry(of bot: ServedBot, in generation: Generation) -> JSONValue? {
        guard case .ready(let handler) = bot.service else { return nil }
        return ModelEntry(config: handler.config, created: generation.created).json
    }
}
