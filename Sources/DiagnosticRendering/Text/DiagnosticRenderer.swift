package import Diagnostics

/// Shows diagnostics to people: the place, the message, the line with a caret, help, repair and notes.
package struct DiagnosticRenderer: Sendable {
    private let width: Int
    private let usesColor: Bool
    private let wrapsText: Bool

    /// A renderer for a page.
    package init(_ layout: TextLayout) {
        width = max(40, layout.width)
        usesColor = layout.usesColor
        wrapsText = layout.wrapsText
    }

    /// The diagnostics in the order given, each followed by an empty line.
    package func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
        diagnostics.map { render($0) + "\n" }.joined()
    }

    /// One diagnostic, each line with its line break.
    package func render(_ diagnostic: Diagnostic) -> String {
        let notePlaces = diagnostic.notes.map { $0.location.flatMap { shownExcerpt($0, beside: diagnostic) } }
        let numbers = ([diagnostic.location] + notePlaces).compactMap { $0.map { String($0.line).count } }
        let gutter = numbers.max() ?? 1
        var text = headline(diagnostic)
        if let location = diagnostic.location, !location.excerpt.isEmpty {
            text += excerpt(location, mark: "^", gutter: gutter) { paint($0, for: diagnostic.severity) }
        }
        text += instructions(diagnostic)
        for (note, place) in zip(diagnostic.notes, notePlaces) {
            text += labelled("note:", "36", note.message + (note.location.map { ", \($0.description)" } ?? ""))
            if let place { text += excerpt(place, mark: "-", gutter: gutter) { color($0, "36") } }
        }
        return text
    }

    private func headline(_ diagnostic: Diagnostic) -> String {
        let place = (diagnostic.location?.description ?? diagnostic.file).map { $0.printable + ": " } ?? ""
        let label = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
        let lines = wrapped(
            diagnostic.message.printable, after: TextWidth.columns(of: place) + label.count + 2, indent: 4)
        var text = (place.isEmpty ? "" : bold(place)) + paint(label, for: diagnostic.severity)
        for (index, line) in lines.enumerated() {
            text += (index == 0 ? bold(": " + line) : "    " + bold(line)) + "\n"
        }
        return text
    }

    /// How a help begins that tells to do what a fix does: to put another word there, or to take something away.
    private static let startsOfRepairs = ["did you mean ", "write ", "remove "]

    /// What to do: where a help says what the fix does, it names the command, and the fix is not told again.
    private func instructions(_ diagnostic: Diagnostic) -> String {
        let command = diagnostic.fix.map { _ in " (botctl validate --fix)" } ?? ""
        var isFixTold = diagnostic.fix == nil
        var text = ""
        for help in diagnostic.help {
            let tellsFix = !isFixTold && Self.startsOfRepairs.contains { help.hasPrefix($0) }
            isFixTold = isFixTold || tellsFix
            text += labelled("help:", "36", help + (tellsFix ? command : ""))
        }
        if let fix = diagnostic.fix, !isFixTold { text += labelled("fix:", "32", fix.summary + command) }
        return text
    }

    private func labelled(_ label: String, _ code: String, _ message: String) -> String {
        let indent = label.count + 3
        let lines = wrapped(message.printable, after: indent, indent: indent)
        return "  \(color(label, code)) "
            + lines.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
    }

    private func wrapped(_ text: String, after used: Int, indent: Int) -> [String] {
        wrapsText ? WrappedText(text, width: width, after: used, indent: indent).lines : [text]
    }

    /// The place of a note, where its line says more than what is shown already.
    private func shownExcerpt(_ place: SourceLocation, beside diagnostic: Diagnostic) -> SourceLocation? {
        let isShown = place.file == diagnostic.location?.file && place.line == diagnostic.location?.line
        return isShown || place.excerpt.isEmpty ? nil : place
    }

    private func excerpt(
        _ location: SourceLocation, mark: Character, gutter: Int, paint: (String) -> String
    ) -> String {
        let line = ExcerptLine(location, width: width - gutter - 5)
        let number = String(location.line)
        let blank = String(repeating: " ", count: gutter)
        let marks = String(repeating: mark, count: line.caretWidth)
        return "  \(color(blank.dropFirst(number.count) + number + " |", "34")) \(line.text)\n"
            + "  \(blank) \(color("|", "34")) \(String(repeating: " ", count: line.caretColumn))\(paint(marks))\n"
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
