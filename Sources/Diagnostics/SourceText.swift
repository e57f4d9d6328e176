private import Synchronization

/// The text of one configuration file, kept for positions and excerpts.
package final class SourceText: Sendable {
    /// The path of the file as people are to read it, relative to the project.
    package let name: String
    /// The bytes of the file, as they were read.
    package let bytes: [UInt8]
    /// Where the lines start; nil until somebody asks for a line far into the file.
    private let lineStarts = Mutex<[Int]?>(nil)

    /// How many bytes of a line an excerpt keeps on either side of the place's start, so that many problems of a very
    /// long line do not keep it many times.
    private static let excerptReach = 1024

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Where a range of bytes stands, with the line for the excerpt.
    ///
    /// The first question about a place beyond the file's beginning counts all its lines, later ones look the line up;
    /// still, ask for diagnostics and origins that are shown, not for every value that is read. A range past the end is
    /// moved to the end; one that spans lines ends with its first line.
    package func location(of range: Range<Int>) -> SourceLocation {
        let start = min(max(range.lowerBound, 0), bytes.count)
        let (line, firstByte) = line(at: start)
        var lineStart = firstByte
        var lineEnd = lineStart
        while lineEnd < bytes.count, bytes[lineEnd] != 0x0A { lineEnd += 1 }
        if lineEnd > lineStart, bytes[lineEnd - 1] == 0x0D { lineEnd -= 1 }
        if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { lineStart = min(3, start) }
        let clampedStart = min(start, max(lineEnd, lineStart))
        let end = min(max(range.upperBound, clampedStart), max(lineEnd, clampedStart))
        let excerptStart = characterStart(atOrBefore: clampedStart - Self.excerptReach, downTo: lineStart)
        let excerptEnd = characterStart(
            atOrBefore: min(clampedStart + Self.excerptReach, lineEnd), downTo: clampedStart)
        let excerptColumn = scalarCount(in: lineStart..<excerptStart) + 1
        return SourceLocation(
            file: name, line: line, column: excerptColumn + scalarCount(in: excerptStart..<clampedStart),
            length: scalarCount(in: clampedStart..<end),
            excerpt: String(decoding: bytes[excerptStart..<excerptEnd], as: UTF8.self), excerptColumn: excerptColumn)
    }

    /// Where the character that holds a byte starts, but not before a lower bound.
    private func characterStart(atOrBefore offset: Int, downTo bound: Int) -> Int {
        var offset = max(offset, bound)
        while offset > bound, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
    }

    /// How many Unicode scalars a range shows as; counted without decoding where the range is long.
    private func scalarCount(in range: Range<Int>) -> Int {
        guard range.count > Self.excerptReach else {
            return String(decoding: bytes[range], as: UTF8.self).unicodeScalars.count
        }
        return bytes[range].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
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

    /// The number of the line that a byte stands in, counted from 1, and where it starts.
    private func line(at offset: Int) -> (number: Int, start: Int) {
        // A person's file is short: counting to the place is quicker than a table.
        if offset < 4096 {
            let before = bytes[..<offset]
            let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            return (before.count { $0 == 0x0A } + 1, start)
        }
        return lineStarts.withLock { known in
            let starts = known ?? [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
            known = starts
            var (low, high) = (0, starts.count)
            while low + 1 < high {
                let middle = (low + high) / 2
                if starts[middle] <= offset { low = middle } else { high = middle }
            }
            return (low + 1, starts[low])
        }
    }
}
