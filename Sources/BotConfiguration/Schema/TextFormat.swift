/// What a text must look like.
package enum TextFormat: Sendable, Hashable {
    /// Any text up to a number of bytes.
    case any(limitInBytes: Int)
    /// A text of at least one character, up to a number of bytes.
    case filled(limitInBytes: Int)
    /// A bot's name: `[a-z0-9][a-z0-9.-]{0,62}`.
    case botName
    /// A template's or an environment's name: letters, digits, `_`, `-` and `.`, at most 63.
    case identifier
    /// A model's id or ARN: 1 to 2048 printable ASCII characters without spaces.
    case modelID
    /// How an inference profile is asked for: `auto`, `none`, a prefix, or an application profile's id or ARN.
    case inferenceProfile
    /// A guardrail's id or ARN.
    case guardrailID
    /// A region's name, such as `us-east-1`.
    case region
    /// An `http` or `https` URL.
    case url
    /// A place in S3: `s3://bucket/prefix`.
    case bucketURL
    /// Where an environment's state is kept: a directory, relative to the project unless absolute, or a URL of a store.
    case stateStore
    /// An AWS resource name: `arn:aws:iam::123456789012:role/bots`.
    case arn
    /// A guardrail's version: one to eight digits, or DRAFT. Source: Bedrock API reference, GuardrailConfiguration.
    case guardrailVersion
    /// A host name, or `*.` and a domain for all hosts in it.
    case hostPattern
    /// A parameter's name on Poe: letters, digits and `_`, not starting with `poe_`.
    case parameterName
    /// A day: `2027-03-31`. Source: ISO 8601, calendar dates.
    case date
    /// A width to a height in whole numbers from 1 to 100: `16:9`.
    case aspectRatio
    /// A width and a height in pixels from 1 to 65,535: `1024x768`.
    case pixelSize
    /// An address to listen on: `127.0.0.1:8080`, `[::1]:0`.
    case listenAddress

    /// What a person calls such a text.
    package var description: String {
        switch self {
        case .any: "a text"
        case .filled: "a text that is not empty"
        case .botName: "a name of lower-case letters, digits, '.' and '-', at most 63 characters"
        case .identifier: "a name of letters, digits, '_', '-' and '.', at most 63 characters"
        case .modelID: "a model id or ARN"
        case .inferenceProfile:
            "auto, none, a profile's prefix such as eu or global, or an application profile's id or ARN"
        case .guardrailID: "a guardrail's id or ARN"
        case .region: "a region such as us-east-1"
        case .url: "a URL that starts with http:// or https://"
        case .bucketURL: "a place in S3 such as s3://bucket/prefix"
        case .stateStore: "a directory such as .botctl/state/staging"
        case .arn: "an ARN such as arn:aws:iam::123456789012:role/bots"
        case .guardrailVersion: "a version number in quotes such as \"1\", or DRAFT"
        case .hostPattern: "a host name such as files.example.com, or *.example.com"
        case .parameterName: "a name of letters, digits and '_', not starting with 'poe_'"
        case .date: "a day such as 2027-03-31"
        case .aspectRatio: "a width to a height, such as 16:9"
        case .pixelSize: "a size in pixels such as 1024x768"
        case .listenAddress: "an address such as 127.0.0.1:8080"
        }
    }

    /// The most bytes of a text of any kind; nil for other formats.
    var limitInBytes: Int? {
        switch self {
        case .any(let limit), .filled(let limit): limit
        default: nil
        }
    }

    /// What a text that looks like that asks for, where only a later version has it; nil for other texts.
    func laterFeature(askedForBy text: String) -> String? {
        self == .stateStore && Self.bucketURL.accepts(text) ? "state in S3" : nil
    }

    /// Whether a text looks like that.
    package func accepts(_ text: String) -> Bool {
        if let limit = limitInBytes {
            let count = text.utf8.count
            return count <= limit && (count > 0 || self == .any(limitInBytes: limit))
        }
        let bytes = Array(text.utf8)
        func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
        func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        func isPrintable(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { (0x21...0x7E).contains($0) } }
        switch self {
        case .any, .filled: return true
        case .botName:
            guard let first = bytes.first, isLower(first) || isDigit(first), bytes.count <= 63 else { return false }
            return bytes.allSatisfy { isLower($0) || isDigit($0) || $0 == 0x2E || $0 == 0x2D }
        case .identifier:
            guard let first = bytes.first, first != 0x2E, bytes.count <= 63 else { return false }
            return bytes.allSatisfy {
                isLower($0) || isUpper($0) || isDigit($0) || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D
            }
        case .modelID, .inferenceProfile, .guardrailID:
            return (1...2048).contains(bytes.count) && bytes.allSatisfy { (0x21...0x7E).contains($0) }
        case .region:
            guard let first = bytes.first, isLower(first), (5...40).contains(bytes.count) else { return false }
            let parts = bytes.split(separator: 0x2D, omittingEmptySubsequences: false)
            return parts.count > 1
                && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { isLower($0) || isDigit($0) } }
        case .url:
            return (text.hasPrefix("http://") || text.hasPrefix("https://"))
                && bytes.count <= 2048 && isPrintable(bytes) && !text.hasSuffix("://")
        case .bucketURL:
            return text.hasPrefix("s3://") && (8...1024).contains(bytes.count) && isPrintable(bytes)
                && bytes[5] != 0x2F
        case .stateStore:
            guard (1...1024).contains(bytes.count), bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return false }
            return !text.contains("://") || Self.bucketURL.accepts(text)
        case .arn:
            return text.hasPrefix("arn:") && bytes.count <= 2048 && isPrintable(bytes)
                && text.split(separator: ":", omittingEmptySubsequences: false).count >= 6
        case .guardrailVersion:
            return text == "DRAFT" || (1...8).contains(bytes.count) && bytes.allSatisfy(isDigit)
        case .hostPattern:
            let host = text.hasPrefix("*.") ? bytes.dropFirst(2) : bytes[...]
            return (1...253).contains(host.count)
                && host.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { label in
                    !label.isEmpty && label.allSatisfy { isLower($0) || isUpper($0) || isDigit($0) || $0 == 0x2D }
                }
        case .parameterName:
            return (1...64).contains(bytes.count) && !text.hasPrefix("poe_")
                && bytes.allSatisfy { isLower($0) || isUpper($0) || isDigit($0) || $0 == 0x5F }
        case .date:
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
                let month = Int(parts[1]), let day = Int(parts[2])
            else { return false }
            return (1...12).contains(month) && (1...31).contains(day)
        case .aspectRatio: return Self.sides(of: text, between: ":", to: 100)
        case .pixelSize: return Self.sides(of: text, between: "x", to: 65_535)
        case .listenAddress:
            guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else {
                return false
            }
            return (0...65_535).contains(port) && colon != text.startIndex && isPrintable(bytes)
        }
    }
    /// Whether a text is two whole numbers from 1 to a limit, with one character between them.
    private static func sides(of text: String, between separator: Character, to limit: Int) -> Bool {
        let sides = text.split(separator: separator, omittingEmptySubsequences: false)
        return sides.count == 2
            && sides.allSatisfy { side in
                side.utf8.allSatisfy { (0x30...0x39).contains($0) } && side.utf8.first != 0x30
                    && Int(side).map { (1...limit).contains($0) } ?? false
            }
    }
}
