/// What a scalar means by the YAML 1.2 core schema.
///
/// Numbers keep the text they were written with, so that money never passes through a binary fraction.
package enum YAMLScalar: Hashable, Sendable {
    case null
    case bool(Bool)
    /// `12`, `-0`, `+3`, `0o17`, `0x1F`.
    case integer(String)
    /// `0.5`, `.5`, `1e3`, `-.inf`, `.nan`.
    case float(String)
    case string(String)
}

extension YAMLScalar {
    /// The integer, or nil when this is no integer or does not fit.
    package var integerValue: Int? {
        guard case .integer(let text) = self else { return nil }
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8) }
        return Int(text)
    }

    /// The number as a binary fraction, or nil when this is no number.
    package var doubleValue: Double? {
        switch self {
        case .integer(let text):
            if let integer = integerValue { return Double(integer) }
            return Double(text)
        case .float(let text):
            switch text.drop(while: { $0 == "-" || $0 == "+" }) {
            case ".inf", ".Inf", ".INF": return text.hasPrefix("-") ? -.infinity : .infinity
            case ".nan", ".NaN", ".NAN": return .nan
            default: return Double(text)
            }
        case .null, .bool, .string: return nil
        }
    }
}

/// The rules by which a plain scalar is more than a string.
///
/// Source: YAML 1.2.2, 10.3.2 "Tag Resolution".
enum CoreSchema {
    /// The scalar types that an explicit tag can name.
    enum Tag: UInt8 {
        case string, null, bool, integer, float
    }

    enum Resolution: Hashable {
        case null, `true`, `false`, integer, float, string
    }

    static func resolve(_ text: UnsafeBufferPointer<UInt8>) -> Resolution {
        guard let first = text.first else { return .null }
        switch first {
        case UInt8(ascii: "~"): return text.count == 1 ? .null : .string
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            return text.isOne(of: "null", "Null", "NULL") ? .null : .string
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return text.isOne(of: "true", "True", "TRUE") ? .true : .string
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return text.isOne(of: "false", "False", "FALSE") ? .false : .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            return number(text)
        default: return .string
        }
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Resolution {
        if text.count > 2, text[0] == UInt8(ascii: "0") {
            let digits = UnsafeBufferPointer(rebasing: text[2...])
            if text[1] == UInt8(ascii: "o") {
                return digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "7") } ? .integer : .string
            }
            if text[1] == UInt8(ascii: "x") { return digits.allSatisfy(isHexDigit) ? .integer : .string }
        }
        var position = 0
        if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") { position = 1 }
        let unsigned = UnsafeBufferPointer(rebasing: text[position...])
        if unsigned.isOne(of: ".inf", ".Inf", ".INF") { return .float }
        if position == 0, unsigned.isOne(of: ".nan", ".NaN", ".NAN") { return .float }

        func skipDigits() -> Int {
            let start = position
            while position < text.count, isDigit(text[position]) { position += 1 }
            return position - start
        }
        let whole = skipDigits()
        if position == text.count { return whole > 0 ? .integer : .string }
        if text[position] == UInt8(ascii: ".") {
            position += 1
            let fraction = skipDigits()
            guard whole + fraction > 0 else { return .string }
        } else if whole == 0 {
            return .string
        }
        if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < text.count, text[position] == UInt8(ascii: "-") || text[position] == UInt8(ascii: "+") {
                position += 1
            }
            guard skipDigits() > 0 else { return .string }
        }
        return position == text.count ? .float : .string
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are those of one of the ASCII words.
    fileprivate func isOne(of words: StaticString...) -> Bool {
        words.contains { word in
            word.utf8CodeUnitCount == count && word.withUTF8Buffer { $0.elementsEqual(self) }
        }
    }
}
