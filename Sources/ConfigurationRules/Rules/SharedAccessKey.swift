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
        let bots = project.mergedBots
        // Most keys are those of one bot.
        var positions: [String: Int] = [:]
        var sharing: [Int: (key: String, bots: [MergedBot])] = [:]
        for (position, bot) in bots.enumerated() where !bot.isRejected("poe.access_key") {
            guard
                let key = firstReference(of: bot)?.filledText(forBot: bot.name, environment: project.environment.name),
                let first = positions.updateValue(position, forKey: key)
            else { continue }
            positions[key] = first
            // Two bots of one name have their own diagnostic.
            guard (sharing[first]?.bots.last ?? bots[first]).name != bot.name else { continue }
            sharing[first, default: (key, [bots[first]])].bots.append(bot)
        }
        return sharing.sorted { $0.key < $1.key }.map { finding($0.value.key, $0.value.bots) }
    }

    private func firstReference(of bot: MergedBot) -> SecretReference? {
        guard case .secret(let references)? = bot.effective.value(at: ["poe", "access_key"]) else { return nil }
        return references.first
    }

    private func finding(_ key: String, _ bots: [MergedBot]) -> Finding {
        let origins = bots.map { $0.node("poe", "access_key")?.origin ?? $0.file.startOrigin }
        let notes = origins[0] == origins[1] ? [] : [Finding.Note("the other one is here", at: origins[0])]
        let isOfName = bots.prefix(2).allSatisfy { firstReference(of: $0)?.text.contains("{NAME}") == true }
        let help =
            isOfName
            ? "both names give \(SecretReference.variableName(of: bots[1].name)) for {NAME}: rename one of the bots, or "
                + "name a key in one of them"
            : "give each bot a key of its own, such as access_key: \"${env:POE_ACCESS_KEY_{NAME}}\""
        return Finding(
            .sharedAccessKey, "\(NameList(bots.map(\.name)).text) resolve to one access key, \(key)", at: origins[1],
            file: bots[1].file.name, help: [help], notes: notes)
    }
}
