/// A secret text, such as an access key.
///
/// It cannot be printed, logged or encoded by accident: every description is `<redacted>`, and there is no `Codable`.
/// Comparison takes the same time wherever two secrets of one length differ.
package struct Secret: Sendable {
    private let bytes: [UInt8]

    package init(_ text: String) { bytes = Array(text.utf8) }

    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// The number of bytes, which is not secret.
    package var count: Int { bytes.count }

    /// Whether all bytes are printable ASCII.
    package var isPrintableASCII: Bool { bytes.allSatisfy { (0x21...0x7E).contains($0) } }

    /// Whether a text that came from outside is this secret, in constant time for texts of one length.
    package func matches(_ candidate: some Collection<UInt8>) -> Bool {
        let isSame = candidate.withContiguousStorageIfAvailable { candidate in
            bytes.withUnsafeBufferPointer { Self.isSame($0, candidate) }
        }
        return isSame ?? matches(Array(candidate))
    }

    private static func isSame(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }

    /// The text itself; every use is a place where the secret leaves the process, so keep them few.
    package func reveal() -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Secret: Equatable {
    package static func == (left: Secret, right: Secret) -> Bool { left.matches(right.bytes) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret {
    /// A new secret of random letters and digits.
    ///
    /// - Parameter count: Its length; 32 make an access key of 190 bits.
    /// - Returns: The secret.
    package static func random(count: Int) -> Secret {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var generator = SystemRandomNumberGenerator()
        return Secret(bytes: (0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
    }
}
