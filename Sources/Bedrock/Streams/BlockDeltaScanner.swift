/// Reads a `contentBlockDelta` event without building a value of its JSON.
///
/// Nearly every event of an answer is `{"contentBlockIndex":0,"delta":{"text":"…"},"p":"…"}`, or has a tool's input or
/// reasoning in the text's place. Whatever looks different in any way is left to the general parser, which also finds
/// the errors.
struct BlockDeltaScanner {

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// The delta; nil when the general parser has to look.
    static func delta(in payload: UnsafeRawBufferPointer) -> BlockDelta? {
        var scanner = BlockDeltaScanner(bytes: payload.assumingMemoryBound(to: UInt8.self))
        return scanner.scan()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func scan() -> BlockDelta? {
        var content: BlockDelta.Content?
        var index: Int?
        guard take("{") else { return nil }
        repeat {
            if take("\"delta\":{") {
                guard content == nil, let found = takeContent() else { return nil }
                content = found
            } else if take("\"contentBlockIndex\":") {
                guard index == nil, let found = takeIndex() else { return nil }
                index = found
            } else if take("\"p\":\"") {
                guard takePadding() else { return nil }
            } else {
                return nil
            }
        } while take(",")
        guard take("}"), position == bytes.count, let content else { return nil }
        return BlockDelta(index: index ?? 0, content: content)
    }

    /// Takes the delta's one member and the brace that ends it.
    private mutating func takeContent() -> BlockDelta.Content? {
        if take("\"text\":\"") {
            guard let text = takeText(), take("}") else { return nil }
            return .text(text)
        }
        if take("\"toolUse\":{\"input\":\"") {
            guard let text = takeText(), take("}}") else { return nil }
            return .toolInput(text)
        }
        guard take("\"reasoningContent\":{") else { return nil }
        if take("\"text\":\"") {
            guard let text = takeText(), take("}}") else { return nil }
            return .reasoning(text)
        }
        guard take("\"signature\":\""), let text = takeText(), take("}}") else { return nil }
        return .signature(text)
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] { return false }
        position += count
        return true
    }

    /// Takes a whole number of at most nine digits without a leading zero.
    private mutating func takeIndex() -> Int? {
        let start = position
        var value = 0
        while position < bytes.count, position - start < 9, (0x30...0x39).contains(bytes[position]) {
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        return position == start + 1 || (position > start && bytes[start] != 0x30) ? value : nil
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
                if escapes == 0 { return Self.string(raw) }
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

    /// `String(validating:as:)` says the same and takes twice the time, as it is not specialised.
    private static func string(_ utf8: UnsafeBufferPointer<UInt8>) -> String? {
        guard let text = try? UTF8Span(validating: utf8.span) else { return nil }
        return String(copying: text)
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
        return result.withUnsafeBufferPointer(string)
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
