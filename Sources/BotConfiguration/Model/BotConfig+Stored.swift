package import ModelCatalog
import JSONCoding
import Secrets

extension BotConfig {
    /// Makes a config of what a deploy has kept.
    ///
    /// - Parameters:
    ///   - bytes: The stored form.
    ///   - name: The bot's name, which the manifest holds.
    ///   - catalog: The facts that fill what no layer set; the stored form's own go over them.
    /// - Throws: ``StoredFormError`` when the bytes are no stored form or a newer botctl wrote them.
    package init(stored bytes: [UInt8], name: String, catalog: ModelCatalog) throws(StoredFormError) {
        let value = try StoredFormReader.parse(bytes)
        try self.init(value, digest: ContentDigest(of: bytes), name: name, catalog: catalog)
    }

    /// Makes a config of a stored form that was just written.
    init(stored: StoredConfiguration, name: String, catalog: ModelCatalog) throws(StoredFormError) {
        try self.init(stored.value, digest: stored.digest, name: name, catalog: catalog)
    }

    private init(
        _ stored: JSONValue, digest: ContentDigest, name: String, catalog: ModelCatalog
    ) throws(StoredFormError) {
        let contents = try StoredFormReader().readBot(stored)
        let values = ConfigReader(root: contents.root)
        let baseID = contents.baseID ?? ModelCatalog.baseID(of: contents.upstreamID)
        let facts = contents.facts.map { catalog.facts(withOverlay: $0) } ?? catalog.facts(for: baseID)

        self.name = name
        aliases = values.texts("aliases")
        kind = contents.kind
        description = values.text("description")
        labels = values.textMap("labels")
        model = ModelReference(
            provider: ModelReference.Provider(rawValue: values.text("model", "provider") ?? "") ?? .bedrock,
            baseID: baseID, upstreamID: contents.upstreamID, region: contents.region, facts: facts,
            hasProjectFacts: contents.facts != nil)
        parameters = Parameters(values, facts: facts)
        systemPrompt = values.text("system_prompt") ?? ""
        // A template may promise for many models what this one cannot do.
        supportsSystemMessages =
            (values.boolean("supports_system_messages") ?? true) && (facts?.capabilities.systemPrompt ?? true)
        enableImageComprehension =
            values.boolean("enable_image_comprehension") ?? !(facts?.capabilities.vision ?? false)
        expandTextAttachments = values.boolean("expand_text_attachments") ?? true
        poe = PoeOptions(values)
        limits = Limits(values)
        self.digest = digest
    }
}

extension Parameters {
    fileprivate init(_ values: ConfigReader, facts: ModelFacts?) {
        let refused = ModelRefusals(facts: facts)
        temperature = refused.sampling ? nil : values.decimal("parameters", "temperature")?.double
        let bothSet = temperature != nil && refused.temperatureWithTopP
        topP = refused.sampling || bothSet ? nil : values.decimal("parameters", "top_p")?.double
        let wishedTokens = values.integer("parameters", "max_tokens")
        maxTokens = wishedTokens.map { min($0, facts?.maxOutputTokens ?? $0) }
        stopSequences = values.texts("parameters", "stop_sequences")
        additional = values.json("parameters", "additional")?.object ?? JSONObject()
    }
}

extension PoeOptions {
    fileprivate init(_ values: ConfigReader) {
        handle = values.text("poe", "handle")
        accessKey = values.secret("poe", "access_key")
        introductionMessage = values.text("poe", "introduction_message")
        allowAttachments = values.boolean("poe", "allow_attachments") ?? true
        enforceAuthorRoleAlternation = values.boolean("poe", "enforce_author_role_alternation") ?? false
        enableMultiEntityPrompting = values.boolean("poe", "enable_multi_entity_prompting") ?? true
        rateCard = values.text("poe", "rate_card")
        costLabel = values.text("poe", "cost_label")
    }
}

extension Limits {
    fileprivate init(_ values: ConfigReader) {
        maxConcurrent = values.integer("limits", "max_concurrent") ?? 64
        requestsPerMinute = values.integer("limits", "requests_per_minute") ?? 600
        firstTokenTimeout = values.duration("limits", "first_token_timeout") ?? .seconds(120)
        idleTimeout = values.duration("limits", "idle_timeout") ?? .seconds(120)
        requestTimeout = values.duration("limits", "request_timeout") ?? .seconds(590)
        maxInputTokens = values.integer("limits", "max_input_tokens")
    }
}

extension SmokeCase {
    /// The cases of a stored form.
    ///
    /// - Throws: ``StoredFormError``.
    package static func decode(stored bytes: [UInt8]) throws(StoredFormError) -> [SmokeCase] {
        try StoredFormReader().readSmoke(bytes)
    }

    /// A case of its decoded value, or nil when its name or prompt is missing.
    init?(_ value: ConfigValue) {
        guard case .object(let object) = value else { return nil }
        let values = ConfigReader(root: object, schema: BotSchema.smokeCase)
        guard let name = values.text("name"), let prompt = values.text("prompt") else { return nil }
        self.init(
            name: name, prompt: prompt,
            expect: SmokeExpectation(
                contains: values.text("expect", "contains"),
                firstEventWithin: values.duration("expect", "first_event_within")))
    }
}
