import ArgumentParser

/// How a result is shown.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case human, json
}

/// How the result is shown.
struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "How the result is shown on standard output.")
    var output: OutputFormat?

    /// The format that is asked for, by flag or by `BOTCTL_OUTPUT`.
    func format(in context: CommandContext) -> OutputFormat {
        output ?? context.setting("OUTPUT").flatMap(OutputFormat.init) ?? .human
    }
}
