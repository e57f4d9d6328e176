import BotConfiguration
import Diagnostics
import MediaGeneration
import ModelCatalog

/// What the bot's own file sets of its pictures or videos and its model cannot make so; and a model that nobody knows
/// how to ask for pictures or videos.
///
/// The same values of a template or an environment are not faults: the nearest that the model makes is asked for.
struct MediaValues: BotRule {
    let codes: [DiagnosticCode] = [.modelRefusesParameter, .unsupportedModelKind]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard bot.kind != .chat, bot.provider == .bedrock, bot.isOfModelsKind, let node = bot.node("model", "id"),
            case .text(let id) = node.value, !bot.isRejected("model"), !bot.isRejected("kind")
        else { return [] }
        let baseID = ModelCatalog.baseID(of: id)
        let model = bot.facts?.id ?? baseID
        switch bot.kind {
        case .chat: return []
        case .image:
            guard let shape = ImageModelShapes.find(modelID: baseID) else { return [unknown(model, node, bot)] }
            return ImageValues(bot: bot, model: model, shape: shape).findings
        case .video:
            guard let shape = VideoModelShapes.find(modelID: baseID) else { return [unknown(model, node, bot)] }
            return VideoValues(bot: bot, model: model, shape: shape).findings
        }
    }

    private func unknown(_ model: String, _ node: ConfigNode, _ bot: MergedBot) -> Finding {
        let families =
            bot.kind == .video
            ? "known are Luma Ray and Nova Reel"
            : "known are Stability AI's generators, upscalers and remove-background, Nova Canvas and Titan Image"
        return Finding(
            .unsupportedModelKind,
            "botctl does not know how to ask '\(model)' for \(bot.kind == .video ? "video" : "images")",
            at: node.origin, file: bot.file.name, help: [families])
    }
}

/// Judges the values of one file against what its model makes.
protocol MediaCheck {
    var bot: MergedBot { get }
    /// The model's id, for messages.
    var model: String { get }
}

extension MediaCheck {
    /// The value of a parameter, where the bot's own file sets it.
    func own(_ key: String) -> ConfigNode? {
        bot.node("parameters", key).flatMap { $0.origin.layer == .bot ? $0 : nil }
    }

    /// The text of a parameter, where the bot's own file sets it.
    func text(_ key: String) -> String? {
        if case .text(let text)? = own(key)?.value { text } else { nil }
    }

    /// The number of a parameter, where the bot's own file sets it.
    func integer(_ key: String) -> Int? {
        if case .integer(let number)? = own(key)?.value { number } else { nil }
    }

    /// The finding of a parameter that the model refuses.
    func refusal(_ key: String, _ reason: String, help: String) -> Finding {
        Finding(
            .modelRefusesParameter, "'parameters.\(key)' cannot be used with '\(model)': \(reason)",
            at: own(key)?.origin, file: bot.file.name, help: [help])
    }

    /// The finding of a ratio that is none of those that a model has.
    func ratio(among ratios: [AspectRatio]) -> Finding? {
        guard let wished = text("aspect_ratio").flatMap({ AspectRatio($0) }), !ratios.isEmpty,
            !ratios.contains(wished)
        else { return nil }
        return refusal(
            "aspect_ratio", "it makes no \(wished)",
            help: "valid here: \(ratios.map(\.description).joined(separator: ", "))")
    }
}
