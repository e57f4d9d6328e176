package import Diagnostics

/// Shows diagnostics to people: the place, the message, the line with a caret, help and notes.
package struct DiagnosticRenderer: Sendable {
    private let width: Int
    private let usesColor: Bool

    /// A renderer.
    ///
    /// - Parameters:
    ///   - width: Columns of the page; excerpts are cut around the caret to fit.
    ///   - usesColor: Whether ANSI colours are written.
    package init(width: Int, usesColor: Bool) {
        self.width = max(40, width)
        self.usesColor = usesColor
    }

    /// The diagnostics in the order given, each followed by an empty line.
    package func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
        diagnostics.map { render($0) + "\n" }.joined()
    }

    /// One diagnostic, each line with its line break.
    package func render(_ diagnostic: Diagnostic) -> String {
        let place = (diagnostic.location?.description ?? diagnostic.file)?.printable
        let label = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
        var text = place.map { bold($0 + ": ") } ?? ""
        text += paint(label, for: diagnostic.severity) + bold(": \(diagnostic.message.printable)") + "\n"
        if let location = diagnostic.location, !location.excerpt.isEmpty {
            text += excerpt(location, severity: diagnostic.severity)
        }
        for help in diagnostic.help { text += "  \(color("help:", "36")) \(help.printable)\n" }
        for note in diagnostic.notes {
            let place = note.location.map { ", \($0.description.printable)" } ?? ""
            text += "  \(color("note:", "36")) \(note.message.printable)\(place)\n"
        }
        return text
    }

    private func excerpt(_ location: SourceLocation, severity: Diagnostic.Severity) -> String {
        let number = String(location.line)
        let gutter = number.count + 5
        let line = ExcerptLine(location, width: width - gutter)
        let blank = String(repeating: " ", count: number.count)
        let carets = String(repeating: "^", count: line.caretWidth)
        return "  \(color(number + " |", "34")) \(line.text)\n"
            + "  \(blank) \(color("|", "34")) \(String(repeating: " ", count: line.caretColumn))"
            + paint(carets, for: severity) + "\n"
    }

    private func paint(_ text: String, for severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: color(text, "1;31")
        case .warning: color(text, "1;33")
        case .note: color(text, "1;36")
        }
    }

    private func bold(_ text: String) -> String { color(text, "1") }

    private func color(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
