import DiagnosticRendering

/// Breaks a text that comes in pieces into lines between words, as far as it has come.
///
/// A word is held back until its end is known. Code between fences, and what is longer than a line, stays as it is.
struct WrappingText {
    /// The columns of a line; nil for lines of any length.
    private let width: Int?
    /// The columns that are taken on the current line.
    private var column = 0
    /// What stands before each further line of a list's item or a quotation.
    private var hang = ""
    private var blanks = ""
    private var word = ""
    private var isFirstWord = true
    private var isCode = false

    init(width: Int?) { self.width = width }

    /// Whether the next text begins a line.
    var isAtLineStart: Bool { column == 0 && word.isEmpty }

    /// Takes the next piece.
    ///
    /// - Returns: What can be written now.
    mutating func add(_ piece: String) -> String {
        var ready = ""
        for character in piece {
            switch character {
            case "\n":
                ready += flush() + "\n"
                (column, hang, isFirstWord, blanks) = (0, "", true, "")
            case " ", "\t":
                ready += flush()
                blanks.append(character)
            default:
                // Scripts with wide characters have no spaces: a line may end before each.
                let isWide = TextWidth.columns(of: character) > 1
                if isWide { ready += flush() }
                word.append(character)
                if isWide || width == nil { ready += flush() }
            }
        }
        return ready
    }

    /// The word that was held back.
    mutating func flush() -> String {
        guard !word.isEmpty else { return "" }
        defer { (word, blanks, isFirstWord) = ("", "", false) }
        if isFirstWord { begin() }
        let columns = TextWidth.columns(of: word)
        let gap = blanks.reduce(0) { $0 + ($1 == "\t" ? 8 : 1) }
        if let width, !isCode, column > hang.count, column + gap + columns > width {
            column = hang.count + columns
            return "\n" + hang + word
        }
        column += gap + columns
        return blanks + word
    }

    private mutating func begin() {
        if word.hasPrefix("```") || word.hasPrefix("~~~") { isCode.toggle() }
        let isNumber = word.hasSuffix(".") && !word.dropLast().isEmpty && word.dropLast().allSatisfy(\.isWholeNumber)
        let isItem = ["-", "*", "+", "•"].contains(word) || isNumber
        let indent = min(blanks.count + (isItem ? word.count + 1 : 0), (width ?? 0) / 2)
        hang = word == ">" ? "> " : String(repeating: " ", count: indent)
    }
}
