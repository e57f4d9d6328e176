import Diagnostics

/// A line of a file as it is shown, and where the caret stands below it, in columns of a terminal.
///
/// Tabs become four spaces, control characters U+FFFD; wide characters take two columns and combining ones none, so
/// that the caret stands below what is meant. A long line is cut on either side, never inside a character.
struct ExcerptLine {
    private(set) var text = ""
    private(set) var caretColumn = 0
    /// At least 1.
    private(set) var caretWidth = 1

    /// The line of a place, at most that many columns wide.
    init(_ location: SourceLocation, width: Int) {
        let cells = Self.cells(location.excerpt)
        let (start, end) = Self.meant(by: location, in: cells)
        let columns = { (range: Range<Int>) in cells[range].reduce(0) { $0 + $1.width } }

        let budget = max(20, width)
        var first = 0
        var prefix = ""
        if columns(0..<cells.count) > budget, columns(0..<end) > budget - 1 {
            // Keep a third of the width before what is meant.
            first = start
            var kept = 0
            while first > 0, kept + cells[first - 1].width <= budget / 3 {
                first -= 1
                kept += cells[first].width
            }
            if first > 0 { prefix = "…" }
        }
        var used = prefix.count
        var last = first
        while last < cells.count, used + cells[last].width <= budget - 1 {
            used += cells[last].width
            last += 1
        }
        if last == cells.count - 1, used + cells[last].width <= budget { last += 1 }
        text = prefix + cells[first..<last].map(\.text).joined() + (last < cells.count ? "…" : "")
        let shownStart = max(first, min(start, last))
        caretColumn = prefix.count + columns(first..<shownStart)
        caretWidth = max(1, columns(shownStart..<max(shownStart, min(end, last))))
    }

    /// What a reader takes for one character.
    private struct Cell {
        let text: String
        let width: Int
        /// How many Unicode scalars of the file it holds.
        let scalarCount: Int
    }

    private static func cells(_ excerpt: String) -> [Cell] {
        excerpt.map { character in
            let scalars = character.unicodeScalars
            if character == "\t" { return Cell(text: "    ", width: 4, scalarCount: 1) }
            if scalars.contains(where: \.isObeyedByTerminals) {
                let count = scalars.count
                return Cell(text: String(repeating: "\u{FFFD}", count: count), width: count, scalarCount: count)
            }
            return Cell(
                text: String(character), width: TextWidth.columns(of: character), scalarCount: scalars.count)
        }
    }

    /// The cells that a place covers, whole where it begins or ends within one; empty past the end of the line.
    private static func meant(by location: SourceLocation, in cells: [Cell]) -> (start: Int, end: Int) {
        let from = location.column - location.excerptColumn
        let upTo = from + max(location.length, 1)
        var start = cells.count
        var end = cells.count
        var position = 0
        for (index, cell) in cells.enumerated() {
            if position >= upTo {
                end = index
                break
            }
            position += cell.scalarCount
            if start == cells.count, position > from { start = index }
        }
        return (min(start, end), end)
    }
}
