/// An object of Amazon S3, or the beginning of the keys of several.
package struct S3Location: Hashable, Sendable, CustomStringConvertible {
    /// The bucket's name.
    package let bucket: String
    /// The key, without a slash at its start; empty for the whole bucket.
    package let key: String

    /// Makes a location.
    ///
    /// - Returns: The location, or nil when the bucket's name is none: it becomes part of a host name.
    package init?(bucket: String, key: String) {
        // Source: Amazon S3 User Guide, "General purpose bucket naming rules"; older buckets may have capitals and `_`.
        guard (3...255).contains(bucket.utf8.count),
            bucket.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || "-._".utf8.contains($0)
            }), !bucket.contains(".."), key.utf8.count <= 1024
        else { return nil }
        self.bucket = bucket
        self.key = key
    }

    /// Reads `s3://bucket/key`; nil for anything else.
    package init?(parsing url: String) {
        guard url.hasPrefix("s3://") else { return nil }
        let parts = url.dropFirst(5).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(bucket: String(parts[0]), key: parts.count > 1 ? String(parts[1]) : "")
    }

    package var description: String { "s3://\(bucket)/\(key)" }

    /// The location of a name below this one.
    package func appending(_ name: String) -> S3Location? {
        S3Location(bucket: bucket, key: key.isEmpty || key.hasSuffix("/") ? key + name : "\(key)/\(name)")
    }
}
