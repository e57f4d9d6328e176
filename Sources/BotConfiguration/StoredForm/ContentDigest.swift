import Crypto

/// The SHA-256 of a stored text, in lower-case hexadecimal: its name in the state store.
package struct ContentDigest: Hashable, Sendable, CustomStringConvertible, Comparable {
    /// 64 characters of `0-9a-f`.
    package let text: String

    /// The digest of these bytes.
    package init(of bytes: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        text = String(
            decoding: SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }

    /// A digest from its text, or nil when the text is none.
    package init?(text: String) {
        guard text.utf8.count == 64,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    /// The first twelve characters, enough for people.
    package var short: String { String(text.prefix(12)) }

    package static func < (left: ContentDigest, right: ContentDigest) -> Bool { left.text < right.text }
}
