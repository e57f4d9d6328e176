import Diagnostics
import ModelCatalog

/// The keys that a bot cannot use, because of what it makes or because of the service that its model stands behind.
struct UnusedKeys {
    /// A key that is left out of requests, and why it should not stand in a bot's own file.
    struct Entry {
        let path: String
        /// Why it is left out, after "left out: ".
        let reason: String
        /// What is wrong with it, in one sentence without a full stop.
        let fault: String
        let help: String
    }

    let root: ConfigObject
    let kind: BotKind
    let provider: ModelReference.Provider
    /// The model's id, for messages.
    let model: String

    /// Parameters that mean something for some kinds of bots only; the others are for all.
    private static let kindsByParameter: [(key: String, kinds: [BotKind])] = [
        ("temperature", [.chat]), ("top_p", [.chat]), ("max_tokens", [.chat]), ("stop_sequences", [.chat]),
        ("reasoning", [.chat]), ("aspect_ratio", [.image, .video]), ("size", [.image]), ("seed", [.image, .video]),
        ("negative_prompt", [.image]), ("strength", [.image]), ("output_format", [.image]), ("seconds", [.video]),
        ("resolution", [.video]), ("loop", [.video]),
    ]

    /// Prices of what some kinds of bots only make.
    private static let kindsByPrice: [(key: String, kind: BotKind)] = [
        ("per_image", .image), ("per_second", .video), ("input_usd_per_million", .chat),
        ("output_usd_per_million", .chat),
    ]

    /// Keys of the services, which mean nothing to another one.
    private static let keysOfBedrock: [(section: String, key: String?)] = [
        ("model", "region"), ("model", "profile"), ("model", "credentials"), ("model", "failover_regions"),
        ("guardrail", nil), ("cache", nil),
    ]

    /// All of them that a layer sets.
    var entries: [Entry] { parameters + prices + sections + ofService + operation }

    private func isSet(_ key: String, _ nested: String? = nil) -> Bool { root.setNode(key, nested) != nil }

    private var parameters: [Entry] {
        let parameters = root.object("parameters")
        if parameters.fields.isEmpty { return [] }
        return Self.kindsByParameter.compactMap { key, kinds in
            guard !kinds.contains(kind), parameters.setNode(key) != nil else { return nil }
            return entry(
                "parameters.\(key)", for: kinds,
                help: key == "seed" && kind == .chat
                    ? "a chat model's own field stands in parameters.additional.seed" : nil)
        }
    }

    private var prices: [Entry] {
        Self.kindsByPrice.compactMap { key, maker in
            guard maker != kind, isSet("pricing", key) else { return nil }
            return entry(
                "pricing.\(key)", for: [maker],
                help: "write 'per_message', a 'markup', or a price of what the bot makes")
        }
    }

    /// What is not among the parameters, and still for one kind only.
    private var sections: [Entry] {
        var found: [Entry] = []
        if kind != .video, isSet("model", "output") { found.append(entry("model.output", for: [.video])) }
        guard kind != .chat else { return found }
        if kind == .video { found += ofJobs }
        if root.text("cache") == PromptCaching.auto.rawValue { found.append(entry("cache", for: [.chat])) }
        if root.text("history", "trim") == HistoryTrim.oldest.rawValue {
            found.append(entry("history.trim", for: [.chat]))
        }
        return found
    }

    /// What a job that makes video cannot have.
    private var ofJobs: [Entry] {
        var found: [Entry] = []
        if isSet("guardrail") {
            found.append(
                Entry(
                    path: "guardrail", reason: "Bedrock's guardrails watch no jobs that make video",
                    fault: "'guardrail' cannot watch '\(model)': Bedrock's guardrails watch no jobs that make video",
                    help: "remove it"))
        }
        if isSet("model", "failover_regions") {
            found.append(
                Entry(
                    path: "model.failover_regions", reason: "a video's job and its bucket are in one region",
                    fault:
                        "'model.failover_regions' is not for '\(model)': a video's job and its bucket are in one region",
                    help: "remove it"))
        }
        return found
    }

    private var ofService: [Entry] {
        guard provider == .openai else { return [] }
        return Self.keysOfBedrock.compactMap { section, key in
            guard isSet(section, key), section != "cache" || root.text("cache") != PromptCaching.none.rawValue else {
                return nil
            }
            let path = [section, key].compactMap(\.self).joined(separator: ".")
            return Entry(
                path: path, reason: "only Bedrock has that",
                fault: "'\(path)' only goes with 'model.provider: bedrock'", help: "remove it")
        }
    }

    /// An operation that the model cannot be called with.
    private var operation: [Entry] {
        let possible = ModelAPI(of: kind, at: provider)
        guard let named = root.text("model", "api"), named != possible.rawValue else { return [] }
        let service = provider == .bedrock ? "Bedrock" : "an OpenAI-compatible service"
        let isOnlyElsewhere = provider == .bedrock && named == ModelAPI.chatCompletions.rawValue
        return [
            Entry(
                path: "model.api", reason: "the model is called with \(possible.rawValue)",
                fault: isOnlyElsewhere
                    ? "'model.api: chat-completions' is not available for Bedrock"
                    : "'model.api: \(named)' cannot be used with '\(model)'",
                help: "a model that \(kind.deed) is called with \(possible.rawValue) at \(service): write that, or "
                    + "remove 'api'")
        ]
    }

    private func entry(_ path: String, for kinds: [BotKind], help: String? = nil) -> Entry {
        let makers = kinds.count > 1 ? "makes images or video" : kinds.map(\.deed).joined()
        return Entry(
            path: path, reason: "only a bot that \(makers) has that",
            fault: "'\(path)' is for a bot that \(makers), and '\(model)' \(kind.deed)", help: help ?? "remove it")
    }
}

extension BotKind {
    /// The kind of the bots that a model makes; nil for a model that none can serve.
    init?(of facts: ModelFacts) {
        switch facts.kind {
        case .text: self = .chat
        case .image, .imageEdit: self = .image
        case .video: self = .video
        case .embedding, .rerank, .speech: return nil
        }
    }

    /// What a bot of the kind does, after "it".
    var deed: String {
        switch self {
        case .chat: "chats"
        case .image: "makes images"
        case .video: "makes video"
        }
    }

    /// What a model that is not of the kind does not, after its name.
    var denial: String {
        switch self {
        case .chat: "does not chat"
        case .image: "does not make images"
        case .video: "does not make video"
        }
    }
}

extension ModelReference.Provider {
    /// The provider that layers name, else the default one.
    init(of root: ConfigObject) {
        self =
            root.text("model", BotSchema.provider.name).flatMap(Self.init(rawValue:)) ?? BotSchema.provider.defaultValue
    }
}
