import HTTPTypes
import JSONCoding

extension RoutePattern {
    /// The parameters of the path.
    var parameters: [APIOperation.Parameter] {
        switch self {
        case .bot, .registryBot: [.path("name", "The bot's name or alias, in any case.")]
        case .model: [.path("id", "The bot's name or alias, in any case.")]
        case .file: [.path("token", "Cannot be guessed."), .path("name", "The file's name.")]
        case .chatCompletions, .imageGenerations, .imageEdits, .models, .registryBots, .openAPI, .health, .readiness: []
        }
    }

    /// What a method of the path does.
    func operation(of method: HTTPRequest.Method) -> APIOperation {
        switch self {
        case .bot: method == .post ? Self.askPoeBot : Self.showBotPage
        case .file: Self.getFile
        case .chatCompletions: Self.createChatCompletion
        case .imageGenerations: Self.createImage
        case .imageEdits: Self.changeImage
        case .models: Self.listModels
        case .model: Self.getModel
        case .registryBots: Self.listBots
        case .registryBot: Self.getBot
        case .openAPI: Self.getDocument
        case .health: Self.getHealth
        case .readiness: Self.getReadiness
        }
    }
}

extension APIOperation.Parameter {
    static func path(_ name: String, _ text: String) -> APIOperation.Parameter {
        APIOperation.Parameter(
            name: name, place: .path, text: text, schema: ["type": "string", "minLength": 1, "maxLength": 128])
    }

    static func query(
        _ parameter: RegistryQuery.Parameter, _ text: String, _ schema: JSONValue
    ) -> APIOperation.Parameter {
        APIOperation.Parameter(
            name: parameter.rawValue, place: .query, text: text, schema: schema, isRepeated: parameter.isRepeatable)
    }

    static let ifNoneMatch = APIOperation.Parameter(
        name: "If-None-Match", place: .header, text: "The `ETag` of what the client has.", schema: ["type": "string"])
}

extension APIOperation.Response {
    /// An error in the shape of the OpenAI API.
    static func error(_ status: Int, _ text: String) -> APIOperation.Response {
        APIOperation.Response(status: status, text: text, content: [.json(.error)])
    }

    /// An error in the shape of Poe's own server.
    static func detail(_ status: Int, _ text: String) -> APIOperation.Response {
        APIOperation.Response(status: status, text: text, content: [.json(.detail)])
    }

    static func found(_ schema: APISchema, _ text: String = "Found.") -> APIOperation.Response {
        APIOperation.Response(status: 200, text: text, content: [.json(schema)])
    }

    /// A document that is told only once.
    static func tagged(_ schema: APISchema) -> [APIOperation.Response] {
        let tag = [(name: "etag", text: "Names this version.")]
        return [
            APIOperation.Response(status: 200, text: "Found.", content: [.json(schema)], headers: tag),
            APIOperation.Response(status: 304, text: "The client has this version.", headers: tag),
        ]
    }
}

// MARK: - The Poe door, and files

extension RoutePattern {
    private static let askPoeBot = APIOperation(
        id: "askPoeBot", tag: .poe, summary: "Answers a call of Poe.", access: .poeAccessKey, body: .poeRequest,
        responses: [
            APIOperation.Response(
                status: 200,
                text: "The answer to a query as events of the protocol, failures among them; settings, or an empty "
                    + "object, as JSON.",
                content: [
                    .events(.poeEvent), APIOperation.Content(type: "application/json", schema: ["type": "object"]),
                ],
                headers: [("x-bot-digest", "What is deployed of the bot.")]),
            .detail(400, "The body is no call."), .detail(401, "The access key is missing or wrong."),
            .detail(404, "There is no such bot."), .detail(413, "The body is longer than the gateway takes."),
            .detail(501, "The type of the call is not known."),
            .detail(503, "The bot could not be made."),
        ])

    private static let showBotPage = APIOperation(
        id: "showBotPage", tag: .poe, summary: "Tells a person that a bot server runs here.", access: .anybody,
        responses: [
            APIOperation.Response(
                status: 200, text: "A page.",
                content: [APIOperation.Content(type: "text/html", schema: ["type": "string"])]),
            .detail(404, "There is no such bot."),
        ])

    private static let getFile = APIOperation(
        id: "getFile", tag: .files, summary: "Gets what a bot has made, for an hour.", access: .anybody,
        parameters: [
            APIOperation.Parameter(
                name: "Range", place: .header, text: "One range of bytes.", schema: ["type": "string"])
        ],
        responses: [
            APIOperation.Response(
                status: 200, text: "The file.",
                content: [APIOperation.Content(type: "*/*", schema: [:])]),
            APIOperation.Response(
                status: 206, text: "A part of it.",
                content: [APIOperation.Content(type: "*/*", schema: [:])]),
            .detail(404, "There is no such file any more."),
            APIOperation.Response(status: 416, text: "No byte of the file is in the range."),
            .detail(503, "The file cannot be read now."),
        ])
}

// MARK: - Operations

extension RoutePattern {
    private static let getDocument = APIOperation(
        id: "getDocument", tag: .operations, summary: "This document.", access: .anybody,
        parameters: [.ifNoneMatch], responses: APIOperation.Response.tagged(.document))

    private static let getHealth = APIOperation(
        id: "getHealth", tag: .operations, summary: "Whether the process answers.", access: .anybody,
        responses: [.found(.health, "It does.")])

    private static let getReadiness = APIOperation(
        id: "getReadiness", tag: .operations, summary: "Whether bots are served.", access: .anybody,
        responses: [
            .found(.readiness, "They are."),
            APIOperation.Response(
                status: 503, text: "Nothing is deployed yet, or the gateway is stopping.",
                content: [.json(.readiness)]),
        ])
}
