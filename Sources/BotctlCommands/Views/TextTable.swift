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

    /// The columns that the last one keeps, as far as it needs them: it is the one that tells most.
    private static let leastLastWidth = 24

    private let header: [String]
    private var rows: [[Cell]] = []
    private let rightAligned: Set<Int>
    private let unbroken: Set<Int>

    /// An empty table.
    ///
    /// - Parameters:
    ///   - header: The columns' titles.
    ///   - rightAligned: The columns that hold numbers.
    ///   - unbroken: The columns that hold what people copy, such as ids.
    init(_ header: [String], rightAligned: Set<Int> = [], unbroken: Set<Int> = []) {
        self.header = header
        self.rightAligned = rightAligned
        self.unbroken = unbroken
    }

    /// Adds a row of as many cells as there are columns.
    mutating func append(_ row: [Cell]) { rows.append(row) }

    /// The lines of the table, without spaces at their ends; a row that is longer than the width takes several.
    func lines(width: Int, style: TextStyle) -> [String] {
        let widths = widths(within: width)
        return ([header.map { Cell($0, paint: style.dim) }] + rows).flatMap { lines(of: $0, widths) }
    }

    /// The columns' widths: the last one gives way first, then the widest, which then is broken within words.
    private func widths(within width: Int) -> [Int] {
        var widths = header.map(TextWidth.columns)
        for row in rows {
            for (column, cell) in row.enumerated() {
                widths[column] = max(widths[column], TextWidth.columns(of: cell.text))
            }
        }
        guard let last = widths.indices.last else { return widths }
        func excess() -> Int { widths.reduce(0) { $0 + $1 + 2 } - 2 - width }
        widths[last] = max(min(widths[last], Self.leastLastWidth), widths[last] - max(0, excess()))
        while excess() > 0 {
            // A column as narrow as its title, or as a short word, stays.
            let wide = widths.indices.filter {
                $0 != last && !rightAligned.contains($0) && !unbroken.contains($0)
                    && widths[$0] > max(12, TextWidth.columns(of: header[$0]))
            }
            guard let widest = wide.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        widths[last] = max(TextWidth.columns(of: header[last]), 8, widths[last] - max(0, excess()))
        return widths
    }

    private func lines(of row: [Cell], _ widths: [Int]) -> [String] {
        let parts = row.enumerated().map { column, cell in
            WrappedText(cell.text, width: widths[column], breaksWords: true).lines
        }
        return (0..<(parts.map(\.count).max() ?? 0)).map { index in
            var line = ""
            // Spaces are only written before a text, so that none stands at the end of the line.
            var gap = 0
            for (column, cell) in row.enumerated() {
                let text = index < parts[column].count ? parts[column][index] : ""
                let room = max(0, widths[column] - TextWidth.columns(of: text))
                let isRight = rightAligned.contains(column)
                if text.isEmpty {
                    gap += room
                } else {
                    line += String(repeating: " ", count: gap + (isRight ? room : 0)) + cell.paint(text)
                    gap = isRight ? 0 : room
                }
                gap += 2
            }
            return line
        }
    }
}
