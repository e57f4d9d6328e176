/// A way to write down what a check found.
package enum DiagnosticFormat: String, Hashable, Sendable, CaseIterable {
    /// For people.
    case human
    /// For scripts: one document with a format version.
    case json
    /// Annotations of a GitHub Actions job.
    case github
    /// SARIF 2.1.0, for code scanning and editors.
    case sarif
    /// JUnit XML, for the test report of a CI system.
    case junit

    /// Writes a report down; only text for people depends on the layout.
    ///
    /// - Parameters:
    ///   - report: What was found.
    ///   - layout: How text for people is laid out.
    /// - Returns: The text with a line break at its end; empty when the format has nothing to say.
    package func text(of report: DiagnosticReport, layout: TextLayout) -> String {
        switch self {
        case .human: HumanFormat(layout: layout).text(of: report)
        case .json: JSONFormat().text(of: report)
        case .github: GitHubFormat().text(of: report)
        case .sarif: SARIFFormat().text(of: report)
        case .junit: JUnitFormat().text(of: report)
        }
    }
}
