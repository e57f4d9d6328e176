import Secrets

/// The keys of a bot.
package enum BotSchema {
    /// Raised when a default or a meaning changes; part of every stored form.
    ///
    /// What the readers of the version before made of a stored form then belongs into ``OlderSchema/all``.
    package static let version = 2

    /// The keys of a file in `bots.d`.
    package static let bot = ObjectSchema([
        SchemaField(
            "name", .text(.botName), storage: .never,
            "The bot's identity: manifest key, path and metric label. The file's base name where it is absent."),
        SchemaField(
            "aliases", .list(.text(.botName), limit: 32), default: .list([]),
            "Further names and paths that answer, such as old URLs."),
        SchemaField(
            "kind", .choice(["chat", "image", "video"], later: ["panel", "prompt", "voice"]), storage: .always,
            "What the bot produces. Where it is absent the model's facts decide, else chat."),
        SchemaField(
            "template", .text(.identifier), storage: .never,
            "The template beneath the bot: a file in templates/ without its ending. DEFAULT_<KIND>_CONFIG where absent."
        ),
        SchemaField(
            enabled, .boolean, storage: .never,
            "Whether the bot answers; false keeps it deployed and lets it say that it is off."),
        SchemaField("description", .text(.any(limitInBytes: 4096)), "What the bot is for, for people."),
        SchemaField(
            "labels", .map(.text(.any(limitInBytes: 256)), limit: 64), default: .object(ConfigObject()),
            "Words of your own to sort bots by."),
        SchemaField("model", .object(model), required: true, "The model that answers. A bare text is its id."),
        SchemaField("parameters", .object(parameters), "How answers are sampled, and pictures and videos made."),
        SchemaField("system_prompt", .textOrFile, "Instructions that stand above every conversation."),
        SchemaField(
            "supports_system_messages", .boolean,
            "Whether the model takes system messages. Where it is absent the model's facts decide."),
        SchemaField(
            "enable_image_comprehension", .boolean,
            "Whether Poe describes images in words to the model. Where it is absent: true for a model that cannot see."),
        SchemaField(
            expandTextAttachments, .boolean,
            "Whether Poe extracts the text of attachments for the model."),
        SchemaField(
            "guardrail", .object(guardrail),
            "A Bedrock guardrail that watches the conversation."),
        SchemaField(
            cache, .choice(["none", "auto"]),
            "Whether prompt-cache points are set, where the model knows them."),
        SchemaField("history", .object(history), "What becomes of a conversation that is too long."),
        SchemaField("attachments", .object(attachments), "Which attachments are taken, and from where."),
        SchemaField("poe", .object(poe), "What Poe is told of the bot, and the key it calls with."),
        SchemaField("limits", .object(limits), "Bounds on what the bot takes and for how long."),
        SchemaField("retry", .object(retry), "How a failed upstream request is tried again."),
        SchemaField("cost", .object(cost), "What the upstream charges. Where it is absent the model's facts decide."),
        SchemaField("pricing", .object(pricing), "What users pay: a share of the cost, or prices of your own."),
        SchemaField("fallback", .object(fallback), "Another bot that answers when this one cannot."),
        SchemaField(
            "renamed_from", .text(.botName), storage: .never,
            "The bot's name before, so that a deploy shows a renaming instead of a removal and an addition."),
        SchemaField(
            "smoke", .list(.object(smokeCase), limit: 64), default: .list([]), storage: .never,
            "Questions that a deploy asks the bot, and what the answers must hold."),
    ])

    /// The keys of a template: those of a bot without what makes it that bot.
    package static let template = bot.without(["name", "aliases", "template", "renamed_from"])

    /// The names of a template's keys.
    static let templateKeys = Set(template.fields.map(\.key))

    /// The keys of an environment's overrides for all bots and for one bot.
    package static let overrides = bot.without(
        ["name", "aliases", "kind", "template", "renamed_from"], definedAs: "overrides")

    static let enabled = DefaultedKey("enabled", true)
    static let cache = DefaultedKey("cache", PromptCaching.none)
    static let expandTextAttachments = DefaultedKey("expand_text_attachments", true)

    // Those of `limits`.
    static let maxConcurrent = DefaultedKey("max_concurrent", 64)
    static let requestsPerMinute = DefaultedKey("requests_per_minute", 600)
    static let firstTokenTimeout = DefaultedKey("first_token_timeout", milliseconds: 120_000)
    static let idleTimeout = DefaultedKey("idle_timeout", milliseconds: 120_000)
    static let requestTimeout = DefaultedKey("request_timeout", milliseconds: 590_000)

    /// The keys of `limits`.
    static let limits = ObjectSchema([
        SchemaField(
            maxConcurrent, .integer(1...100_000), "How many answers may be given at once."),
        SchemaField(
            requestsPerMinute, .integer(1...10_000_000),
            "How many requests are taken in any minute."),
        SchemaField(
            firstTokenTimeout, .duration(100...3_600_000),
            "How long the model may take to its first event."),
        SchemaField(
            idleTimeout, .duration(100...3_600_000),
            "How long the model may be silent after that."),
        SchemaField(
            requestTimeout, .duration(1000...3_600_000),
            "How long the whole answer may take; Poe ends a response after 600 seconds."),
        SchemaField(
            "max_input_tokens", .integer(1...100_000_000),
            "How long a conversation may be, in estimated tokens. Where it is absent the model's context decides."),
    ])

    /// The keys of an entry of `smoke`.
    static let smokeCase = ObjectSchema([
        SchemaField(
            "name", .text(.filled(limitInBytes: 128)), required: true, "The case's name, unique within its bot."),
        SchemaField(
            "prompt", .text(.filled(limitInBytes: 65_536)), required: true,
            examples: ["Reply with the single word pong."], "What the bot is asked."),
        SchemaField(
            "attachments", .list(.file(limitInBytes: SmokeCase.attachmentLimitInBytes), limit: 4), default: .list([]),
            examples: ["[smoke/picture.png]"], "Files of the project that the question brings, such as a picture."),
        SchemaField("expect", .object(expectation), "What the answer must hold. Any text at all where it is absent."),
    ])

    /// The keys of `expect`.
    static let expectation = ObjectSchema([
        SchemaField("contains", .text(.filled(limitInBytes: 4096)), "A text that the answer must hold, case aside."),
        SchemaField(
            "first_event_within", .duration(1...3_600_000),
            "How soon the first event after 'meta' must arrive."),
        SchemaField(
            "file", .choice(["image", "video"]),
            "What sort of file the answer must bring; it is fetched, and its first bytes must be such a file's."),
    ])
}

extension BotSchema {
    /// Every key that is valid somewhere in a bot, through objects only.
    static var allKeys: [String] {
        func keys(_ schema: ObjectSchema) -> [String] {
            schema.fields.flatMap { field in
                if case .object(let nested) = field.type { [field.key] + keys(nested) } else { [field.key] }
            }
        }
        return keys(bot)
    }

    /// The dotted paths at which a key is valid, shortest first; for a key that stands in the wrong place.
    static func paths(ofKey key: String) -> [String] {
        var found: [String] = []
        func search(_ schema: ObjectSchema, _ path: [String]) {
            for field in schema.fields {
                if field.key == key { found.append((path + [key]).joined(separator: ".")) }
                if case .object(let nested) = field.type { search(nested, path + [field.key]) }
            }
        }
        search(bot, [])
        return found.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }
}
