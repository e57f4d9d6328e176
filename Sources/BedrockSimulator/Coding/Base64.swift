/// Base64 with padding (RFC 4648, section 4), as JSON carries bytes.
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// The bytes as text.
    static func encoded(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var (bits, count) = (UInt32(0), 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            for shift in [18, 12, 6, 0] as [UInt32] { text.append(digits[Int(bits >> shift & 63)]) }
            (bits, count) = (0, 0)
        }
        if count > 0 {
            bits <<= count == 1 ? 16 : 8
            text.append(digits[Int(bits >> 18 & 63)])
            text.append(digits[Int(bits >> 12 & 63)])
            text.append(count == 1 ? UInt8(ascii: "=") : digits[Int(bits >> 6 & 63)])
            text.append(UInt8(ascii: "="))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text, or nil when it is not base64 with its padding.
    static func decoded(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { text -> [UInt8]? in
            guard text.count % 4 == 0 else { return nil }
            let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(text.count / 4 * 3)
            var (bits, count) = (UInt32(0), 0)
            for digit in text.dropLast(padding) {
                let value = values[Int(digit)]
                guard value != 0xFF else { return nil }
                bits = bits << 6 | UInt32(value)
                count += 1
                guard count == 4 else { continue }
                bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
                bytes.append(UInt8(truncatingIfNeeded: bits))
                (bits, count) = (0, 0)
            }
            switch (count, padding) {
            case (0, 0): break
            case (2, 2): bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
            case (3, 1):
                bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
            default: return nil
            }
            return bytes
        }
    }
}
