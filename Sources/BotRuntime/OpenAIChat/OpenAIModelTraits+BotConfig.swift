import BotConfiguration
import ModelCatalog
import OpenAIUpstream

extension OpenAIModelTraits {
    /// What a bot's model accepts, by its facts, else by what is known of its service; what is not known is accepted.
    init(_ config: BotConfig) {
        let capabilities = config.model.facts?.capabilities
        let service = KnownService(url: config.model.baseURL ?? "")
        let takesNewLength = capabilities?.maxCompletionTokens ?? service.takesNewLength
        self.init(
            acceptsImages: capabilities?.vision ?? true, acceptsFiles: capabilities?.documents ?? true,
            acceptsSamplingParameters: capabilities?.samplingParams ?? true,
            acceptsNoEffort: config.model.facts?.reasoning?.accepts(.none) ?? service.takesNoEffort,
            lengthKey: takesNewLength ? "max_completion_tokens" : "max_tokens")
    }
}

/// Services that know what most compatible ones do not.
private enum KnownService: Hashable {
    /// Source: OpenAI API reference, "Create chat completion": `max_tokens` is refused by its newer models.
    case openAI
    /// Source: Gemini API, "OpenAI compatibility": `reasoning_effort` may be `none`.
    case gemini
    case other

    /// The service whose host a URL names.
    init(url: String) {
        let authority = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        switch authority.prefix(while: { $0 != ":" }).lowercased() {
        case "api.openai.com": self = .openAI
        case "generativelanguage.googleapis.com": self = .gemini
        default: self = .other
        }
    }

    var takesNewLength: Bool { self == .openAI }
    var takesNoEffort: Bool { self != .other }
}
