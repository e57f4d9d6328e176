import ArgumentParser

/// How a result is shown.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case human, json
}

/// How the result is shown.
struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "How the result is shown on standard output. Default: human.")
    var output: OutputFormat?

    /// The format that is asked for, by flag or by `BOTCTL_OUTPUT`.
    ///
    /// - Throws: ``CommandFailure`` for a format that does not exist.
    func format(in context: CommandContext) throws -> OutputFormat {
        if let output { return output }
        guard let name = context.setting("OUTPUT") else { return .human }
        guard let format = OutputFormat(rawValue: name) else {
            throw CommandFailure(
                .usage, "BOTCTL_OUTPUT is '\(name)', which is no format",
                hint: "formats: \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return format
    }
}
