import ArgumentParser
import DiagnosticRendering
import Suggestions

/// One way in which diagnostics are to be shown, and where: `human`, `sarif=out.sarif`.
struct DiagnosticOutput: Hashable, Sendable {
    let format: DiagnosticFormat
    /// The file that is written; nil for standard output.
    let file: String?

    /// A format on standard output.
    init(_ format: DiagnosticFormat) {
        self.format = format
        file = nil
    }

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

    /// What `BOTCTL_OUTPUT` asks for; nil where it is not set.
    ///
    /// The variable is the same for all commands, so every format is taken that one of them has.
    ///
    /// - Throws: ``CommandFailure`` for a format that does not exist.
    static func setting(in context: CommandContext) throws(CommandFailure) -> DiagnosticOutput? {
        guard let text = context.setting("OUTPUT") else { return nil }
        do {
            return try DiagnosticOutput(parsing: text)
        } catch {
            throw CommandFailure(.usage, "BOTCTL_OUTPUT: \(error)")
        }
    }
}
