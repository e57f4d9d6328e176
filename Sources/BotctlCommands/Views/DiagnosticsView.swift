import DiagnosticRendering
import Diagnostics

/// Diagnostics beside a command's own result.
struct DiagnosticsView {
    let diagnostics: [Diagnostic]

    /// Writes them to standard error; nothing when there are none.
    func showOnError(_ terminal: Terminal) {
        guard !diagnostics.isEmpty else { return }
        terminal.writeError(DiagnosticRenderer(terminal.errorLayout).render(diagnostics))
    }

    /// How many there are, in words.
    var summary: String { DiagnosticSummary(diagnostics).text }
}

extension Terminal {
    /// How text for people is laid out on standard output; lines are only broken for a person's eyes.
    var outputLayout: TextLayout {
        TextLayout(width: width, usesColor: outputStyle.isColored, wrapsText: outputIsTerminal)
    }

    /// How text for people is laid out on standard error.
    var errorLayout: TextLayout {
        TextLayout(width: width, usesColor: errorStyle.isColored, wrapsText: errorIsTerminal)
    }
}
