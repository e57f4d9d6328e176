/// The lines of a file, for edits that go by lines.
struct SourceLines {
    let bytes: [UInt8]
    /// Where the text starts: after a byte order mark.
    let base: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// What ends the lines of the file: that of its first line.
    var lineBreak: String {
        guard let feed = bytes.firstIndex(of: 0x0A), feed > 0, bytes[feed - 1] == 0x0D else { return "\n" }
        return "\r\n"
    }

    /// The start of the line that holds a position; never before the byte order mark's end.
    func start(at position: Int) -> Int {
        var start = min(position, bytes.count)
        while start > base, bytes[start - 1] != 0x0A { start -= 1 }
        return start
    }

    /// The start of the line before one; nil for the first.
    func start(before line: Int) -> Int? { line > base ? start(at: line - 1) : nil }

    /// The end of the line that holds a position, without its line break.
    func end(at position: Int) -> Int {
        var end = position
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        return end > position && bytes[end - 1] == 0x0D ? end - 1 : end
    }

    /// The start of the line after the one that holds a position; the end of the file after the last.
    func next(after position: Int) -> Int {
        var next = position
        while next < bytes.count, bytes[next] != 0x0A { next += 1 }
        return min(next + 1, bytes.count)
    }

    /// The first position from here that is neither a space nor a tab.
    func afterSpaces(_ position: Int) -> Int {
        var position = position
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
        return position
    }

    /// The position before the spaces and tabs that end here.
    func beforeSpaces(_ position: Int) -> Int {
        var position = position
        while position > base, bytes[position - 1] == 0x20 || bytes[position - 1] == 0x09 { position -= 1 }
        return position
    }

    /// Whether nothing but spaces stands between two positions.
    func isBlank(_ range: Range<Int>) -> Bool {
        bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }

    /// Whether the line that starts here holds nothing but spaces; the end of the file is no line.
    func isBlankLine(_ start: Int) -> Bool { start < bytes.count && isBlank(start..<end(at: start)) }

    /// How far the comment of a line that holds only one is indented; nil for another line.
    func commentIndent(ofLine start: Int) -> Int? {
        let first = afterSpaces(start)
        return first < bytes.count && bytes[first] == UInt8(ascii: "#") ? first - start : nil
    }

    /// The end of a line whose rest holds nothing, or only a comment; nil when something else follows.
    func endOfRest(_ position: Int) -> Int? {
        let first = afterSpaces(position)
        let end = end(at: position)
        if first >= end { return end }
        return first > position && bytes[first] == UInt8(ascii: "#") ? end : nil
    }

    /// The next position that is neither space nor line break nor within a comment.
    func afterSpaceAndComments(_ position: Int) -> Int {
        var position = position
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            case UInt8(ascii: "#"): position = end(at: position)
            default: return position
            }
        }
        return position
    }

    /// The part of the file that a range covers.
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
