import Diagnostics

extension CommandContext {
    /// Shows people what is wrong; errors stop the command.
    ///
    /// - Parameters:
    ///   - diagnostics: What is wrong.
    ///   - subject: With what, as the beginning of a sentence: "the configuration is".
    ///   - format: How the command's result is shown: a script reads the diagnostics of `validate`.
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration.
    func requireNoErrors(_ diagnostics: [Diagnostic], in subject: String, format: OutputFormat) throws(CommandFailure) {
        let view = DiagnosticsView(diagnostics: diagnostics)
        if format == .human { view.showOnError(terminal) }
        guard !diagnostics.containsErrors else {
            throw CommandFailure(
                .invalidConfiguration, "\(subject) invalid: \(view.summary)",
                hint: format == .json ? "run 'botctl validate -o json' for each problem" : nil)
        }
    }
}
