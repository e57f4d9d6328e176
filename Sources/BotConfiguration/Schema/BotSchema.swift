import Secrets

/// The keys of a bot.
package enum BotSchema {
    /// Raised when a default or a meaning changes; part of every stored form.
    package static let version = 1

    /// The keys of a file in `bots.d`.
    package static let bot = ObjectSchema([
        SchemaField(
            "name", .text(.botName), storage: .never,
            "The bot's identity: manifest key, path and metric label. The file's base name where it is absent."),
        SchemaField(
            "aliases", .list(.text(.botName), limit: 32), default: .list([]),
            "Further names and paths that answer, such as old URLs."),
        SchemaField(
            "kind", .choice(["chat"], later: ["image", "video"]), storage: .always,
            "What the bot produces. Where it is absent the model's facts decide, else chat."),
        SchemaField(
            "template", .text(.identifier), storage: .never,
            "The template beneath the bot: a file in templates/ without its ending. DEFAULT_<KIND>_CONFIG where absent."
        ),
        SchemaField(
            "enabled", .boolean, default: .boolean(true), storage: .never,
            "Whether the bot answers; false keeps it deployed and lets it say that it is off."),
        SchemaField("description", .text(.any(limitInBytes: 4096)), "What the bot is for, for people."),
        SchemaField(
            "labels", .map(.text(.any(limitInBytes: 256)), limit: 64), default: .object(ConfigObject()),
            "Words of your own to sort bots by."),
        SchemaField("model", .object(model), required: true, "The model that answers. A bare text is its id."),
        SchemaField("parameters", .object(parameters), "How answers are sampled."),
        SchemaField("system_prompt", .textOrFile, "Instructions that stand above every conversation."),
        SchemaField(
            "supports_system_messages", .boolean,
            "Whether the model takes system messages. Where it is absent the model's facts decide."),
        SchemaField(
            "enable_image_comprehension", .boolean,
            "Whether Poe describes images in words to the model. Where it is absent: true for a model that cannot see."),
        SchemaField(
            "expand_text_attachments", .boolean, default: .boolean(true),
            "Whether Poe extracts the text of attachments for the model."),
        .later("guardrail", "A Bedrock guardrail that watches the conversation."),
        .later("cache", "Prompt-cache points."),
        .later("history", "How a conversation that is too long is cut."),
        .later("attachments", "Where attachments may come from."),
        SchemaField("poe", .object(poe), "What Poe is told of the bot, and the key it calls with."),
        SchemaField("limits", .object(limits), "Bounds on what the bot takes and for how long."),
        .later("retry", "How often a failed upstream request is tried again."),
        .later("cost", "What the upstream charges."),
        .later("pricing", "What users pay."),
        .later("fallback", "Another bot that answers when this one cannot, with the user's consent."),
        SchemaField(
            "renamed_from", .text(.botName), storage: .never,
            "The bot's name before, so that a deploy shows a renaming instead of a removal and an addition."),
        SchemaField(
            "smoke", .list(.object(smokeCase), limit: 64), default: .list([]), storage: .never,
            "Questions that a deploy asks the bot, and what the answers must hold."),
    ])

    /// The keys of a template: those of a bot without what makes it that bot.
    package static let template = bot.without(["name", "aliases", "template", "renamed_from"])

    /// The keys of an environment's overrides for all bots and for one bot.
    package static let overrides = bot.without(["name", "aliases", "kind", "template", "renamed_from"])

    /// The keys of `model`.
    static let model = ObjectSchema(
        shorthand: "id",
        [
            SchemaField(
                "provider", .choice(["bedrock"], later: ["openai"]), default: .text("bedrock"),
                "The service behind which the model stands."),
            SchemaField(
                "id", .text(.modelID), required: true, storage: .never,
                "The model's id, with or without an inference profile's prefix, or an ARN."),
            SchemaField(
                "region", .text(.region), default: .text("us-east-1"), storage: .always,
                "The region that is called; never taken from the process's environment, so that a file means one thing."
            ),
            SchemaField(
                "profile", .text(.modelID), default: .text("auto"), storage: .never,
                "The inference profile: auto, none, a prefix such as us, eu or global, or an application profile's id or ARN."
            ),
            .later("pinned", "Whether a floating model id is an error."),
            .later("api", "Which of the service's operations is called."),
            .later("credentials", "Credentials of the bot's own."),
            .later("failover_regions", "Where the same model is called when the region fails before the first token."),
            .later("output", "Where video results are put."),
            .later("base_url", "Where an OpenAI-compatible model is found."),
            .later("api_key", "The key of an OpenAI-compatible model."),
        ])

    /// The keys of `parameters`.
    static let parameters = ObjectSchema([
        SchemaField(
            "temperature", .decimal(0...2),
            "Randomness. Bedrock's Converse takes 0 to 1; more is sent as 1."),
        SchemaField("top_p", .decimal(0...1), "Nucleus sampling."),
        SchemaField("max_tokens", .integer(1...1_000_000), "The longest answer in tokens."),
        SchemaField(
            "stop_sequences", .list(.text(.any(limitInBytes: 256)), limit: 64), default: .list([]),
            "Texts at which the answer ends."),
        .later("reasoning", "How much the model thinks before it answers."),
        SchemaField("additional", .json, "Further fields for the model, passed on as they are."),
    ])

    /// The keys of `poe`: the fields of the protocol's settings response, and the access key.
    static let poe = ObjectSchema([
        SchemaField(
            "handle", .text(.any(limitInBytes: 64)), "The bot's name on Poe, where it differs from its name here."),
        SchemaField(
            "access_key", .secret, default: .secret(defaultAccessKey),
            "Where the key that Poe calls with is found: exactly 32 printable ASCII characters."),
        SchemaField(
            "introduction_message", .text(.any(limitInBytes: 8192)), "The greeting of a new conversation, in Markdown."),
        SchemaField("allow_attachments", .boolean, default: .boolean(true), "Whether users may attach files."),
        SchemaField(
            "enforce_author_role_alternation", .boolean, default: .boolean(false),
            "Whether Poe merges messages so that user and bot alternate strictly."),
        SchemaField(
            "enable_multi_entity_prompting", .boolean, default: .boolean(true),
            "Whether Poe rewrites conversations with several bots or users so that the bot understands them."),
        SchemaField("rate_card", .text(.any(limitInBytes: 8192)), "What the bot costs, in Markdown, for users."),
        SchemaField("cost_label", .text(.any(limitInBytes: 256)), "A short price tag for users."),
        .later("parameter_controls", "Controls that users set parameters with."),
        .later("server_bot_dependencies", "Other bots that this one calls."),
    ])

    private static let defaultAccessKey = ["${env:POE_ACCESS_KEY_{NAME}}", "${env:POE_ACCESS_KEY}"].compactMap {
        try? SecretReference(parsing: $0)
    }

    /// The keys of `limits`.
    static let limits = ObjectSchema([
        SchemaField(
            "max_concurrent", .integer(1...100_000), default: .integer(64), "How many answers may be given at once."),
        SchemaField(
            "requests_per_minute", .integer(1...10_000_000), default: .integer(600),
            "How many requests are taken in any minute."),
        SchemaField(
            "first_token_timeout", .duration(100...3_600_000), default: .milliseconds(120_000),
            "How long the model may take to its first event."),
        SchemaField(
            "idle_timeout", .duration(100...3_600_000), default: .milliseconds(120_000),
            "How long the model may be silent after that."),
        SchemaField(
            "request_timeout", .duration(1000...3_600_000), default: .milliseconds(590_000),
            "How long the whole answer may take; Poe ends a response after 600 seconds."),
        SchemaField(
            "max_input_tokens", .integer(1...100_000_000),
            "How long a conversation may be, in estimated tokens. Where it is absent the model's context decides."),
    ])

    /// The keys of an entry of `smoke`.
    static let smokeCase = ObjectSchema([
        SchemaField("name", .text(.any(limitInBytes: 128)), required: true, "The case's name, unique within its bot."),
        SchemaField("prompt", .text(.any(limitInBytes: 65_536)), required: true, "What the bot is asked."),
        SchemaField("expect", .object(expectation), "What the answer must hold. Any text at all where it is absent."),
    ])

    /// The keys of `expect`.
    static let expectation = ObjectSchema([
        SchemaField("contains", .text(.any(limitInBytes: 4096)), "A text that the answer must hold, case aside."),
        SchemaField(
            "first_event_within", .duration(1...3_600_000),
            "How soon the first event after 'meta' must arrive."),
    ])
}

extension BotSchema {
    /// The dotted paths at which a key is valid, shortest first; for a key that stands in the wrong place.
    static func paths(ofKey key: String) -> [String] {
        var found: [String] = []
        func search(_ schema: ObjectSchema, _ path: [String]) {
            for field in schema.fields where field.availability == .now {
                if field.key == key { found.append((path + [key]).joined(separator: ".")) }
                if case .object(let nested) = field.type { search(nested, path + [field.key]) }
            }
        }
        search(bot, [])
        return found.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }
}
