import ArgumentParser
import Suggestions

/// A word that stands where a command is expected and is none.
///
/// The parser takes such a word for an argument too many and says nothing of commands.
struct UnknownCommand {
    private let word: String
    /// The commands before it: `botctl`, `botctl config`.
    private let parent: String
    /// What may stand in its place.
    private let names: [String]

    /// Finds the word in a command line; nil where every command is one.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's name.
    ///   - root: The command that they are given to.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var command = root
        var path = [root._commandName]
        for word in arguments {
            let commands = command.configuration.subcommands
            // Options belong to a command, and what follows a command without commands are its arguments.
            guard !commands.isEmpty, !word.hasPrefix("-") else { return nil }
            if path.count == 1, word == "help" { continue }
            if let next = commands.first(where: { $0._commandName == word }) {
                command = next
                path.append(word)
                continue
            }
            self.word = word
            parent = path.joined(separator: " ")
            names = commands.map { $0._commandName }
            return
        }
        return nil
    }

    /// Commands that do what a person expects of a word which other tools have for it.
    private static let familiar = [
        "status": "list", "ps": "list", "get": "list", "describe": "show", "plan": "diff", "preview": "diff",
        "apply": "deploy", "promote": "deploy", "release": "deploy", "check": "validate", "lint": "validate",
        "add": "new", "create": "new", "test": "smoke", "run": "up", "start": "up", "log": "history",
        "models": "catalog", "version": "--version",
    ]

    /// Words for what takes several steps.
    private static let roundabout = ["rollback", "revert", "undo"]

    /// What is said about it.
    var failure: CommandFailure {
        let known = Self.familiar.filter { names.contains($0.value) || $0.value == "--version" }
        let candidates = names + (names.contains("diff") ? Array(known.keys) + Self.roundabout : [])
        let closest = Spelling.closest(to: word, among: candidates.sorted())
        let hint =
            if let closest, Self.roundabout.contains(closest) {
                "to go back, bring back the files of that time, as with 'git revert', and run '\(parent) deploy'; "
                    + "'\(parent) history' shows the deploys and their revisions"
            } else if let closest {
                "did you mean '\(parent) \(known[closest] ?? closest)'?"
            } else {
                "'\(parent) --help' shows the commands"
            }
        return CommandFailure(.usage, "there is no command '\(parent) \(word)'", hint: hint)
    }
}
