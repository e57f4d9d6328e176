import AWSSigning

/// The length and the digest of a file that came with a prompt.
struct FileDigest: Sendable, Hashable {
    let byteCount: Int
    /// The first twelve hexadecimal digits of the SHA-256.
    let prefix: String

    init(_ media: ConverseRequest.Media) {
        let bytes: [UInt8] =
            switch media.source {
            case .bytes(let bytes): bytes
            case .object(let uri): Array(uri.utf8)
            case .text(let text): Array(text.utf8)
            case .unreadable, .missing: []
            }
        byteCount = bytes.count
        prefix = Self.prefix(of: bytes)
    }

    /// The first twelve hexadecimal digits of the SHA-256 of the bytes.
    static func prefix(of bytes: [UInt8]) -> String { String(sha256Hex(bytes).prefix(12)) }
}
