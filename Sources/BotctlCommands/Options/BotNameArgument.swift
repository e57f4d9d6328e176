import BotConfiguration
import Deployment
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

extension Manifest {
    /// The name of the deployed bot that a person names, by its name or an alias.
    ///
    /// - Throws: ``CommandFailure`` with a suggestion when there is none.
    func requireBot(_ name: String) throws -> String {
        if bots[name] != nil { return name }
        if let bot = bots.first(where: { $0.value.aliases.contains(name) }) { return bot.key }
        throw CommandFailure(
            .failure, "'\(name)' is not deployed",
            hint: Spelling.closest(to: name, among: bots.keys).map { "did you mean '\($0)'?" }
                ?? "'botctl list' shows what is")
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
