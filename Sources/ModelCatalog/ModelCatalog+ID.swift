extension ModelCatalog {
    /// The prefixes of the inference profiles that AWS defines: a geography each, and `global`.
    ///
    /// Source: Amazon Bedrock user guide, "Supported Regions and models for inference profiles".
    package static let profilePrefixes = ["us", "eu", "apac", "au", "jp", "in", "ca", "global", "us-gov"]

    /// The model id within an id or ARN: without the profile prefix, and of an ARN the part after the last slash.
    ///
    /// A prefix counts only where what remains looks like `maker.name`.
    package static func baseID(of id: String) -> String { split(id).base }

    /// The known profile prefix of an id or ARN, or nil when it has none.
    package static func profilePrefix(of id: String) -> String? { split(id).prefix }

    /// Whether an id is an ARN.
    package static func isARN(_ id: String) -> Bool { id.hasPrefix("arn:") }

    /// The region of an inference profile that an account made for itself, by its ARN; nil for any other id.
    ///
    /// Source: Amazon Bedrock API reference, CreateInferenceProfile, `inferenceProfileArn`:
    /// `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123abc123`.
    package static func regionOfOwnProfile(_ id: String) -> String? {
        let parts = id.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[3].isEmpty,
            parts[5].hasPrefix("application-inference-profile/")
        else { return nil }
        return String(parts[3])
    }

    private static func split(_ id: String) -> (prefix: String?, base: String) {
        var rest = id[...]
        // Ids are ASCII, and looking at bytes is many times faster than at characters.
        if isARN(id), let slash = id.utf8.lastIndex(of: UInt8(ascii: "/")) {
            rest = id[id.utf8.index(after: slash)...]
        }
        guard let length = lengthOfPrefix(in: rest) else { return (nil, String(rest)) }
        let dot = rest.utf8.index(rest.startIndex, offsetBy: length)
        let prefix = String(rest[..<dot])
        let base = rest[rest.utf8.index(after: dot)...]
        guard profilePrefixes.contains(prefix), looksLikeModelID(base) else { return (nil, String(rest)) }
        return (prefix, String(base))
    }

    /// How many bytes stand before an id's first dot; nil where they are more than those of any profile's prefix.
    private static func lengthOfPrefix(in id: Substring) -> Int? {
        let bytes = id.utf8Span.span
        return (0..<min(bytes.count, 7)).first { bytes[$0] == UInt8(ascii: ".") }
    }

    private static func looksLikeModelID(_ text: Substring) -> Bool {
        guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
        return dot != text.startIndex && text.utf8.index(after: dot) != text.endIndex
    }
}
