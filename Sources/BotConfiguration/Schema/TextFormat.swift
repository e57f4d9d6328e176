/// What a text must look like.
package enum TextFormat: Sendable, Hashable {
    /// Any text up to a number of bytes.
    case any(limitInBytes: Int)
    /// A bot's name: `[a-z0-9][a-z0-9.-]{0,62}`.
    case botName
    /// A template's or an environment's name: letters, digits, `_`, `-` and `.`, at most 63.
    case identifier
    /// A model's id or ARN: 1 to 2048 printable ASCII characters without spaces.
    case modelID
    /// A region's name, such as `us-east-1`.
    case region
    /// An `http` or `https` URL.
    case url

    /// What a person calls such a text.
    package var description: String {
        switch self {
        case .any: "a text"
        case .botName: "a name of lower-case letters, digits, '.' and '-', at most 63 characters"
        case .identifier: "a name of letters, digits, '_', '-' and '.', at most 63 characters"
        case .modelID: "a model id or ARN"
        case .region: "a region such as us-east-1"
        case .url: "a URL that starts with http:// or https://"
        }
    }

    /// Whether a text looks like that.
    package func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
        func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        switch self {
        case .any(let limit): return bytes.count <= limit
        case .botName:
            guard let first = bytes.first, isLower(first) || isDigit(first), bytes.count <= 63 else { return false }
            return bytes.allSatisfy { isLower($0) || isDigit($0) || $0 == 0x2E || $0 == 0x2D }
        case .identifier:
            guard let first = bytes.first, first != 0x2E, bytes.count <= 63 else { return false }
            return bytes.allSatisfy {
                isLower($0) || isUpper($0) || isDigit($0) || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D
            }
        case .modelID:
            return (1...2048).contains(bytes.count) && bytes.allSatisfy { (0x21...0x7E).contains($0) }
        case .region:
            guard let first = bytes.first, isLower(first), (5...40).contains(bytes.count) else { return false }
            return bytes.allSatisfy { isLower($0) || isDigit($0) || $0 == 0x2D } && bytes.contains(0x2D)
        case .url:
            return (text.hasPrefix("http://") || text.hasPrefix("https://"))
                && bytes.count <= 2048 && bytes.allSatisfy { (0x21...0x7E).contains($0) } && !text.hasSuffix("://")
        }
    }
}
