/// Finds the text of a `contentBlockDelta` event without building a value of its JSON.
///
/// Nearly every event of an answer is `{"contentBlockIndex":0,"delta":{"text":"…"},"p":"…"}`. Whatever looks different
/// in any way is left to the general parser, which also finds the errors.
struct TextDeltaScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// The text; nil when the general parser has to look.
    static func text(in payload: [UInt8]) -> String? {
        payload.withUnsafeBufferPointer { bytes in
            var scanner = TextDeltaScanner(bytes: bytes)
            return scanner.scan()
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func scan() -> String? {
        var text: String?
        guard take("{") else { return nil }
        repeat {
            if take("\"delta\":{\"text\":\"") {
                guard text == nil, let found = takeText(), take("}") else { return nil }
                text = found
            } else if take("\"contentBlockIndex\":") {
                guard takeIndex() else { return nil }
            } else if take("\"p\":\"") {
                guard takePadding() else { return nil }
            } else {
                return nil
            }
        } while take(",")
        guard take("}"), position == bytes.count else { return nil }
        return text
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] { return false }
        position += count
        return true
    }

    private mutating func takeIndex() -> Bool {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        return position == start + 1 || (position > start && bytes[start] != 0x30)
    }

    /// Takes the rest of a string that holds plain ASCII.
    private mutating func takePadding() -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return true }
            guard (0x20..<0x80).contains(byte), byte != UInt8(ascii: "\\") else { return false }
        }
        return false
    }

    /// Takes the rest of a string; nil for a `\u` escape, too, as surrogates are the general parser's business.
    private mutating func takeText() -> String? {
        let start = position
        var escapes = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                let raw = UnsafeBufferPointer(rebasing: bytes[start..<position - 1])
                if escapes == 0 { return String(validating: raw, as: UTF8.self) }
                return Self.unescaped(raw, count: raw.count - escapes)
            }
            if byte == UInt8(ascii: "\\") {
                guard position < bytes.count, bytes[position] != UInt8(ascii: "u") else { return nil }
                position += 1
                escapes += 1
            } else if byte < 0x20 {
                return nil
            }
        }
        return nil
    }

    private static func unescaped(_ raw: UnsafeBufferPointer<UInt8>, count: Int) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        var isEscaped = false
        for byte in raw {
            if isEscaped {
                guard let character = character(escapedAs: byte) else { return nil }
                result.append(character)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                result.append(byte)
            }
        }
        return String(validating: result, as: UTF8.self)
    }

    /// RFC 8259, section 7.
    private static func character(escapedAs byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: nil
        }
    }
}
