import Diagnostics

/// What tells a result apart from others, also after lines above it came or went.
struct SARIFFingerprints {
    private var counts: [UInt64: Int] = [:]

    /// The fingerprint of the next diagnostic: a hash of what it says of which line, and how often that was said.
    mutating func fingerprint(of diagnostic: Diagnostic) -> String {
        let line = diagnostic.location?.excerpt.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        let parts = [diagnostic.code.rawValue, diagnostic.file ?? "", diagnostic.message, line]
        let hash = Self.hash(parts.joined(separator: "\u{0}"))
        counts[hash, default: 0] += 1
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits + ":\(counts[hash] ?? 1)"
    }

    /// FNV-1a of 64 bits: the same in every process, which Swift's own hashing is not.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
