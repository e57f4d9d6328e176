import BotRuntime
import ChatEvents
import JSONCoding

// MARK: - The OpenAI-compatible door

extension RoutePattern {
    static let createChatCompletion = APIOperation(
        id: "createChatCompletion", tag: .openai, summary: "Answers a conversation, whole or as a stream.",
        access: .apiKey, body: .chatCompletionRequest,
        responses: [
            APIOperation.Response(
                status: 200, text: "The answer, or its pieces as events.",
                content: [.json(.chatCompletion), .events(.chatCompletionEvent)], headers: botHeaders)
        ] + refusals(.error(404, "There is no such bot.")) + failures)

    static let createImage = APIOperation(
        id: "createImage", tag: .openai, summary: "Makes a picture.", access: .apiKey, body: .imageRequest,
        responses: [
            APIOperation.Response(
                status: 200, text: "The picture, or a link to it.", content: [.json(.images)], headers: botHeaders)
        ] + refusals(.error(404, "There is no such bot.")) + failures)

    static let changeImage = APIOperation(
        id: "changeImage", tag: .openai, summary: "Changes a picture.", access: .apiKey, body: .imageEdit,
        bodyType: "multipart/form-data",
        responses: [
            APIOperation.Response(
                status: 200, text: "The picture, or a link to it.", content: [.json(.images)], headers: botHeaders)
        ] + refusals(.error(404, "There is no such bot.")) + failures)

    static let listModels = APIOperation(
        id: "listModels", tag: .openai, summary: "The bots that the key may call.", access: .apiKey,
        responses: [.found(.modelList), unauthorized])

    static let getModel = APIOperation(
        id: "getModel", tag: .openai, summary: "One bot.", access: .apiKey,
        responses: [
            .found(.model), unauthorized, .error(403, "The key is for other bots."),
            .error(404, "There is no such bot, or it is switched off."),
        ])

    private static let botHeaders = [
        (name: "x-bot-digest", text: "What is deployed of the bot."),
        (name: "x-ratelimit-limit-requests", text: "How many requests the bot takes in a minute."),
        (name: "x-ratelimit-remaining-requests", text: "How many of them are left."),
        (name: "x-ratelimit-reset-requests", text: "How long until all of them are free again."),
    ]

    fileprivate static let unauthorized = APIOperation.Response.error(401, "The key is missing, unknown or expired.")

    private static func refusals(_ missing: APIOperation.Response) -> [APIOperation.Response] {
        [
            .error(400, "The request is wrong; `param` names what."), unauthorized,
            .error(403, "The key is for other bots."), missing,
            .error(413, "The body is longer than the gateway takes."),
        ]
    }

    /// Every status that a failure of a bot has, beside those of ``refusals(_:)``.
    private static var failures: [APIOperation.Response] {
        let statuses = Set(
            ChatFailure.Kind.allCases.map {
                ErrorService().present(ChatFailure($0, detail: ""), requestID: "").statusCode
            })
        return statuses.subtracting([400, 401, 403, 404, 413]).sorted().map { status in
            .error(status, status == 429 ? "The bot or its model takes no more now." : "The bot or its model failed.")
        }
    }
}

// MARK: - The registry

extension RoutePattern {
    static let listBots = APIOperation(
        id: "listBots", tag: .registry, summary: "What is served, by name, a page at a time.", access: .apiKey,
        parameters: [
            .query(.kind, "What the bot makes.", oneOf(RegistryQuery.kinds)),
            .query(.status, "Whether it answers.", oneOf(RegistryQuery.statuses)),
            .query(.maker, "Who made the model.", ["type": "string"]),
            .query(.model, "The model's id.", ["type": "string"]),
            .query(.label, "A label of the bot.", ["type": "string", "pattern": ":"]),
            .query(.capability, "What the model can do.", oneOf(RegistryQuery.capabilities)),
            .query(.input, "What the bot reads.", oneOf(RegistryQuery.modalities)),
            .query(
                .limit, "How many bots come at once.",
                ["type": "integer", "minimum": 1, "maximum": .integer(RegistryQuery.highestLimit)]),
            .query(.after, "The name after which the page begins.", ["type": "string"]),
            .ifNoneMatch,
        ],
        responses: APIOperation.Response.tagged(.registry) + [.error(400, "The query is wrong."), unauthorized])

    static let getBot = APIOperation(
        id: "getBot", tag: .registry, summary: "One bot.", access: .apiKey, parameters: [.ifNoneMatch],
        responses: APIOperation.Response.tagged(.registryBot) + [
            unauthorized, .error(403, "The key is for other bots."), .error(404, "There is no such bot."),
        ])

    private static func oneOf(_ values: [String]) -> JSONValue {
        ["type": "string", "enum": .array(values.map(JSONValue.string))]
    }
}
