/// A value to be written into a file.
package enum NewScalar: Hashable, Sendable {
    /// A text; it gets quotes where it would be something else without them.
    case text(String)
    /// YAML as it is to stand there, on one line: `true`, `30`, `{id: x}`.
    case source(String)

    /// The value as YAML.
    ///
    /// - Parameters:
    ///   - style: How what it replaces is written: quotes stay, `plain` where nothing is replaced.
    ///   - isInFlow: Whether it stands within brackets or braces.
    /// - Returns: The source, or nil for a style that has no place on one line.
    func source(like style: YAMLNode.Style, isInFlow: Bool) -> String? {
        switch (self, style) {
        case (_, .literal), (_, .folded): nil
        case (.source(let source), _): source
        case (.text(let text), .plain): PlainText.allows(text, isInFlow: isInFlow) ? text : Self.doubleQuoted(text)
        case (.text(let text), .doubleQuoted): Self.doubleQuoted(text)
        case (.text(let text), .singleQuoted):
            text.unicodeScalars.contains(where: Self.needsEscape)
                ? Self.doubleQuoted(text)
                : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        }
    }

    /// Whether a character cannot stand as it is in quotes on one line.
    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    private static func doubleQuoted(_ text: String) -> String {
        var source = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": source += "\\\""
            case "\\": source += "\\\\"
            case "\n": source += "\\n"
            case "\t": source += "\\t"
            default:
                guard needsEscape(scalar) else {
                    source.unicodeScalars.append(scalar)
                    continue
                }
                let digits = String(scalar.value, radix: 16, uppercase: true)
                source += "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
            }
        }
        return source + "\""
    }
}

/// What a text must be like to stand without quotes.
enum PlainText {
    /// Whether a text stays the same text when it is written without quotes.
    ///
    /// Stricter than YAML 1.2.2, 7.3.3 "Plain Style": nothing that some parser takes for more than a text.
    static func allows(_ text: String, isInFlow: Bool) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 1000 else { return false }
        guard isWord(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "$") || first == UInt8(ascii: "+"),
            last != 0x20, last != UInt8(ascii: ":")
        else { return false }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case ..<0x20, 0x7F: return false
            case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
                if isInFlow { return false }
            case UInt8(ascii: ":"):
                if bytes[index + 1] == 0x20 || isInFlow && !isWord(bytes[index + 1]) { return false }
            case UInt8(ascii: "#"): if bytes[index - 1] == 0x20 { return false }
            default: continue
            }
        }
        // Rare characters that break lines for some parsers or cannot be seen.
        guard !text.unicodeScalars.contains(where: { $0.value >= 0x7F && !isLetterLike($0) }) else { return false }
        let isText = bytes.withUnsafeBufferPointer { CoreSchema.resolve($0) == .string }
        return isText && YAMLNode.booleanInYAML11(text) == nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    private static func isLetterLike(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0xA1 && scalar.properties.generalCategory != .format && !scalar.properties.isWhitespace
            && !scalar.properties.isNoncharacterCodePoint
    }
}
