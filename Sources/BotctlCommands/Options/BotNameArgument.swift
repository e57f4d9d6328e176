import BotConfiguration
import Diagnostics
import Suggestions

extension Project {
    /// The bot that a person names.
    ///
    /// - Throws: ``CommandFailure`` with a suggestion when there is none of that name.
    func requireBot(_ name: String) throws -> ProjectBot {
        if let bot = bot(named: name) ?? bots.first(where: { $0.aliases.contains(name) }) { return bot }
        throw CommandFailure.unknownBot(name, among: bots.map(\.name))
    }
}

extension CommandFailure {
    /// The refusal of a name that no bot has, with the closest that one has.
    static func unknownBot(_ name: String, among names: [String]) -> CommandFailure {
        CommandFailure(
            .failure, "there is no bot '\(name)'",
            hint: Spelling.closest(to: name, among: names).map { "did you mean '\($0)'?" }
                ?? "'botctl list' shows the bots")
    }
}
