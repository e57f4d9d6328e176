import ArgumentParser
import DiagnosticRendering

/// How a result is shown.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case human, json
}

/// How the result is shown.
struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "How the result is shown on standard output. Default: human.")
    var output: OutputFormat?

    /// The format that is asked for, by flag or by `BOTCTL_OUTPUT`; for people where that names a format that only
    /// `validate` has.
    ///
    /// - Throws: ``CommandFailure`` for a format that does not exist.
    func format(in context: CommandContext) throws -> OutputFormat {
        if let output { return output }
        let setting = try DiagnosticOutput.setting(in: context)
        return setting == DiagnosticOutput(.json) ? .json : .human
    }
}
