/// How text for people is laid out.
package struct TextLayout: Hashable, Sendable {
    /// Columns; excerpts are cut around the caret to fit.
    package var width: Int
    /// Whether ANSI colours are written.
    package var usesColor: Bool
    /// Whether messages are broken into lines of the page too: only for a person's eyes, as programs that read the text
    /// look for a message on one line.
    package var wrapsText: Bool
    /// Whether the summary of the report stands at its end.
    package var endsWithSummary: Bool

    package init(width: Int, usesColor: Bool = false, wrapsText: Bool = false, endsWithSummary: Bool = false) {
        self.width = width
        self.usesColor = usesColor
        self.wrapsText = wrapsText
        self.endsWithSummary = endsWithSummary
    }

    /// The page of a file.
    package static let file = TextLayout(width: 100, endsWithSummary: true)
}
