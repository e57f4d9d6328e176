import Secrets

extension BotSchema {
    static let showReasoning = DefaultedKey("show_reasoning", ReasoningDisplay.hidden)
    static let allowAttachments = DefaultedKey("allow_attachments", true)
    static let enforceAuthorRoleAlternation = DefaultedKey("enforce_author_role_alternation", false)
    static let enableMultiEntityPrompting = DefaultedKey("enable_multi_entity_prompting", true)

    /// The keys of `poe`: the fields of the protocol's settings response, and the access keys.
    ///
    /// Source: Poe server-bot protocol, response to `settings`.
    static let poe = ObjectSchema([
        SchemaField(
            "handle", .text(.filled(limitInBytes: 64)), examples: ["Claude-Sonnet"],
            "The bot's name on Poe, where it differs from its name here."),
        SchemaField(
            "access_key", .secret, default: .secret(defaultAccessKey),
            "Where the key that Poe calls with is found: exactly 32 printable ASCII characters."),
        SchemaField(
            "previous_access_key", .secret,
            "A key that is still taken while the new one is being rolled out; where it is not found, none is."),
        SchemaField(
            "introduction_message", .text(.any(limitInBytes: 8192)), "The greeting of a new conversation, in Markdown."),
        SchemaField(
            showReasoning, .choice(["hidden", "quoted", "status"]),
            "What users see of the model's thoughts: nothing, all of them as a quotation, or that it thinks."),
        SchemaField(allowAttachments, .boolean, "Whether users may attach files."),
        SchemaField(
            enforceAuthorRoleAlternation, .boolean,
            "Whether Poe merges messages so that user and bot alternate strictly."),
        SchemaField(
            enableMultiEntityPrompting, .boolean,
            "Whether Poe rewrites conversations with several bots or users so that the bot understands them."),
        SchemaField(
            "enable_multi_bot_chat_prompting", .boolean,
            deprecated: deprecated(by: "enable_multi_entity_prompting"),
            "The older name of enable_multi_entity_prompting."),
        SchemaField("rate_card", .text(.any(limitInBytes: 8192)), "What the bot costs, in Markdown, for users."),
        SchemaField(
            "custom_rate_card", .text(.any(limitInBytes: 8192)), deprecated: deprecated(by: "rate_card"),
            "The older name of rate_card."),
        SchemaField("cost_label", .text(.any(limitInBytes: 256)), "A short price tag for users."),
        SchemaField(
            "parameter_controls", .wordOr(["none", "auto"], .object(parameterControls)), default: .text("none"),
            "Controls that users set parameters with; auto makes them of the model's facts."),
        SchemaField(
            "server_bot_dependencies", .map(.integer(1...1000), limit: 64), default: .object(ConfigObject()),
            examples: ["{GPT-5.2: 1}"],
            "Other bots on Poe that this one calls, and how often for one message."),
        SchemaField(
            "context_clear_window_secs", .integer(0...31_536_000),
            deprecated: SchemaField.Deprecation(replacement: nil, reason: "Poe decides it by itself"),
            "How long until Poe starts a new conversation."),
        SchemaField(
            "allow_user_context_clear", .boolean,
            deprecated: SchemaField.Deprecation(replacement: nil, reason: "Poe lets every user do it"),
            "Whether users may start a new conversation."),
    ])

    private static func deprecated(by key: String) -> SchemaField.Deprecation {
        SchemaField.Deprecation(replacement: key, reason: "Poe's protocol has a new name for it")
    }

    private static let defaultAccessKey = ["${env:POE_ACCESS_KEY_{NAME}}", "${env:POE_ACCESS_KEY}"].compactMap {
        try? SecretReference(parsing: $0)
    }
}
