/// What a path below `/v1` stands for at the OpenAI-compatible door.
///
/// Source: OpenAI API reference, the paths of "Chat", "Models" and "Images".
enum OpenAIEndpoint: Hashable, Sendable {
    case chatCompletions
    case imageGenerations
    case imageEdits
    case models
    /// `/v1/models/{id}`; the id is percent-decoded, and may be anything.
    case model(id: String)
    /// A path that other services have and this one has not; the hint says what to use.
    case missing(hint: String?)

    /// An endpoint by its path below `/v1/`; the id of a model is decoded by the caller.
    ///
    /// - Parameters:
    ///   - path: The path, without the query.
    ///   - decode: Decodes a part of the path; nil when it cannot be decoded.
    init(path: Substring.UTF8View, decode: (Substring.UTF8View) -> String?) {
        let path = path.last == UInt8(ascii: "/") ? path.dropLast() : path
        let text = path.count <= Route.nameLimitInBytes ? String(Substring(path)) : ""
        switch text {
        case "chat/completions": self = .chatCompletions
        case "images/generations": self = .imageGenerations
        case "images/edits": self = .imageEdits
        case "models": self = .models
        case "responses":
            self = .missing(hint: "Responses are not served here; use POST /v1/chat/completions.")
        case "messages":
            self = .missing(
                hint: "The Anthropic Messages API is not served here; use POST /v1/chat/completions with an "
                    + "OpenAI-compatible client.")
        case "completions": self = .missing(hint: "Use POST /v1/chat/completions.")
        case "images/variations": self = .missing(hint: "Use POST /v1/images/edits.")
        default:
            if text.hasPrefix("models/"), let id = decode(path.dropFirst("models/".utf8.count)) {
                self = .model(id: id)
            } else {
                self = .missing(hint: nil)
            }
        }
    }

    /// The method that it takes; nil where it takes none.
    var method: String? {
        switch self {
        case .chatCompletions, .imageGenerations, .imageEdits: "POST"
        case .models, .model: "GET"
        case .missing: nil
        }
    }

    /// Its name in logs.
    var name: String {
        switch self {
        case .chatCompletions: "chat.completions"
        case .imageGenerations: "images.generations"
        case .imageEdits: "images.edits"
        case .models, .model: "models"
        case .missing: "unknown"
        }
    }
}
