/// The id of one request, which its answer and all its logs carry.
struct RequestID: Hashable, Sendable, CustomStringConvertible {
    /// 8 to 64 characters of `A-Z a-z 0-9 _ -`.
    let text: String

    /// A caller's own id, or nil when it is not one that may stand in logs and answers.
    init?(_ text: String) {
        guard (8...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.text = text
    }

    /// A new id.
    init() {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        for _ in 0..<2 {
            var bits = UInt64.random(in: .min ... .max)
            for _ in 0..<12 {
                bytes.append(Self.alphabet[Int(bits & 31)])
                bits >>= 5
            }
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    var description: String { text }

    /// Crockford's base 32: no letters that are mistaken for digits when somebody reads an id aloud.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
