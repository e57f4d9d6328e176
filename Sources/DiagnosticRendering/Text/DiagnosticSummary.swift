package import Diagnostics

/// How many diagnostics there are, in words.
package struct DiagnosticSummary: Sendable {
    /// "3 errors, 1 warning in 2 files"; "no problems" for none.
    package let text: String

    /// The summary of some diagnostics.
    package init(_ diagnostics: [Diagnostic]) {
        func count(_ severity: Diagnostic.Severity, _ word: String) -> String? {
            let number = diagnostics.count { $0.severity == severity }
            return number == 0 ? nil : number == 1 ? "1 \(word)" : "\(number) \(word)s"
        }
        let counts = [count(.error, "error"), count(.warning, "warning"), count(.note, "note")].compactMap { $0 }
        let files = Set(diagnostics.compactMap(\.file)).count
        let place = files == 0 ? "" : files == 1 ? " in 1 file" : " in \(files) files"
        text = counts.isEmpty ? "no problems" : counts.joined(separator: ", ") + place
    }
}
