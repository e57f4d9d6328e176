/// Text broken into lines between words.
package struct WrappedText: Sendable {
    /// At least one line; none is longer than the width unless a single word is.
    package let lines: [String]

    /// Breaks a text.
    ///
    /// - Parameters:
    ///   - text: Words with spaces between them; there are no line breaks in it.
    ///   - width: The columns of a line.
    ///   - used: The columns that stand before the text on the first line.
    ///   - indent: The columns that will stand before each further line.
    package init(_ text: String, width: Int, after used: Int = 0, indent: Int = 0) {
        var lines: [String] = []
        var line = ""
        var room = width - used
        var isFirstWord = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let columns = TextWidth.columns(of: String(word))
            if !isFirstWord, columns + 1 > room {
                lines.append(line)
                line = String(word)
                room = width - indent - columns
            } else {
                line += isFirstWord ? String(word) : " " + word
                room -= isFirstWord ? columns : columns + 1
            }
            isFirstWord = false
        }
        self.lines = lines + [line]
    }
}
