import BotConfiguration
import Diagnostics
import ModelCatalog

/// What a bot needs of its model and the model is known to lack.
struct MissingFeatures: BotRule {
    let codes: [DiagnosticCode] = [.missingFeature]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard let facts = bot.facts, facts.kind == .text else { return [] }
        return [streaming(bot, facts), images(bot, facts), documents(bot, facts)]
            .compactMap(\.self)
    }

    private func finding(_ message: String, at node: ConfigNode?, _ bot: MergedBot, help: String) -> Finding {
        Finding(.missingFeature, message, at: node?.origin, file: bot.file.name, help: [help])
    }

    private func streaming(_ bot: MergedBot, _ facts: ModelFacts) -> Finding? {
        guard facts.capabilities.streaming == false else { return nil }
        return finding(
            "'\(facts.id)' does not stream, and every answer is streamed", at: bot.node("model", "id"), bot,
            help: "choose a model that streams")
    }

    private func images(_ bot: MergedBot, _ facts: ModelFacts) -> Finding? {
        guard facts.capabilities.vision == false, let node = own("enable_image_comprehension", of: bot),
            node.value == .boolean(false), takesAttachments(bot)
        else { return nil }
        return finding(
            "'enable_image_comprehension: false' leaves images to the model, and '\(facts.id)' cannot see", at: node,
            bot, help: "remove it, or set 'poe.allow_attachments: false'")
    }

    private func documents(_ bot: MergedBot, _ facts: ModelFacts) -> Finding? {
        guard facts.capabilities.documents == false, let node = own("expand_text_attachments", of: bot),
            node.value == .boolean(false), takesAttachments(bot)
        else { return nil }
        return finding(
            "'expand_text_attachments: false' leaves documents to the model, and '\(facts.id)' reads none", at: node,
            bot, help: "remove it, or set 'poe.allow_attachments: false'")
    }

    /// A value that the bot's own file sets: of a template it is meant for many models.
    private func own(_ key: String, _ nested: String? = nil, of bot: MergedBot) -> ConfigNode? {
        bot.effective.root.node(key, nested).flatMap { $0.origin.layer == .bot ? $0 : nil }
    }

    private func takesAttachments(_ bot: MergedBot) -> Bool {
        bot.node("poe", "allow_attachments")?.value != .boolean(false)
    }
}
