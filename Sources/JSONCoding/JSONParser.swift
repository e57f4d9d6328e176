/// Bounds on a JSON text that comes from outside.
package struct JSONLimits: Hashable, Sendable {
    /// How deep arrays and objects may nest; the parser recurses, so this bounds its stack too.
    package var depth: Int
    /// How many values the text may hold.
    package var values: Int

    /// Whether an escaped half of a surrogate pair is read as U+FFFD instead of being an error: texts that were cut
    /// inside an emoji hold one.
    package var replacesLoneSurrogates: Bool

    package init(depth: Int = 64, values: Int = 1_000_000, replacesLoneSurrogates: Bool = false) {
        self.depth = depth
        self.values = values
        self.replacesLoneSurrogates = replacesLoneSurrogates
    }
}

/// Why a text is not JSON, and where.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The byte at which reading stopped, counted from 0.
    package let offset: Int
    /// What was wrong there, as the end of the sentence "invalid JSON: …".
    package let reason: String

    package var description: String { "invalid JSON at byte \(offset): \(reason)" }
}

/// Reads JSON texts (RFC 8259), strictly: no comments, no trailing commas, no lone surrogates, no invalid UTF-8.
package struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var remainingValues: Int
    private let depthLimit: Int
    private let replacesLoneSurrogates: Bool

    /// Reads a whole text.
    ///
    /// - Parameters:
    ///   - text: The text in UTF-8, without a byte order mark.
    ///   - limits: Bounds past which reading stops with an error.
    /// - Returns: The value that the text holds.
    /// - Throws: ``JSONError`` with the byte at which the text stops being JSON or goes past a bound.
    package static func parse(_ text: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
        let result = text.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONError) in try parse(buffer, limits: limits) }
        }
        return try result.get()
    }

    /// Reads a whole text from a buffer that outlives the call; see ``parse(_:limits:)-([UInt8],_)``.
    package static func parse(
        _ text: UnsafeBufferPointer<UInt8>, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: text, limits: limits)
        let value = try parser.parseValue(depth: 0)
        parser.skipWhitespace()
        guard parser.position == text.count else { throw parser.error("something follows the value") }
        return value
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        remainingValues = limits.values
        depthLimit = limits.depth
        replacesLoneSurrogates = limits.replacesLoneSurrogates
    }

    private func error(_ reason: String) -> JSONError { JSONError(offset: position, reason: reason) }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipWhitespace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func parseValue(depth: Int) throws(JSONError) -> JSONValue {
        skipWhitespace()
        guard remainingValues > 0 else { throw error("too many values") }
        remainingValues -= 1
        switch current {
        case nil: throw error("the text ends too early")
        case 0x22: return .string(try parseString())
        case 0x7B: return .object(try parseObject(depth: depth + 1))
        case 0x5B: return .array(try parseArray(depth: depth + 1))
        case 0x74:
            try expect("true")
            return .bool(true)
        case 0x66:
            try expect("false")
            return .bool(false)
        case 0x6E:
            try expect("null")
            return .null
        default: return .number(try parseNumber())
        }
    }

    private mutating func expect(_ word: StaticString) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[index] else { throw error("expected '\(word)'") }
            position += 1
        }
    }

    private mutating func parseNumber() throws(JSONError) -> JSONNumber {
        let start = position
        while let byte = current,
            (byte >= 0x30 && byte <= 0x39) || byte == 0x2D || byte == 0x2B || byte == 0x2E || byte == 0x65
                || byte == 0x45
        {
            position += 1
        }
        let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
        guard JSONNumber.isValid(text) else {
            position = start
            throw error("expected a value")
        }
        return JSONNumber(validated: String(decoding: text, as: UTF8.self))
    }

    private mutating func parseArray(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth <= depthLimit else { throw error("nested deeper than \(depthLimit)") }
        position += 1
        var elements: [JSONValue] = []
        skipWhitespace()
        if current == 0x5D {
            position += 1
            return elements
        }
        while true {
            elements.append(try parseValue(depth: depth))
            skipWhitespace()
            switch current {
            case 0x2C: position += 1
            case 0x5D:
                position += 1
                return elements
            default: throw error("expected ',' or ']'")
            }
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONError) -> JSONObject {
        guard depth <= depthLimit else { throw error("nested deeper than \(depthLimit)") }
        position += 1
        var object = JSONObject()
        skipWhitespace()
        if current == 0x7D {
            position += 1
            return object
        }
        while true {
            skipWhitespace()
            guard current == 0x22 else { throw error("expected a member name in quotes") }
            let name = try parseString()
            skipWhitespace()
            guard current == 0x3A else { throw error("expected ':'") }
            position += 1
            object.append(name, try parseValue(depth: depth))
            skipWhitespace()
            switch current {
            case 0x2C: position += 1
            case 0x7D:
                position += 1
                return object
            default: throw error("expected ',' or '}'")
            }
        }
    }

    private mutating func parseString() throws(JSONError) -> String {
        position += 1
        let start = position
        while let byte = current, byte != 0x22, byte != 0x5C, byte >= 0x20 { position += 1 }
        guard let stop = current else { throw error("the string does not end") }
        if stop == 0x22 {
            let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
            position += 1
            return try validString(text, at: start)
        }
        var unescaped = Array(bytes[start..<position])
        while true {
            guard let byte = current else { throw error("the string does not end") }
            switch byte {
            case 0x22:
                position += 1
                let result = unescaped.withUnsafeBufferPointer { buffer in
                    Result { () throws(JSONError) in try validString(buffer, at: start) }
                }
                return try result.get()
            case 0x5C: try parseEscape(into: &unescaped)
            case 0..<0x20: throw error("a control character must be escaped")
            default:
                unescaped.append(byte)
                position += 1
            }
        }
    }

    private func validString(_ text: UnsafeBufferPointer<UInt8>, at start: Int) throws(JSONError) -> String {
        // `String(validating:as:)` says the same and takes twice the time, as it is not specialised.
        guard let utf8 = try? UTF8Span(validating: text.span) else {
            throw JSONError(offset: start, reason: "the string is not valid UTF-8")
        }
        return String(copying: utf8)
    }

    private mutating func parseEscape(into unescaped: inout [UInt8]) throws(JSONError) {
        position += 1
        guard let byte = current else { throw error("the string does not end") }
        position += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: unescaped.append(byte)
        case 0x62: unescaped.append(0x08)
        case 0x66: unescaped.append(0x0C)
        case 0x6E: unescaped.append(0x0A)
        case 0x72: unescaped.append(0x0D)
        case 0x74: unescaped.append(0x09)
        case 0x75:
            let scalar = try parseUnicodeEscape()
            unescaped.append(contentsOf: Array(String(Character(scalar)).utf8))
        default:
            position -= 1
            throw error("unknown escape")
        }
    }

    private mutating func parseUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let first = try parseHexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        let afterFirst = position
        if first < 0xDC00, current == 0x5C, position + 1 < bytes.count, bytes[position + 1] == 0x75 {
            position += 2
            let second = try parseHexadecimal()
            if (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            {
                return scalar
            }
        }
        guard replacesLoneSurrogates else { throw error("a lone surrogate is no character") }
        position = afterFirst
        return "\u{FFFD}"
    }

    private mutating func parseHexadecimal() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("expected four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
