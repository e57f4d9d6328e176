/// A place in a file, and what stands around it.
struct SyntaxPlace {
    let offset: Int
    let bytes: UnsafeBufferPointer<UInt8>

    /// The byte that stands here, unless the file ends.
    var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }
    /// Whether nothing but blanks follows.
    var isAtEnd: Bool { bytes[min(offset, bytes.count)...].allSatisfy(Self.isBlank) }

    /// The character that stands here.
    var point: Range<Int> { offset..<min(offset + length, bytes.count) }

    /// The length of the character that stands here.
    private var length: Int {
        guard let byte else { return 0 }
        return switch byte {
        case ..<0x80: 1
        case ..<0xE0: 2
        case ..<0xF0: 3
        default: 4
        }
    }

    /// The character that stands here, as text.
    var character: String { String(decoding: bytes[point], as: UTF8.self) }
    /// The word that stands here, as text.
    var text: String { String(decoding: bytes[token], as: UTF8.self) }

    /// The word that stands here.
    var token: Range<Int> {
        var end = offset
        while end < bytes.count, !Self.isBlank(bytes[end]) { end += 1 }
        return offset..<end
    }

    /// The tabs that stand here.
    var tabs: Range<Int> {
        var end = offset
        while end < bytes.count, bytes[end] == UInt8(ascii: "\t") { end += 1 }
        return offset..<end
    }

    /// What stands here up to the end of the line.
    var restOfLine: Range<Int> {
        var end = offset
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        while end > offset, Self.isBlank(bytes[end - 1]) { end -= 1 }
        return offset..<end
    }

    /// The start of the line.
    private var lineStart: Int {
        var start = min(offset, bytes.count)
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
        return start
    }

    /// Whether only blanks stand before this place on its line.
    var isInIndentation: Bool { bytes[lineStart..<min(offset, bytes.count)].allSatisfy(Self.isBlank) }

    /// How many spaces the line starts with.
    private var indentation: Int {
        bytes[lineStart...].prefix { $0 == 0x20 }.count
    }

    /// The column, counted from 1 in bytes.
    var column: Int { min(offset, bytes.count) - lineStart + 1 }

    /// The start of the text of the nearest line above that has some.
    var lineAbove: SyntaxPlace? {
        var end = lineStart
        while end > 0 {
            let line = SyntaxPlace(offset: end - 1, bytes: bytes)
            let start = line.lineStart + line.indentation
            if start < end - 1 { return SyntaxPlace(offset: start, bytes: bytes) }
            end = line.lineStart
        }
        return nil
    }

    /// The key of a line that starts here and has an equals sign in place of the colon: `key = value`; nil for others.
    var assignedKey: String? {
        let line = bytes[restOfLine]
        guard let sign = line.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let key = line[..<sign].prefix { !Self.isBlank($0) }
        let isWord = key.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        guard !key.isEmpty, key.count <= 60, isWord, line[key.endIndex..<sign].allSatisfy(Self.isBlank) else {
            return nil
        }
        return String(decoding: key, as: UTF8.self)
    }

    /// Whether a '-' stands here that starts an entry of a list.
    var isListEntry: Bool {
        byte == UInt8(ascii: "-") && (offset + 1 >= bytes.count || Self.isBlank(bytes[offset + 1]))
    }

    /// The whole `${…}` whose brace stands here, or nil.
    var reference: Range<Int>? {
        guard byte == UInt8(ascii: "{"), offset > 0, bytes[offset - 1] == UInt8(ascii: "$") else { return nil }
        let line = restOfLine
        guard let end = bytes[line].firstIndex(of: UInt8(ascii: "}")) else { return nil }
        // Braces within it are placeholders such as {NAME}.
        var close = end
        while close + 1 < line.upperBound, bytes[close + 1] == UInt8(ascii: "}"),
            bytes[offset...close].count(where: { $0 == UInt8(ascii: "{") })
                > bytes[offset...close].count(where: { $0 == UInt8(ascii: "}") })
        {
            close += 1
        }
        return offset - 1..<close + 1
    }

    /// Whether the place stands on a later line that is indented no deeper than the other's.
    func hasLeftBlock(of other: SyntaxPlace) -> Bool {
        lineStart > other.lineStart && indentation <= other.indentation
    }

    /// Whether a colon that ends a key stands on the line before this place.
    var followsColon: Bool {
        let before = lineStart..<min(offset, bytes.count)
        return before.contains { index in
            bytes[index] == UInt8(ascii: ":") && index + 1 < bytes.count && Self.isBlank(bytes[index + 1])
        }
    }

    /// The text of the line before this place.
    var lineSoFar: Range<Int> {
        var start = lineStart
        while start < offset, Self.isBlank(bytes[start]) { start += 1 }
        return start..<max(start, offset)
    }

    /// The place of the escape that this place is part of.
    var backslashBefore: SyntaxPlace {
        var start = min(offset, bytes.count)
        let first = max(lineStart, start - 10)
        while start > first {
            start -= 1
            if bytes[start] == UInt8(ascii: "\\") { return SyntaxPlace(offset: start, bytes: bytes) }
        }
        return self
    }

    /// A backslash and what follows it.
    var escapeSequence: Range<Int> {
        guard offset + 1 < bytes.count, !Self.isBlank(bytes[offset + 1]) else { return point }
        return offset..<SyntaxPlace(offset: offset + 1, bytes: bytes).point.upperBound
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
