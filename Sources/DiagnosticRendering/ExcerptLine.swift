import Diagnostics

/// A line of a file as it is shown, and where the caret stands below it, in columns of a terminal.
///
/// Tabs become four spaces, control characters U+FFFD; wide characters take two columns and combining ones none, so
/// that the caret stands below what is meant. A long line is cut on either side.
struct ExcerptLine {
    private(set) var text = ""
    private(set) var caretColumn = 0
    /// At least 1.
    private(set) var caretWidth = 1

    /// The line of a place, at most that many columns wide.
    init(_ location: SourceLocation, width: Int) {
        let scalars = Array(location.excerpt.unicodeScalars)
        let start = min(location.column - 1, scalars.count)
        let end = min(start + max(location.length, 1), scalars.count)
        let cells = Self.cells(scalars)
        let columns = { (range: Range<Int>) in cells[range].reduce(0) { $0 + $1.width } }

        let budget = max(20, width)
        var first = 0
        var prefix = ""
        if columns(0..<cells.count) > budget, columns(0..<min(end, cells.count)) > budget - 1 {
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

    private struct Cell {
        let text: String
        let width: Int
    }

    private static func cells(_ scalars: [Unicode.Scalar]) -> [Cell] {
        var afterJoiner = false
        return scalars.map { scalar in
            defer { afterJoiner = scalar.value == 0x200D }
            if scalar == "\t" { return Cell(text: "    ", width: 4) }
            if scalar.isObeyedByTerminals { return Cell(text: "\u{FFFD}", width: 1) }
            return Cell(text: String(scalar), width: afterJoiner ? 0 : ScalarWidth.columns(of: scalar))
        }
    }
}
