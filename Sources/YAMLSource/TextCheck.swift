import Diagnostics

/// What can be told of a file from its bytes alone, before any of it is read as YAML.
enum TextCheck {
    /// Valid UTF-8 of allowed characters.
    ///
    /// - Parameters:
    ///   - base: Where the text starts: after a byte order mark.
    ///   - isASCII: Whether every character after the mark is one byte.
    case text(base: Int, isASCII: Bool)
    /// The first problem of the file.
    case problem(Problem)

    /// Why the bytes are no text for a configuration file.
    struct Problem {
        var code: DiagnosticCode
        var message: String
        var help: String
        var range: Range<Int>
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let name = Self.foreignEncoding(bytes) {
            self = .problem(
                Problem(
                    code: .notUTF8, message: "the file is written in \(name), not in UTF-8",
                    help: "save the file as UTF-8", range: 0..<0))
            return
        }
        let base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var position = base
        var isASCII = true
        var directives = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte >= 0x20, byte < 0x7F {
                position += 1
            } else if byte == 0x0A {
                position += 1
                // libyaml compares every tag directive with all before it.
                guard position < bytes.count, bytes[position] == UInt8(ascii: "%") else { continue }
                directives += 1
                guard directives <= Self.directiveLimit else {
                    self = .problem(Self.tooManyDirectives(at: position))
                    return
                }
            } else if byte == 0x09 {
                position += 1
            } else if byte == 0x0D {
                guard position + 1 < bytes.count, bytes[position + 1] == 0x0A else {
                    self = .problem(Self.loneCarriageReturn(at: position))
                    return
                }
                position += 1
            } else {
                isASCII = isASCII && byte < 0x80
                guard let length = Self.characterLength(bytes, at: position) else {
                    self = .problem(Self.invalidByte(byte, at: position))
                    return
                }
                let range = position..<position + length
                if let problem = Self.forbiddenCharacter(Self.scalar(bytes[range]), at: range) {
                    self = .problem(problem)
                    return
                }
                position += length
            }
        }
        self = .text(base: base, isASCII: isASCII)
    }

    private static let directiveLimit = 64

    private static func foreignEncoding(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        return nil
    }

    /// The length of the UTF-8 sequence at a position, or nil when there is none that RFC 3629 allows.
    private static func characterLength(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int? {
        let first = bytes[position]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case ..<0x80: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0:
            length = 3
            second = 0xA0...0xBF
        case 0xED:
            length = 3
            second = 0x80...0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0:
            length = 4
            second = 0x90...0xBF
        case 0xF1...0xF3: length = 4
        case 0xF4:
            length = 4
            second = 0x80...0x8F
        default: return nil
        }
        guard position + length <= bytes.count, second.contains(bytes[position + 1]) else { return nil }
        return bytes[(position + 2)..<(position + length)].allSatisfy { $0 & 0xC0 == 0x80 } ? length : nil
    }

    private static func scalar(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
        guard let first = bytes.first, bytes.count > 1 else { return UInt32(bytes.first ?? 0) }
        let lead = UInt32(first) & (0x7F >> UInt32(bytes.count))
        return bytes.dropFirst().reduce(lead) { $0 << 6 | UInt32($1 & 0x3F) }
    }

    private static func invalidByte(_ byte: UInt8, at position: Int) -> Problem {
        Problem(
            code: .notUTF8, message: "the file is not UTF-8: byte 0x\(hex(UInt32(byte), digits: 2)) is no text here",
            help: "save the file as UTF-8", range: position..<position + 1)
    }

    private static func tooManyDirectives(at position: Int) -> Problem {
        Problem(
            code: .yamlSyntax, message: "more than \(directiveLimit) directives (lines that start with '%')",
            help: "remove them; a configuration file needs none", range: position..<position + 1)
    }

    /// Stricter than YAML 1.2.2, 5.4: few tools end a line there, and a terminal writes over what stands before it.
    private static func loneCarriageReturn(at position: Int) -> Problem {
        Problem(
            code: .forbiddenCharacter, message: "a carriage return without a line feed is not allowed here",
            help: "end lines with a line feed; in double quotes it can be written as \"\\r\"",
            range: position..<position + 1)
    }

    /// What is wrong with a character outside of ASCII text, or nil.
    ///
    /// Stricter than YAML 1.2.2, 5.1 in three characters: libyaml still breaks lines at them, as YAML 1.1 did, and
    /// would see keys where an editor shows one value.
    private static func forbiddenCharacter(_ scalar: UInt32, at range: Range<Int>) -> Problem? {
        let name: String
        var help = "remove it; in double quotes it can be written as \"\(escape(scalar))\""
        switch scalar {
        case 0:
            name = "a NUL byte"
            help = "save the file as UTF-8 text"
        case ..<0x20, 0x7F..<0x85, 0x86..<0xA0: name = "the control character U+\(hex(scalar, digits: 4))"
        case 0x85: name = "the line break U+0085 (next line)"
        case 0x2028: name = "the line separator U+2028"
        case 0x2029: name = "the paragraph separator U+2029"
        case 0xFFFE, 0xFFFF: name = "the non-character U+\(hex(scalar, digits: 4))"
        default: return nil
        }
        return Problem(code: .forbiddenCharacter, message: "\(name) is not allowed here", help: help, range: range)
    }

    private static func escape(_ scalar: UInt32) -> String {
        scalar < 0x100 ? "\\x\(hex(scalar, digits: 2))" : "\\u\(hex(scalar, digits: 4))"
    }

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
