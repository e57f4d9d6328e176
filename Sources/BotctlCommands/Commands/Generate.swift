import ArgumentParser

/// Makes files of what botctl itself knows.
struct Generate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Generate files from what botctl knows: its manual.",
        subcommands: [GenerateManual.self])
}

/// Prints the manual page.
struct GenerateManual: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page, for man.",
        usage: "botctl generate manual",
        discussion: """
            The page holds every command with its options and examples. It is made of the same texts as --help.

            EXAMPLES
              botctl generate manual |
                sudo tee /usr/local/share/man/man1/botctl.1 > /dev/null
            """)

    var outputFormat: OutputFormat? { nil }

    func run(in context: CommandContext) async throws -> CommandStatus {
        context.terminal.writeOutput(try ManualPage(ofHelp: Botctl._dumpHelp()).text)
        return .ok
    }
}
