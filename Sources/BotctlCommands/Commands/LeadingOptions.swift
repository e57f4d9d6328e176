import ArgumentParser

/// Options that stand before the command, where git and make have theirs: `botctl -C dir validate`.
///
/// The parser only knows options behind the command that they belong to.
struct LeadingOptions {
    /// Those that many commands have; each takes a value.
    private static let names: Set<String> = [
        "-C", "--directory", "-e", "--environment", "--bots-dir", "--templates-dir", "-o", "--output",
    ]
    /// What is asked for without a command.
    private static let standingAlone: Set<String> = ["-h", "--help", "-help", "--version", "help"]

    /// The arguments, with the options behind the command.
    let arguments: [String]
    /// What is said where no command follows the options; nil where one does.
    let failure: CommandFailure?

    /// Moves the options.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's name.
    ///   - root: The command that they are given to.
    init(of arguments: [String], in root: any ParsableCommand.Type) {
        var count = 0
        while count < arguments.count {
            let parts = arguments[count].split(separator: "=", maxSplits: 1)
            guard let name = parts.first, Self.names.contains(String(name)) else { break }
            count = min(arguments.count, count + (parts.count == 2 ? 1 : 2))
        }
        let options = arguments.prefix(count)
        let rest = arguments.dropFirst(count)
        guard !options.isEmpty, let first = rest.first, !Self.standingAlone.contains(first) else {
            self.arguments = Array(rest)
            failure =
                options.isEmpty || !rest.isEmpty
                ? nil
                : CommandFailure(
                    .usage, "no command follows '\(options.joined(separator: " "))'",
                    hint: "'\(root._commandName) --help' shows the commands")
            return
        }
        var command = root
        let path = rest.prefix { word in
            guard let next = command.configuration.subcommands.first(where: { $0._commandName == word }) else {
                return false
            }
            command = next
            return true
        }
        // Without a command the first word is what is wrong, not the options before it.
        self.arguments = path.isEmpty ? Array(rest) : Array(path + options + rest.dropFirst(path.count))
        failure = nil
    }
}
