import BotConfiguration
import Diagnostics

/// Bots for which a template or an environment sets a guardrail that cannot watch them.
///
/// Other values that a model cannot take are left out of its requests. A guardrail is there for safety, so a bot must
/// not answer without it and nobody know; in a bot's own file such a guardrail is a fault like other keys.
struct UnwatchedBot: BotRule {
    let codes: [DiagnosticCode] = [.contradictingKeys]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard bot.kind == .video || bot.provider != .bedrock, let node = bot.node("guardrail"),
            node.origin.layer != .bot, !bot.isRejected("kind"), !bot.isRejected("model")
        else { return [] }
        let reason =
            bot.provider == .bedrock
            ? "Bedrock's guardrails watch no jobs that make video"
            : "the guardrail is Bedrock's, and its model stands behind another service"
        return [
            Finding(
                .contradictingKeys, "the guardrail that is set for '\(bot.name)' cannot watch it: \(reason)",
                at: node.origin, file: bot.file.name,
                help: [
                    "write 'guardrail: null' in \(bot.file.name) if the bot may answer unwatched, or give it a template "
                        + "of its own"
                ])
        ]
    }
}
