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
    ///   - breaksWords: Whether a word that is longer than a line is broken too, after a sign between its parts where
    ///     there is one.
    package init(_ text: String, width: Int, after used: Int = 0, indent: Int = 0, breaksWords: Bool = false) {
        var lines: [String] = []
        var line = ""
        var room = width - used
        var isFirstWord = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            var word = word
            if !isFirstWord, TextWidth.columns(of: String(word)) + 1 > room {
                lines.append(line)
                line = ""
                room = width - indent
                isFirstWord = true
            }
            while breaksWords, isFirstWord, TextWidth.columns(of: String(word)) > max(1, room) {
                let end = Self.breakingPoint(of: word, columns: max(1, room))
                lines.append(line + word[..<end])
                line = ""
                word = word[end...]
                room = width - indent
            }
            let columns = TextWidth.columns(of: String(word))
            line += isFirstWord ? String(word) : " " + word
            room -= isFirstWord ? columns : columns + 1
            isFirstWord = false
        }
        self.lines = lines + [line]
    }

    /// Where a word that is too long is broken: after the last sign within the columns, else where they end.
    private static func breakingPoint(of word: Substring, columns: Int) -> Substring.Index {
        var end = word.startIndex
        var used = 0
        var afterSign: Substring.Index?
        while end < word.endIndex {
            used += TextWidth.columns(of: word[end])
            guard used <= columns || end == word.startIndex else { break }
            let next = word.index(after: end)
            if "-._:/,=".contains(word[end]), used > columns / 2 { afterSign = next }
            end = next
        }
        return afterSign ?? end
    }
}
