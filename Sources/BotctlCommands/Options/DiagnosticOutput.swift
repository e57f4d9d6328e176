import ArgumentParser
import DiagnosticRendering
import Suggestions

/// One way in which diagnostics are to be shown, and where: `human`, `sarif=out.sarif`.
struct DiagnosticOutput: Hashable, Sendable {
    let format: DiagnosticFormat
    /// The file that is written; nil for standard output.
    let file: String?

    /// Reads `FORMAT` or `FORMAT=FILE`; the file `-` is standard output.
    ///
    /// - Throws: `ValidationError` that names the formats there are.
    init(parsing text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let names = DiagnosticFormat.allCases.map(\.rawValue)
        guard let format = DiagnosticFormat(rawValue: parts[0]) else {
            let meant = Spelling.closest(to: parts[0], among: names).map { "; did you mean '\($0)'?" }
            throw ValidationError(
                "'\(parts[0])' is no format" + (meant ?? "; formats: \(names.joined(separator: ", "))"))
        }
        guard parts.count == 1 || !parts[1].isEmpty else {
            throw ValidationError("'\(text)' names no file; write \(format.rawValue)=FILE")
        }
        self.format = format
        file = parts.count == 1 || parts[1] == "-" ? nil : parts[1]
    }
}
