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
    /// `/registry/v1/bots`
    case registryBots
    /// `/registry/v1/bots/{name}`; the name is percent-decoded, and may be anything.
    case registryBot(name: String)
    /// `/openapi.json`: the description of all paths.
    case openAPI
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
        } else if path.elementsEqual("/openapi.json".utf8) {
            self = .openAPI
        } else if path.elementsEqual("/registry/v1/bots".utf8) || path.elementsEqual(Self.registryPrefix) {
            self = .registryBots
        } else if path.starts(with: Self.botPrefix) {
            self = Self.name(path, after: Self.botPrefix).map(Route.bot) ?? .unknown
        } else if path.starts(with: Self.registryPrefix) {
            self = .registryBot(name: Self.name(path, after: Self.registryPrefix) ?? "")
        } else if path.starts(with: Self.openAIPrefix) {
            self = .openAI(
                OpenAIEndpoint(path: path.dropFirst(Self.openAIPrefix.count), decode: PercentEncoding.decoded))
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
    private static let registryPrefix = Array("/registry/v1/bots/".utf8)

    /// The name behind a prefix, with or without a slash at its end.
    private static func name(_ path: Substring.UTF8View, after prefix: [UInt8]) -> String? {
        var name = path.dropFirst(prefix.count)
        if name.last == UInt8(ascii: "/") { name = name.dropLast() }
        guard !name.isEmpty, name.count <= nameLimitInBytes else { return nil }
        return PercentEncoding.decoded(name)
    }
}
