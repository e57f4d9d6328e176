import Crypto

/// The SHA-256 of a stored text, in lower-case hexadecimal: its name in the state store.
package struct ContentDigest: Hashable, Sendable, CustomStringConvertible, Comparable {
    /// 64 characters of `0-9a-f`.
    package let text: String

    /// The digest of these bytes.
    package init(of bytes: [UInt8]) {
        let hash = SHA256.hash(data: bytes)
        text = String(unsafeUninitializedCapacity: 64) { buffer in
            var position = 0
            for byte in hash {
                for digit in [byte >> 4, byte & 0xF] {
                    buffer[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                    position += 1
                }
            }
            return position
        }
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
