import DiagnosticRendering

/// A table of aligned columns that fits a width.
struct TextTable {
    /// One cell: its text and how it is coloured.
    struct Cell: ExpressibleByStringLiteral {
        let text: String
        let paint: @Sendable (String) -> String

        init(_ text: String, paint: @escaping @Sendable (String) -> String = { $0 }) {
            self.text = text.printable
            self.paint = paint
        }

        init(stringLiteral value: String) { self.init(value) }
    }

    private let header: [String]
    private var rows: [[Cell]] = []
    private let rightAligned: Set<Int>

    /// An empty table.
    ///
    /// - Parameters:
    ///   - header: The columns' titles.
    ///   - rightAligned: The columns that hold numbers.
    init(_ header: [String], rightAligned: Set<Int> = []) {
        self.header = header
        self.rightAligned = rightAligned
    }

    /// Adds a row of as many cells as there are columns.
    mutating func append(_ row: [Cell]) { rows.append(row) }

    /// The lines of the table; the last column is cut with `…` where the line would be longer than the width.
    func lines(width: Int, style: TextStyle) -> [String] {
        var widths = header.map(\.count)
        for row in rows {
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.text.count) }
        }
        let used = widths.dropLast().reduce(0) { $0 + $1 + 2 }
        let lastWidth = max(header.last?.count ?? 0, min(widths.last ?? 0, max(8, width - used)))
        func line(_ cells: [Cell]) -> String {
            var result = ""
            for (column, cell) in cells.enumerated() {
                let isLast = column == cells.count - 1
                let text = isLast ? shortened(cell.text, to: lastWidth) : cell.text
                let padding = String(repeating: " ", count: max(0, widths[column] - text.count))
                if rightAligned.contains(column) {
                    result +=
                        (isLast ? String(repeating: " ", count: max(0, lastWidth - text.count)) : padding)
                        + cell.paint(text)
                } else {
                    result += cell.paint(text) + (isLast ? "" : padding)
                }
                if !isLast { result += "  " }
            }
            return result
        }
        return [line(header.map { Cell($0, paint: style.dim) })] + rows.map(line)
    }

    private func shortened(_ text: String, to width: Int) -> String {
        text.count <= width ? text : text.prefix(max(1, width - 1)) + "…"
    }
}
