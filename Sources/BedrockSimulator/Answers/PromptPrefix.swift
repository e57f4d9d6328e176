import AWSSigning
import JSONCoding

/// The beginning of a prompt up to a place where it may be cached.
struct PromptPrefix: Sendable, Hashable {
    /// Tells prefixes apart: a digest of all that comes before.
    let key: String
    /// The tokens up to here.
    let tokens: Int
    /// `5m` or `1h`.
    let lifetime: String
}

/// What goes into a model, measured.
struct PromptMeasure: Sendable {
    /// All tokens of the prompt, at least 1.
    let tokens: Int
    /// The prefixes that end at a cache point, the shortest first.
    let prefixes: [PromptPrefix]

    /// Measures a request in the order in which the service builds the prompt: tools, system, messages.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - endsImplicitly: Whether every message ends a prefix, as at services that cache without being asked.
    init(_ request: ConverseRequest, endsImplicitly: Bool) {
        var walk = Walk(isCaching: endsImplicitly || request.hasCachePoints)
        for tool in request.tools {
            walk.add(bytes: TokenEstimate.bytes(of: tool)) { "\(tool.name) \(tool.schema.text())" }
        }
        if request.cachesTools { walk.end(lifetime: nil) }
        for block in request.system { walk.add(block) }
        for message in request.messages {
            walk.add(bytes: 0) { message.role }
            for block in message.content { walk.add(block) }
            if endsImplicitly { walk.end(lifetime: nil) }
        }
        tokens = max(1, TokenEstimate.tokens(bytes: walk.bytes))
        prefixes = walk.prefixes
    }

    private struct Walk {
        let isCaching: Bool
        var bytes = 0
        var digest = ""
        var prefixes: [PromptPrefix] = []

        mutating func add(bytes count: Int, _ text: () -> String) {
            bytes += count
            if isCaching { digest = sha256Hex("\(digest)\u{0}\(text())".utf8) }
        }

        mutating func add(_ block: ConverseRequest.ContentBlock) {
            if case .cachePoint(let lifetime) = block {
                end(lifetime: lifetime)
            } else {
                add(bytes: TokenEstimate.bytes(of: block)) { Self.text(of: block) }
            }
        }

        mutating func end(lifetime: String?) {
            prefixes.append(
                PromptPrefix(key: digest, tokens: TokenEstimate.tokens(bytes: bytes), lifetime: lifetime ?? "5m"))
        }

        private static func text(of block: ConverseRequest.ContentBlock) -> String {
            switch block {
            case .text(let text), .other(_, let text): text
            case .media(let media): "\(media.kind) \(FileDigest(media).prefix)"
            case .toolUse(let use): "\(use.id) \(use.name) \(use.input.text())"
            case .toolResult(let result): "\(result.toolUseID) \(result.texts)"
            case .thinking(let thinking): thinking.text ?? thinking.redacted ?? ""
            case .cachePoint, .empty: ""
            }
        }
    }
}

extension ConverseRequest {
    /// Whether the request asks anywhere for its beginning to be cached.
    var hasCachePoints: Bool {
        cachesTools || (system + messages.flatMap(\.content)).contains { $0.isKind("cachePoint") }
    }
}
