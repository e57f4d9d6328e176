import BotConfiguration
import Deployment
import Diagnostics
import Suggestions

extension Project {
    /// The bot that a person names, by its name or an alias; case does not matter, as it does not at the doors.
    ///
    /// - Throws: ``CommandFailure`` with a suggestion when there is none of that name.
    func requireBot(_ name: String) throws -> ProjectBot {
        let wanted = name.lowercased()
        if let bot = bot(named: wanted) ?? bots.first(where: { $0.aliases.contains(wanted) }) { return bot }
        throw CommandFailure.unknownBot(name, among: bots.map(\.name))
    }
}

extension Manifest {
    /// The name of the deployed bot that has a name or an alias, case aside.
    fileprivate func bot(named name: String) -> String? {
        let name = name.lowercased()
        return bots[name] != nil ? name : bots.first { $0.value.aliases.contains(name) }?.key
    }

    /// The name of the deployed bot that a person names, by its name or an alias; case does not matter.
    ///
    /// - Throws: ``CommandFailure`` with a suggestion when there is none.
    func requireBot(_ name: String) throws -> String {
        if let bot = bot(named: name) { return bot }
        throw CommandFailure(
            .failure, "'\(name)' is not deployed",
            hint: Spelling.closest(to: name, among: bots.keys).map { "did you mean '\($0)'?" }
                ?? "'botctl list' shows what is")
    }
}

extension Plan {
    /// The bot that a person names, of the files or of what is deployed, by a name or an alias that it has there; case
    /// does not matter.
    ///
    /// - Throws: ``CommandFailure`` with a suggestion when there is none of that name.
    func requireBot(_ name: String, of project: Project) throws -> BotChange {
        let written = name.lowercased()
        if let bot = self[written] { return bot }
        if let wanted = project.bots.first(where: { $0.aliases.contains(written) }), let bot = self[wanted.name] {
            return bot
        }
        let deployed = base?.manifest.bot(named: name)
        if let deployed, let bot = bots.first(where: { $0.name == deployed || $0.oldName == deployed }) { return bot }
        throw CommandFailure.unknownBot(name, among: bots.map(\.name))
    }
}

extension CommandFailure {
    /// The refusal of what needs a deployed bot, where there is none yet.
    static func nothingDeployed(in environment: String) -> CommandFailure {
        CommandFailure(.failure, "nothing is deployed in \(environment)", hint: "'botctl deploy' does")
    }

    /// The refusal of a name that no bot has, with the closest that one has.
    static func unknownBot(_ name: String, among names: [String]) -> CommandFailure {
        CommandFailure(
            .failure, "there is no bot '\(name)'",
            hint: Spelling.closest(to: name, among: names).map { "did you mean '\($0)'?" }
                ?? "'botctl list' shows the bots")
    }
}
