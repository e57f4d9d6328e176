/// What stopped a check before it could find anything, for programs that wait for its report.
package struct RunFailure: Hashable, Sendable {
    /// What failed and on what.
    package var message: String
    /// What to do next.
    package var hint: String?
    /// The exit status of the run.
    package var status: Int
    /// The version of this botctl.
    package var toolVersion: String

    package init(message: String, hint: String? = nil, status: Int, toolVersion: String) {
        self.message = message
        self.hint = hint
        self.status = status
        self.toolVersion = toolVersion
    }

    /// The message, and the hint in a line of its own.
    var text: String { message.printable + (hint.map { "\nHelp: \($0.printable)" } ?? "") }
}

extension DiagnosticFormat {
    /// Writes down that there is no report, and why.
    ///
    /// - Parameter failure: What stopped the check.
    /// - Returns: A whole document of the format, with a line break at its end.
    package func text(of failure: RunFailure) -> String {
        switch self {
        case .human: HumanFormat(layout: .file).text(of: failure)
        case .json: JSONFormat().text(of: failure)
        case .github: GitHubFormat().text(of: failure)
        case .sarif: SARIFFormat().text(of: failure)
        case .junit: JUnitFormat().text(of: failure)
        }
    }
}
