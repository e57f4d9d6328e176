import BotConfiguration
import Diagnostics
import Suggestions

extension Project {
    /// The bot that a person names.
    ///
    /// - Throws: ``CommandFailure`` with a suggestion when there is none of that name.
    func requireBot(_ name: String) throws -> ProjectBot {
        if let bot = bot(named: name) ?? bots.first(where: { $0.aliases.contains(name) }) { return bot }
        let meant = Spelling.closest(to: name, among: bots.map(\.name))
        throw CommandFailure(
            .failure, "there is no bot '\(name)'",
            hint: meant.map { "did you mean '\($0)'?" } ?? "'botctl list' shows the bots")
    }

    /// The bots that a person names, in that order; all of them for no name.
    func requireBots(_ names: [String]) throws -> [ProjectBot] {
        names.isEmpty ? bots : try names.map(requireBot)
    }
}
