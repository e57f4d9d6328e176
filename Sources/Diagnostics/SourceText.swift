/// The text of one configuration file, kept for positions and excerpts.
package final class SourceText: Sendable {
    /// The path of the file as people are to read it, relative to the project.
    package let name: String
    /// The bytes of the file, as they were read.
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Where a range of bytes stands, with the line for the excerpt.
    ///
    /// Counts from the start of the file: O(length), so ask for diagnostics and origins that are shown, not for every
    /// value that is read. A range past the end is moved to the end; one that spans lines ends with its first line.
    package func location(of range: Range<Int>) -> SourceLocation {
        let start = min(max(range.lowerBound, 0), bytes.count)
        var line = 1
        var lineStart = 0
        var index = 0
        while index < start {
            if bytes[index] == 0x0A {
                line += 1
                lineStart = index + 1
            }
            index += 1
        }
        var lineEnd = lineStart
        while lineEnd < bytes.count, bytes[lineEnd] != 0x0A { lineEnd += 1 }
        if lineEnd > lineStart, bytes[lineEnd - 1] == 0x0D { lineEnd -= 1 }
        if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { lineStart = min(3, start) }
        let clampedStart = min(start, max(lineEnd, lineStart))
        let end = min(max(range.upperBound, clampedStart), max(lineEnd, clampedStart))
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        return SourceLocation(
            file: name, line: line, column: text(lineStart..<clampedStart).unicodeScalars.count + 1,
            length: text(clampedStart..<end).unicodeScalars.count, excerpt: text(lineStart..<max(lineEnd, lineStart)))
    }

    /// The places of a range, one for each line that it touches.
    package func locations(of range: Range<Int>) -> [SourceLocation] {
        var result: [SourceLocation] = []
        var start = min(max(range.lowerBound, 0), bytes.count)
        let end = min(range.upperBound, bytes.count)
        while start < end {
            let lineEnd = bytes[start..<end].firstIndex(of: 0x0A) ?? end
            result.append(location(of: start..<lineEnd))
            start = lineEnd + 1
        }
        return result
    }
}
