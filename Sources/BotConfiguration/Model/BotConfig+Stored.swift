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
        let contents = try StoredFormReader().readBot(StoredFormReader.parse(bytes))
        self.init(contents, digest: ContentDigest(of: bytes), name: name, catalog: catalog)
    }

    /// Makes a config of a stored form that was read: nothing in it can be wrong any more.
    init(_ contents: StoredFormReader.Contents, digest: ContentDigest, name: String, catalog: ModelCatalog) {
        let values = ConfigReader(root: contents.root)
        let baseID = contents.baseID ?? ModelCatalog.baseID(of: contents.upstreamID)
        let provider = values.value(BotSchema.provider, in: "model")
        // The catalog is about Bedrock: what it says of a model holds for no other service that has the same name for
        // one.
        let known = provider == .bedrock ? catalog.facts(for: baseID) : nil
        let facts = contents.facts.map { catalog.facts(withOverlay: $0) } ?? known

        self.name = name
        aliases = values.texts("aliases")
        kind = contents.kind
        description = values.text("description")
        labels = values.textMap("labels")
        model = ModelReference(
            provider: provider,
            baseID: baseID, upstreamID: contents.upstreamID, region: contents.region,
            failover: values.texts("model", "failover_regions").compactMap { region in
                contents.upstreamIDs[region].map { FailoverRoute(region: region, upstreamID: $0) }
            },
            api: values.text("model", "api").flatMap(ModelAPI.init(rawValue:)),
            credentials: values.section("model", "credentials").flatMap(ModelCredentials.init),
            baseURL: values.text("model", "base_url"), apiKey: values.secret("model", "api_key"),
            output: values.text("model", "output"), facts: facts,
            hasProjectFacts: contents.facts != nil)
        parameters = Parameters(contents.root.object("parameters")).adjusted(to: facts, of: model.provider).sent
        systemPrompt = values.text("system_prompt") ?? ""
        // A template may promise for many models what this one cannot do.
        supportsSystemMessages =
            (values.boolean("supports_system_messages") ?? true) && (facts?.capabilities.systemPrompt ?? true)
        enableImageComprehension =
            values.boolean("enable_image_comprehension") ?? !(facts?.capabilities.vision ?? false)
        expandTextAttachments = values.value(BotSchema.expandTextAttachments)
        guardrail = Guardrail(values)
        cache = values.value(BotSchema.cache)
        historyTrim = values.value(BotSchema.historyTrim, in: "history")
        maxAttempts = values.value(BotSchema.maxAttempts, in: "retry")
        setsMaxAttempts = values.isSet(BotSchema.maxAttempts, in: "retry")
        poe = PoeOptions(values)
        attachments = AttachmentOptions(values)
        limits = Limits(values)
        media = MediaParameters(values)
        cost = UpstreamCost(values, facts: facts, upstreamID: contents.upstreamID, region: contents.region)
        pricing = Pricing(values)
        self.digest = digest
    }
}

extension Parameters {
    /// The parameters as the layers set them, whatever the model takes.
    init(_ values: ConfigObject) {
        temperature = values.decimal("temperature")?.double
        topP = values.decimal("top_p")?.double
        maxTokens = values.integer("max_tokens")
        stopSequences = values.list("stop_sequences").compactMap {
            if case .text(let text) = $0.value { text } else { nil }
        }
        reasoning = values.text("reasoning").flatMap(ReasoningEffort.init(rawValue:))
        additional = values.json("additional")?.object ?? JSONObject()
    }
}

extension ModelCredentials {
    /// The credentials of a section; nil when it names none.
    fileprivate init?(_ values: ConfigReader) {
        if let arn = values.text("role_arn") {
            self = .role(arn: arn, externalID: values.text("external_id"))
        } else if let profile = values.text("profile") {
            self = .profile(profile)
        } else {
            let key = values.secret("api_key")
            guard !key.isEmpty else { return nil }
            self = .apiKey(key)
        }
    }
}

extension Guardrail {
    fileprivate init?(_ values: ConfigReader) {
        guard let id = values.text("guardrail", "id"), let version = values.text("guardrail", "version") else {
            return nil
        }
        self.init(id: id, version: version, mode: values.value(BotSchema.guardrailMode, in: "guardrail"))
    }
}

extension PoeOptions {
    fileprivate init(_ values: ConfigReader) {
        handle = values.text("poe", "handle")
        accessKey = values.secret("poe", "access_key")
        previousAccessKey = values.secret("poe", "previous_access_key")
        introductionMessage = values.text("poe", "introduction_message")
        allowAttachments = values.value(BotSchema.allowAttachments, in: "poe")
        enforceAuthorRoleAlternation = values.value(BotSchema.enforceAuthorRoleAlternation, in: "poe")
        enableMultiEntityPrompting = values.value(BotSchema.enableMultiEntityPrompting, in: "poe")
        parameterControls = ParameterControls(values.configValue("poe", "parameter_controls"))
        serverBotDependencies = values.integerMap("poe", "server_bot_dependencies")
        contextClearWindowSeconds = values.integer("poe", "context_clear_window_secs")
        allowUserContextClear = values.boolean("poe", "allow_user_context_clear")
        rateCard = values.text("poe", "rate_card")
        costLabel = values.text("poe", "cost_label")
        showReasoning = values.value(BotSchema.showReasoning, in: "poe")
    }
}

extension AttachmentOptions {
    fileprivate init(_ values: ConfigReader) {
        allowedHosts = values.texts("attachments", "allowed_hosts")
        sizeLimitInBytes = values.value(BotSchema.attachmentSize, in: "attachments")
        countLimit = values.value(BotSchema.attachmentCount, in: "attachments")
        timeout = values.value(BotSchema.attachmentTimeout, in: "attachments")
    }
}

extension Limits {
    fileprivate init(_ values: ConfigReader) {
        maxConcurrent = values.value(BotSchema.maxConcurrent, in: "limits")
        requestsPerMinute = values.value(BotSchema.requestsPerMinute, in: "limits")
        firstTokenTimeout = values.value(BotSchema.firstTokenTimeout, in: "limits")
        idleTimeout = values.value(BotSchema.idleTimeout, in: "limits")
        requestTimeout = values.value(BotSchema.requestTimeout, in: "limits")
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
            name: name, prompt: prompt, attachments: values.files("attachments").map(\.withoutFolder),
            expect: SmokeExpectation(
                contains: values.text("expect", "contains"),
                firstEventWithin: values.duration("expect", "first_event_within"),
                file: values.text("expect", "file").flatMap(SmokeFile.init(rawValue:))))
    }
}
