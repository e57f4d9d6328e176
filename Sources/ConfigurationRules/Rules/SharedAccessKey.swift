import BotConfiguration
import Diagnostics
import Secrets

/// Bots that Poe calls with one and the same access key: whoever has it can call all of them.
///
/// Only the first place of each list is compared, filled in for the bot: a shared key that stands behind a bot's own
/// one, as in the shipped template, is meant for the bots that have none.
struct SharedAccessKey: EnvironmentRule {
    let codes: [DiagnosticCode] = [.sharedAccessKey]

    func findings(in project: Project, of subject: RuleSubject) -> [Finding] {
        var bots: [String: [MergedBot]] = [:]
        var order: [String] = []
        for bot in project.mergedBots where !bot.isRejected("poe.access_key") {
            guard let key = firstReference(of: bot)?.filledText(forBot: bot.name, environment: project.environment.name)
            else { continue }
            if bots[key] == nil { order.append(key) }
            // Two bots of one name have their own diagnostic.
            if bots[key]?.last?.name != bot.name { bots[key, default: []].append(bot) }
        }
        return order.compactMap { key in
            guard let sharing = bots[key], sharing.count > 1 else { return nil }
            return finding(key, sharing)
        }
    }

    private func firstReference(of bot: MergedBot) -> SecretReference? {
        guard case .secret(let references)? = bot.effective.value(at: ["poe", "access_key"]) else { return nil }
        return references.first
    }

    private func finding(_ key: String, _ bots: [MergedBot]) -> Finding {
        let origins = bots.map { $0.node("poe", "access_key")?.origin ?? $0.file.startOrigin }
        let notes = origins[0] == origins[1] ? [] : [Finding.Note("the other one is here", at: origins[0])]
        return Finding(
            .sharedAccessKey, "\(NameList(bots.map(\.name)).text) resolve to one access key, \(key)", at: origins[1],
            file: bots[1].file.name,
            help: ["give each bot a key of its own, such as access_key: \"${env:POE_ACCESS_KEY_{NAME}}\""], notes: notes
        )
    }
}
