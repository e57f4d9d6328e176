/// A place in a configuration file, as a person reads it.
package struct SourceLocation: Hashable, Sendable {
    /// The file, relative to the project.
    package var file: String
    /// The line, counted from 1.
    package var line: Int
    /// The column, counted from 1 in Unicode scalars.
    package var column: Int
    /// How many Unicode scalars of that line are meant; 0 for a point.
    package var length: Int
    /// The line without its line break, of a long line the part around the place; invalid UTF-8 shows as U+FFFD.
    package var excerpt: String
    /// The column of the excerpt's first character: 1 unless the line is too long to keep whole.
    package var excerptColumn: Int

    package init(file: String, line: Int, column: Int, length: Int, excerpt: String, excerptColumn: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
        self.excerpt = excerpt
        self.excerptColumn = excerptColumn
    }

    /// The place in short: `bots.d/claude.yaml:7:3`.
    package var description: String { "\(file):\(line):\(column)" }
}

extension SourceLocation {
    /// Hides the part of the excerpt that another place on the same line covers, because it holds a secret.
    package mutating func mask(_ place: SourceLocation) {
        let scalars = Array(excerpt.unicodeScalars)
        let start = min(max(place.column - excerptColumn, 0), scalars.count)
        let end = min(max(place.column - excerptColumn + place.length, start), scalars.count)
        var masked = String.UnicodeScalarView()
        masked.append(contentsOf: scalars[..<start])
        masked.append(contentsOf: repeatElement("*", count: end - start))
        masked.append(contentsOf: scalars[end...])
        excerpt = String(masked)
    }
}
