import ModelCatalog

/// The keys of the files in `catalog.d`: what a project knows of models that the binary does not know, or knows
/// wrongly.
///
/// The stored form of a bot holds its model's facts by the same declaration.
package enum FactsSchema {
    /// The keys of a file with several models.
    package static let file = ObjectSchema([
        SchemaField(
            "models", .list(.object(model), limit: 200), required: true,
            "The models, each with the keys of a file with one model.")
    ])

    /// The keys of one model.
    package static let model = ObjectSchema([
        SchemaField(
            "id", .text(.modelID), required: true, examples: ["acme.rocket-2-v1:0"],
            "The foundation model's id, without the prefix of an inference profile."),
        SchemaField(
            "maker", .text(.any(limitInBytes: 128)), examples: ["Acme"],
            "Who makes the model. Where it is absent: as for other ids with the same beginning."),
        SchemaField(
            "provider", .text(.any(limitInBytes: 128)),
            deprecated: SchemaField.Deprecation(
                replacement: "maker", reason: "'provider' is the service that is called; write 'maker'"),
            "An older name of 'maker'."),
        SchemaField(
            "display_name", .text(.any(limitInBytes: 128)), examples: ["Rocket 2"],
            "The model's name for people. Where it is absent it is made of the id."),
        SchemaField(
            "kind", .choice(ModelKind.allCases.map(\.configurationName)),
            "What the model makes; of a model that the binary does not know: text where it is absent."),
        SchemaField(
            "lifecycle", .choice(ModelLifecycle.allCases.map { $0.rawValue.lowercased() }),
            "legacy where the model is closed to new accounts."),
        SchemaField("deprecation_date", .text(.date), examples: ["2027-03-31"], "The announced end of life."),
        SchemaField("context_tokens", tokens, examples: ["200000"], "How long prompt and answer may be together."),
        SchemaField("max_output_tokens", tokens, examples: ["8192"], "The longest answer."),
        SchemaField(
            "min_output_tokens", tokens, examples: ["16"],
            "The least 'max_tokens' that a request may ask for; less is raised to it."),
        SchemaField("input_modalities", modalities, examples: ["[text, image]"], "What goes in."),
        SchemaField("output_modalities", modalities, examples: ["[text]"], "What comes out."),
        SchemaField(
            "capabilities", .object(capabilities), examples: ["{vision: true, tools: true}"],
            "What the model can and cannot do. What is not said stays as the binary knows it, or unknown."),
        SchemaField("reasoning", .object(reasoning), "How thinking is asked for."),
        SchemaField("prompt_cache_min_tokens", tokens, "The smallest beginning of a prompt that is cached."),
        SchemaField(
            "regions", regions, examples: ["[us-east-1, us-west-2]"],
            """
            Where the model is offered. The bare id is sent there, unless on_demand_regions or inference_profiles say \
            otherwise. While no region is known, be it a profile's, the id is sent as it is.
            """),
        SchemaField("on_demand_regions", regions, "Where the bare id is accepted."),
        SchemaField(
            "inference_profiles", .list(.object(profile), limit: 32),
            "The cross-region inference profiles of the model; these take the place of those that the binary knows."),
        SchemaField("profile_only", .boolean, "Whether the bare id is rejected everywhere."),
        SchemaField(
            "runtime", .boolean,
            """
            Whether bedrock-runtime serves the model; false for one that only bedrock-mantle serves. True where regions \
            are given.
            """),
        SchemaField(
            "invoke_family", .choice(InvokeFamily.allCases.map(\.rawValue)),
            "The request format of a model that Converse does not serve."),
        SchemaField(
            "prices", .object(prices), examples: ["{input_usd_per_million: 0.3, output_usd_per_million: 1.2}"],
            "What AWS charges for the bare id, and in 'profiles' and 'regions' for other ways of calling."),
    ])

    private static let tokens: ValueType = .integer(1...1_000_000_000)
    private static let regions: ValueType = .list(.text(.region), limit: 100)
    private static let modalities: ValueType = .list(
        .choice(Modality.allCases.map { $0.rawValue.lowercased() }), limit: 8)

    /// The keys of `capabilities`.
    static let capabilities = ObjectSchema(
        ModelCapability.allCases.map { SchemaField($0.configurationName, .boolean, $0.summary) } + [
            SchemaField(
                "tool_choice_modes",
                .list(.choice(ModelCapabilities.ToolChoiceMode.allCases.map(\.rawValue)), limit: 3),
                "The ways in which a request may say which tool to use.")
        ])

    /// The keys of `reasoning`.
    static let reasoning = ObjectSchema([
        SchemaField("always_on", .boolean, "Whether the model thinks whatever the request says."),
        SchemaField("adaptive_thinking", .boolean, "Whether 'thinking: {type: adaptive}' is taken."),
        SchemaField("budget_tokens", .boolean, "Whether the older form with 'budget_tokens' is taken."),
        SchemaField(
            "effort",
            .object(
                ObjectSchema(
                    ReasoningEffort.allCases.map {
                        SchemaField($0.rawValue, .boolean, "Whether the effort '\($0.rawValue)' is taken.")
                    })),
            examples: ["{minimal: false, xhigh: true}"],
            "Efforts that are taken or refused; low, medium and high are taken unless said otherwise."),
        SchemaField(
            "effort_ceiling", .choice(ReasoningEffort.allCases.map(\.rawValue)),
            "The highest effort that Bedrock takes; it wins over 'effort'."),
    ])

    /// The keys of an entry of `inference_profiles`.
    static let profile = ObjectSchema(
        shorthand: "id",
        [
            SchemaField(
                "id", .text(.modelID), required: true, examples: ["us.acme.rocket-2-v1:0"],
                "The prefix and the model's id."),
            SchemaField(
                "source_regions", regions,
                """
                The regions from which it may be called. Where they are absent: wherever the configuration names the \
                prefix, and of a model of which nothing but 'regions' says where it is, from those.
                """
            ),
            SchemaField("routes_to", regions, "The regions that answer."),
        ])

    /// The keys of `prices`.
    static let prices = ObjectSchema(
        price.fields + [
            SchemaField(
                "profiles", .map(.object(price), limit: 16), examples: ["{us: {input_usd_per_million: 0.33}}"],
                repeatsKeys: true,
                "Prices by the prefix of a profile, with the same keys."),
            SchemaField(
                "regions", .map(.object(price), limit: 100), repeatsKeys: true,
                "Prices of the bare id by region, with the same keys."),
        ])

    /// The keys of one way of calling.
    static let price = ObjectSchema(
        amounts
            + ModelPrice.Tier.allCases.map { tier in
                SchemaField(
                    tier.rawValue, .object(ObjectSchema(amounts)), repeatsKeys: true,
                    "Prices of the service tier '\(tier.rawValue)', with the same keys.")
            } + [
                SchemaField(
                    "long_context",
                    .object(
                        ObjectSchema(
                            [
                                SchemaField(
                                    "above_input_tokens", tokens, required: true,
                                    "The size of the input above which they hold.")
                            ] + amounts)), repeatsKeys: true,
                    "Prices of the whole request where its input exceeds 'above_input_tokens', with the same keys beside that."
                )
            ])

    private static let amounts = PriceUnit.allCases.map { unit in
        SchemaField(unit.configurationName, .money(0...100_000), "For \(unit.summary).")
    }
}
