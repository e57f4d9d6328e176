import Diagnostics

/// Diagnostics as the report of a test run: every file is a test case, which fails when there is an error in it.
///
/// Source: the JUnit XML format as Jenkins, GitLab and GitHub's report actions read it; Extensible Markup Language
/// (XML) 1.0, 2.2 "Characters".
struct JUnitFormat {
    private static let suite = "botctl validate"

    func text(of report: DiagnosticReport) -> String {
        let byFile = Dictionary(grouping: report.diagnostics) { $0.file ?? "project" }
        let files = Set(report.files).union(byFile.keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return suite(
            files.flatMap { testCase($0, byFile[$0] ?? [], report.paths) },
            counts: (tests: files.count, failures: byFile.values.count { $0.containsErrors }, errors: 0))
    }

    func text(of failure: RunFailure) -> String {
        suite(
            [
                "    <testcase classname=\"\(Self.suite)\" name=\"project\">",
                "      <error message=\(attribute(failure.message))>\(escaped(failure.text))</error>",
                "    </testcase>",
            ], counts: (tests: 1, failures: 0, errors: 1))
    }

    private func suite(_ cases: [String], counts: (tests: Int, failures: Int, errors: Int)) -> String {
        let counts = "tests=\"\(counts.tests)\" failures=\"\(counts.failures)\" errors=\"\(counts.errors)\""
        let lines =
            [
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                "<testsuites name=\"\(Self.suite)\" \(counts)>",
                "  <testsuite name=\"\(Self.suite)\" \(counts) skipped=\"0\">",
            ] + cases + ["  </testsuite>", "</testsuites>"]
        return lines.map { $0 + "\n" }.joined()
    }

    private func testCase(_ file: String, _ diagnostics: [Diagnostic], _ paths: RepositoryPaths) -> [String] {
        let path = diagnostics.isEmpty || diagnostics[0].file != nil ? paths.path(of: file) : file
        let start = "    <testcase classname=\"\(Self.suite)\" name=\(attribute(file)) file=\(attribute(path))"
        guard !diagnostics.isEmpty else { return [start + "/>"] }
        let errors = diagnostics.filter { $0.severity == .error }
        let others = diagnostics.filter { $0.severity != .error }
        var lines = [start + ">"]
        if let first = errors.first {
            // Readers show one failure of a case: it holds all errors.
            let more = errors.count == 1 ? "" : " (and \(errors.count - 1) more)"
            lines.append(
                "      <failure type=\(attribute(first.code.rawValue)) "
                    + "message=\(attribute(first.message.printable + more))>"
                    + escaped(rendered(errors)) + "</failure>")
        }
        if !others.isEmpty { lines.append("      <system-out>\(escaped(rendered(others)))</system-out>") }
        return lines + ["    </testcase>"]
    }

    private func rendered(_ diagnostics: [Diagnostic]) -> String {
        let renderer = DiagnosticRenderer(.file)
        return "\n" + diagnostics.map(renderer.render).joined(separator: "\n")
    }

    private func attribute(_ text: String) -> String { "\"\(escaped(text.printable))\"" }

    /// Text with XML's own characters escaped; what no XML document may hold becomes U+FFFD.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                result.unicodeScalars.append(scalar)
            default: result += "\u{FFFD}"
            }
        }
        return result
    }
}
