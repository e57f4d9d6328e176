import DiagnosticRendering
import Diagnostics
import JSONCoding

/// Diagnostics for people and for scripts.
struct DiagnosticsView {
    let diagnostics: [Diagnostic]
    /// How many bot files were looked at.
    let fileCount: Int

    /// Writes them to standard error; nothing when there are none.
    func showOnError(_ terminal: Terminal) {
        guard !diagnostics.isEmpty else { return }
        terminal.writeError(rendered(width: terminal.width, colored: terminal.errorStyle.isColored))
    }

    /// Writes them to standard output.
    func show(_ terminal: Terminal) {
        guard !diagnostics.isEmpty else { return }
        terminal.writeOutput(rendered(width: terminal.width, colored: terminal.outputStyle.isColored))
    }

    private func rendered(width: Int, colored: Bool) -> String {
        DiagnosticRenderer(width: width, usesColor: colored).render(diagnostics)
    }

    /// How many there are, in words.
    var summary: String { DiagnosticSummary(diagnostics).text }

    /// Every diagnostic as JSON.
    var json: JSONValue { .array(diagnostics.map(\.json)) }
}
