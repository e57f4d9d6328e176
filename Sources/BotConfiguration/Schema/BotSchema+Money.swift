extension BotSchema {
    private static let perMillionTokens: ValueType = .money(0...100_000)

    /// The keys of `cost`.
    static let cost = ObjectSchema([
        SchemaField(
            "input_usd_per_million", perMillionTokens, examples: ["0.035"],
            "For a million input tokens."),
        SchemaField(
            "output_usd_per_million", perMillionTokens, examples: ["0.14"],
            "For a million output tokens."),
        SchemaField(
            "cache_read_usd_per_million", perMillionTokens,
            "For a million input tokens that are read from the prompt cache."),
        SchemaField(
            "cache_write_usd_per_million", perMillionTokens,
            "For a million input tokens that are written to the prompt cache."),
        SchemaField("usd_per_image", .money(0...10_000), "For one image."),
        SchemaField("usd_per_second", .money(0...10_000), "For one second of video."),
    ])

    /// The keys of `pricing`.
    static let pricing = ObjectSchema(
        constraints: [
            .exactlyOne([
                ["markup"], ["per_message"], ["per_image"], ["per_second"],
                ["input_usd_per_million", "output_usd_per_million"],
            ]),
            .together(["input_usd_per_million", "output_usd_per_million"]),
        ],
        [
            SchemaField(
                "markup", .decimal(0...1000), examples: ["1.3"],
                "What the cost is multiplied with; 1 passes it on as it is."),
            SchemaField("per_message", .money(0...10_000), "For one answer, whatever it costs."),
            SchemaField("per_image", .money(0...10_000), "For one image."),
            SchemaField("per_second", .money(0...10_000), "For one second of video."),
            SchemaField(
                "input_usd_per_million", perMillionTokens, "For a million input tokens."),
            SchemaField(
                "output_usd_per_million", perMillionTokens, "For a million output tokens."),
        ])

    /// The keys of `fallback`.
    static let fallback = ObjectSchema([
        SchemaField(
            "to", .text(.botName), required: true, availability: .later, "The bot that answers in this one's place."),
        SchemaField(
            "consent", .choice(["never", "ask", "declared"]), default: .text("ask"), availability: .later,
            "never: only the operator switches; ask: the user is asked first; declared: at once, and the answer says so."
        ),
    ])
}
