import DiagnosticRendering

extension Terminal {
    /// Writes a text to standard output, broken between words where a person reads it; a program gets it on one line.
    ///
    /// - Parameters:
    ///   - label: What stands before the text, without colours.
    ///   - text: Words with spaces between them, without colours.
    ///   - indent: The columns before each further line.
    ///   - paintLabel: How the label is coloured.
    ///   - paint: How the text is coloured.
    func output(
        _ label: String, _ text: String, indent: Int, paintLabel: (String) -> String = { $0 },
        paint: (String) -> String = { $0 }
    ) {
        let width = outputIsTerminal ? self.width : .max
        let lines = WrappedText(text, width: width, after: TextWidth.columns(of: label), indent: indent).lines
        for (index, line) in lines.enumerated() {
            output((index == 0 ? paintLabel(label) : String(repeating: " ", count: indent)) + paint(line))
        }
    }
}
