import DiagnosticRendering

extension Terminal {
    /// Writes a text to standard error, broken between words where a person reads it.
    ///
    /// - Parameters:
    ///   - text: Words with spaces between them, without colours.
    ///   - start: What stands before the text, in colours or not.
    ///   - columns: How many columns the start takes.
    ///   - indent: The columns before each further line.
    func note(_ text: String, after start: String, columns: Int, indent: Int) {
        let width = errorIsTerminal ? width : .max
        let lines = WrappedText(text, width: width, after: columns, indent: indent).lines
        note(start + lines[0])
        for line in lines.dropFirst() { note(String(repeating: " ", count: indent) + line) }
    }

    /// Writes a question to standard error and waits for a yes; the end of input is none.
    func confirms(_ question: String) -> Bool {
        writeError(WrappedText(question + " [y/N]", width: width).lines.joined(separator: "\n") + " ")
        guard let answer = readLine()?.lowercased() else {
            note("")
            return false
        }
        return ["y", "yes"].contains(answer)
    }
}
