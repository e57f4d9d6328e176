import BotConfiguration
import Diagnostics

/// Bots with one name on Poe, where upper and lower case are the same; a bot without a handle has its own name there.
struct DuplicateHandle: EnvironmentRule {
    let codes: [DiagnosticCode] = [.duplicateHandle]

    func findings(in project: Project, of subject: RuleSubject) -> [Finding] {
        var taken: [String: MergedBot] = [:]
        return project.mergedBots.compactMap { bot in
            guard !bot.isRejected("poe.handle") else { return nil }
            let handle = bot.text("poe", "handle") ?? bot.name
            // Two bots of one name have their own diagnostic.
            guard let first = taken.updateValue(bot, forKey: handle.lowercased()), first.name != bot.name else {
                return nil
            }
            let explicit = bot.node("poe", "handle") == nil ? first : bot
            let other = explicit.file.name == bot.file.name ? first : bot
            return Finding(
                .duplicateHandle, "'\(first.name)' and '\(bot.name)' are both '\(handle)' on Poe",
                at: origin(of: explicit), file: explicit.file.name,
                help: ["give each bot its own 'poe.handle'; Poe takes upper and lower case for the same"],
                notes: [Finding.Note("the other one is here", at: origin(of: other))])
        }
    }

    private func origin(of bot: MergedBot) -> Origin { bot.node("poe", "handle")?.origin ?? bot.file.nameOrigin }
}
