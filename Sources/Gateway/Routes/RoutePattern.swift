import HTTPTypes

/// The paths that a gateway serves, as templates: what the router, `Allow` and the OpenAPI document have in common.
enum RoutePattern: String, Hashable, Sendable, CaseIterable {
    case bot = "/bots/{name}"
    case file = "/files/{token}/{name}"
    case chatCompletions = "/v1/chat/completions"
    case imageGenerations = "/v1/images/generations"
    case imageEdits = "/v1/images/edits"
    case models = "/v1/models"
    case model = "/v1/models/{id}"
    case registryBots = "/registry/v1/bots"
    case registryBot = "/registry/v1/bots/{name}"
    case openAPI = "/openapi.json"
    case health = "/healthz"
    case readiness = "/readyz"

    /// The methods that the path takes.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .bot: [.get, .post]
        case .chatCompletions, .imageGenerations, .imageEdits: [.post]
        case .models, .model: [.get]
        case .file, .registryBots, .registryBot, .openAPI, .health, .readiness: [.get, .head]
        }
    }

    /// The methods as `Allow` lists them.
    var allow: String { methods.map(\.rawValue).joined(separator: ", ") }
}

extension Route {
    /// The template of the path; nil for paths that are not served.
    var pattern: RoutePattern? {
        switch self {
        case .bot: .bot
        case .health: .health
        case .readiness: .readiness
        case .file: .file
        case .openAI(.chatCompletions): .chatCompletions
        case .openAI(.imageGenerations): .imageGenerations
        case .openAI(.imageEdits): .imageEdits
        case .openAI(.models): .models
        case .openAI(.model): .model
        case .registryBots: .registryBots
        case .registryBot: .registryBot
        case .openAPI: .openAPI
        case .openAI(.missing), .unknown: nil
        }
    }
}
