import DiagnosticRendering

/// Names with texts beside them, wrapped to the width of the page.
struct FieldPage {
    let terminal: Terminal

    private static let indent = 13

    /// Writes a name and its text; nothing for a text that is empty or nil.
    ///
    /// - Parameters:
    ///   - name: At most ten characters.
    ///   - text: Words with spaces between them.
    ///   - paint: How the text is coloured.
    func field(_ name: String, _ text: String?, paint: (String) -> String = { $0 }) {
        guard let text, !text.isEmpty else { return }
        let padding = String(repeating: " ", count: max(1, Self.indent - 2 - name.count))
        write(text, first: "  " + terminal.outputStyle.dim(name) + padding, paint: paint)
    }

    /// Writes a text in the place of fields' texts.
    func text(_ text: String) {
        write(text, first: String(repeating: " ", count: Self.indent), paint: { $0 })
    }

    /// Writes an empty line and a title.
    func heading(_ title: String) {
        terminal.output("")
        terminal.output(terminal.outputStyle.bold(title))
    }

    private func write(_ text: String, first: String, paint: (String) -> String) {
        let width = min(terminal.width, 100)
        let lines = WrappedText(text.printable, width: width, after: Self.indent, indent: Self.indent).lines
        for (index, line) in lines.enumerated() {
            let start = index == 0 ? first : String(repeating: " ", count: Self.indent)
            terminal.output(start + paint(line))
        }
    }
}
