package import JSONCoding

/// What is kept of a bot, or of its smoke cases, when it is deployed: canonical JSON and its digest.
///
/// Canonical means: UTF-8, members sorted by bytes, no spaces, minimal escapes; durations in milliseconds, sizes in
/// bytes, fractions and money as decimal strings.
package struct StoredConfiguration: Hashable, Sendable {
    /// The value; its members are sorted.
    package let value: JSONValue
    /// The canonical text.
    package let bytes: [UInt8]
    /// The SHA-256 of ``bytes``.
    package let digest: ContentDigest

    /// The stored form of a value.
    package init(canonical value: JSONValue) {
        self.value = value
        bytes = value.encoded(.canonical)
        digest = ContentDigest(of: bytes)
    }
}
