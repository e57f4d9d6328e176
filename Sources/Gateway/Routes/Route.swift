/// What a path of the gateway stands for.
enum Route: Hashable, Sendable {
    /// `/bots/{name}`; the name is percent-decoded, and may be anything.
    case bot(name: String)
    /// `/healthz`: whether the process answers.
    case health
    /// `/readyz`: whether the process serves.
    case readiness
    /// `/files/{token}/{name}`: a file that a bot made.
    case file(token: String, name: String)
    /// `/v1/…`: the OpenAI-compatible door.
    case openAI(OpenAIEndpoint)
    case unknown

    /// The longest name that is looked up, in bytes.
    static let nameLimitInBytes = 256

    /// Reads a request target in origin form.
    ///
    /// - Parameter target: Path and query; the query is ignored. One slash at the end of a bot's path is, too, because
    ///   Poe's client follows no redirect.
    init(target: String) {
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        if path.elementsEqual("/healthz".utf8) {
            self = .health
        } else if path.elementsEqual("/readyz".utf8) {
            self = .readiness
        } else if path.starts(with: Self.botPrefix) {
            var name = path.dropFirst(Self.botPrefix.count)
            if name.last == UInt8(ascii: "/") { name = name.dropLast() }
            guard !name.isEmpty, name.count <= Self.nameLimitInBytes, let text = Self.decoded(name) else {
                self = .unknown
                return
            }
            self = .bot(name: text)
        } else if path.starts(with: Self.openAIPrefix) {
            self = .openAI(OpenAIEndpoint(path: path.dropFirst(Self.openAIPrefix.count), decode: Self.decoded))
        } else if path.starts(with: Self.filePrefix) {
            let parts = path.dropFirst(Self.filePrefix.count).split(
                separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, path.count <= Self.nameLimitInBytes else {
                self = .unknown
                return
            }
            self = .file(token: String(Substring(parts[0])), name: String(Substring(parts[1])))
        } else {
            self = .unknown
        }
    }

    private static let botPrefix = Array("/bots/".utf8)
    private static let openAIPrefix = Array("/v1/".utf8)
    private static let filePrefix = Array("/files/".utf8)

    private static func decoded(_ bytes: Substring.UTF8View) -> String? {
        guard bytes.contains(UInt8(ascii: "%")) else { return String(Substring(bytes)) }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else {
                return nil
            }
            result.append(high << 4 | low)
        }
        return String(validating: result, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
