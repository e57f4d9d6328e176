package import JSONCoding

/// What is kept of a bot, or of its smoke cases, when it is deployed: canonical JSON and its digest.
///
/// Canonical means: UTF-8, members sorted by bytes, no spaces, minimal escapes; durations in milliseconds, sizes in
/// bytes, fractions and money as decimal strings.
package struct StoredConfiguration: Hashable, Sendable {
    /// The value; its members are sorted.
    package let value: JSONValue
    /// The canonical text; O(its length), because who only judges a project needs none.
    package var bytes: [UInt8] { value.encoded(.canonical) }
    /// The SHA-256 of ``bytes``; O(their number).
    package var digest: ContentDigest { ContentDigest(of: bytes) }

    /// The stored form of a value.
    package init(canonical value: JSONValue) {
        self.value = value
    }
}
