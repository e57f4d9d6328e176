extension BotSchema {
    static let guardrailMode = DefaultedKey("mode", Guardrail.Mode.sync)
    static let historyTrim = DefaultedKey("trim", HistoryTrim.none)
    static let maxAttempts = DefaultedKey("max_attempts", 3)
    static let provider = DefaultedKey("provider", ModelReference.Provider.bedrock)

    /// The keys of `model`.
    static let model = ObjectSchema(
        shorthand: "id",
        constraints: [
            .required("base_url", when: "provider", is: ["openai"]),
            .only(["base_url", "api_key"], when: "provider", is: ["openai"]),
        ],
        [
            SchemaField(
                provider, .choice(["bedrock", "openai"]),
                "The service behind which the model stands: Amazon Bedrock, or any that speaks as OpenAI does."),
            SchemaField(
                "id", .text(.modelID), required: true, storage: .never, examples: ["amazon.nova-micro-v1:0"],
                "The model's id, with or without an inference profile's prefix, or an ARN."),
            SchemaField(
                "region", .text(.region), default: .text("us-east-1"), storage: .always, examples: ["eu-west-1"],
                "The region that is called; never taken from the process's environment, so that a file means one thing."
            ),
            SchemaField(
                "profile", .text(.inferenceProfile), default: .text("auto"), storage: .never,
                examples: ["none", "eu", "global"],
                "The inference profile: auto, none, a prefix such as us, eu or global, or an application profile's id or ARN."
            ),
            SchemaField(
                "pinned", .boolean, default: .boolean(false),
                "Whether an id that floats, such as one that ends in -latest, is an error."),
            SchemaField(
                "api", .choice(["converse", "invoke", "async-invoke", "chat-completions"]),
                """
                Which of the service's operations is called: converse for Bedrock's chat models, invoke for its image \
                models, async-invoke for its video models, chat-completions for provider openai. It follows from kind \
                and provider: the key writes it down, changes nothing, and is an error where it says another one.
                """
            ),
            SchemaField(
                "credentials", .object(credentials),
                "Credentials of the bot's own, in place of the gateway's."),
            SchemaField(
                "failover_regions", .list(.text(.region), limit: 8), default: .list([]),
                examples: ["[us-west-2]"],
                "Where the same model is called, in this order, when the region fails before the first token."),
            SchemaField(
                "output", .text(.bucketURL), examples: ["s3://bucket/prefix"],
                "Where a video model puts its results."),
            SchemaField(
                "base_url", .text(.url), examples: ["https://api.openai.com/v1"],
                "Where an OpenAI-compatible model is found: the URL before /chat/completions."),
            SchemaField("api_key", .secret, "The key of an OpenAI-compatible model; none for a service without keys."),
        ])

    /// The keys of `model.credentials`.
    private static let credentials = ObjectSchema(
        leadsToSecret: true,
        constraints: [
            .exactlyOne([["role_arn"], ["profile"], ["api_key"]]), .onlyBeside(["external_id"], "role_arn"),
        ],
        [
            SchemaField(
                "role_arn", .text(.arn), examples: ["arn:aws:iam::123456789012:role/bots"],
                "A role that is assumed through STS."),
            SchemaField("external_id", .text(.any(limitInBytes: 1224)), "The external id that the role asks for."),
            SchemaField(
                "profile", .text(.any(limitInBytes: 128)), "A profile of the shared AWS configuration files."),
            SchemaField("api_key", .secret, "A Bedrock API key, sent as a bearer token."),
        ])

    /// The keys of `parameters`.
    static let parameters = ObjectSchema(
        [
            SchemaField(
                "temperature", .decimal(0...2), examples: ["0.7"],
                "Randomness. Bedrock's Converse takes 0 to 1; more is sent as 1."),
            SchemaField("top_p", .decimal(0...1), examples: ["0.9"], "Nucleus sampling."),
            SchemaField("max_tokens", .integer(1...1_000_000), examples: ["4096"], "The longest answer in tokens."),
            SchemaField(
                "stop_sequences", .list(.text(.filled(limitInBytes: 256)), limit: 64), default: .list([]),
                "Texts at which the answer ends."),
            SchemaField(
                "reasoning", .choice(["none", "minimal", "low", "medium", "high", "xhigh", "max"]),
                "How hard the model thinks before it answers, on the scale that all models share."),
            SchemaField(
                "additional", .json, examples: ["{top_k: 40}"],
                "Further fields for the model, passed on as they are. A null takes a weaker layer's field back."),
        ] + mediaParameters)

    /// The keys of `guardrail`.
    ///
    /// Source: Bedrock API reference, GuardrailStreamConfiguration.
    static let guardrail = ObjectSchema([
        SchemaField("id", .text(.guardrailID), required: true, "The guardrail's id or ARN."),
        SchemaField(
            "version", .text(.guardrailVersion), required: true, examples: ["\"1\"", "DRAFT"],
            "Its version: a number in quotes, or DRAFT."),
        SchemaField(
            guardrailMode, .choice(["sync", "async"]),
            "sync holds text back until it is checked; async sends it at once and may stop later."),
    ])

    /// The keys of `history`.
    static let history = ObjectSchema([
        SchemaField(
            historyTrim, .choice(["none", "oldest"]),
            "none refuses a conversation above limits.max_input_tokens; oldest leaves its oldest messages out.")
    ])

    static let attachmentSize = DefaultedKey("max_size", bytes: 20_971_520)
    static let attachmentCount = DefaultedKey("max_count", 20)
    static let attachmentTimeout = DefaultedKey("timeout", milliseconds: 30_000)

    /// The keys of `attachments`.
    static let attachments = ObjectSchema([
        SchemaField(
            "allowed_hosts", .list(.text(.hostPattern), limit: 256), default: .list([]),
            examples: ["[pfst.cf2.poecdn.net, \"*.example.com\"]"],
            "The only hosts that attachments are fetched from. Any public https host where the list is empty."),
        SchemaField(
            attachmentSize, .size(1024...104_857_600), examples: ["10MB"], "The largest attachment that is fetched."),
        SchemaField(
            attachmentCount, .integer(0...100),
            """
            How many attachments of one conversation are fetched, the newest first. A request of the \
            OpenAI-compatible API that holds more is refused.
            """),
        SchemaField(
            attachmentTimeout, .duration(100...600_000), "How long the attachments of a request may take to arrive."),
    ])

    /// The keys of `retry`.
    static let retry = ObjectSchema([
        SchemaField(
            maxAttempts, .integer(1...10),
            "How often a request is tried in all, before the first token.")
    ])
}
