import JSONCoding
import ModelCatalog

extension ModelFactsOverlay {
    /// The facts in decoded values of ``FactsSchema/model``, or nil when they name no model.
    ///
    /// An explicit `null` says nothing, as in the layers of a bot.
    init?(_ root: ConfigObject) {
        let values = ConfigReader(root: root, schema: FactsSchema.model)
        guard let id = values.text("id") else { return nil }
        self.init(id: id)
        // Stored forms of before the key was renamed have it under the older name.
        maker = values.text("maker") ?? values.text("provider")
        displayName = values.text("display_name")
        kind = values.text("kind").flatMap(ModelKind.init(configurationName:))
        lifecycle = values.text("lifecycle").flatMap { ModelLifecycle(rawValue: $0.uppercased()) }
        deprecationDate = values.text("deprecation_date")
        contextTokens = values.integer("context_tokens")
        maxOutputTokens = values.integer("max_output_tokens")
        minOutputTokens = values.integer("min_output_tokens")
        inputModalities = Self.modalities(root.list("input_modalities"))
        outputModalities = Self.modalities(root.list("output_modalities"))
        if let object = root.object("capabilities") { capabilities = ModelCapabilities(object) }
        if let object = root.object("reasoning") { reasoning = ReasoningFacts(object) }
        promptCacheMinTokens = values.integer("prompt_cache_min_tokens")
        regions = root.list("regions")
        onDemandRegions = root.list("on_demand_regions")
        inferenceProfiles = root.nodes("inference_profiles")?.compactMap(InferenceProfile.init)
        profileOnly = values.boolean("profile_only")
        runtime = values.boolean("runtime")
        invokeFamily = values.text("invoke_family").flatMap(InvokeFamily.init(rawValue:))
        if let object = root.object("prices") { prices = ModelPrices(object) }
    }

    private static func modalities(_ words: [String]?) -> [Modality]? {
        words?.compactMap { Modality(rawValue: $0.uppercased()) }
    }
}

extension ModelCapabilities {
    fileprivate init(_ object: ConfigObject) {
        self.init()
        for capability in ModelCapability.allCases { self[capability] = object.flag(capability.configurationName) }
        toolChoiceModes = object.list("tool_choice_modes")?.compactMap(ToolChoiceMode.init(rawValue:))
    }
}

extension ReasoningFacts {
    fileprivate init(_ object: ConfigObject) {
        self.init(
            alwaysOn: object.flag("always_on"), adaptiveThinking: object.flag("adaptive_thinking"),
            budgetTokens: object.flag("budget_tokens"),
            effortCeiling: object.text("effort_ceiling").flatMap(ReasoningEffort.init(rawValue:)))
        for level in ReasoningEffort.allCases { effort[level] = object.object("effort")?.flag(level.rawValue) }
    }
}

extension InferenceProfile {
    fileprivate init?(_ node: ConfigNode) {
        guard case .object(let object) = node.value, let id = object.text("id") else { return nil }
        self.init(
            id: id, sourceRegions: object.list("source_regions")?.sorted(),
            routesTo: object.list("routes_to")?.sorted())
    }
}

extension ModelPrices {
    fileprivate init(_ object: ConfigObject) {
        self.init()
        let base = ModelPrice(object)
        if base != ModelPrice(amounts: [:]) { entries["base"] = base }
        for (prefix, node) in object.object("profiles")?.fields ?? [:] {
            if case .object(let price) = node.value { entries[prefix] = ModelPrice(price) }
        }
        for (region, node) in object.object("regions")?.fields ?? [:] {
            if case .object(let price) = node.value { entries["region:\(region)"] = ModelPrice(price) }
        }
    }
}

extension ModelPrice {
    fileprivate init(_ object: ConfigObject) {
        self.init(amounts: Self.amounts(object))
        for tier in Tier.allCases { tiers[tier] = object.object(tier.rawValue).map(Self.amounts) }
        if let long = object.object("long_context"),
            case .integer(let bound)? = long.fields["above_input_tokens"]?.value
        {
            longContext = LongContext(aboveInputTokens: bound, amounts: Self.amounts(long))
        }
    }

    private static func amounts(_ object: ConfigObject) -> PriceAmounts {
        var amounts: PriceAmounts = [:]
        for unit in PriceUnit.allCases {
            if case .decimal(let number)? = object.fields[unit.configurationName]?.value {
                amounts[unit] = JSONNumber(text: number.text)
            }
        }
        return amounts
    }
}

extension ConfigObject {
    fileprivate func object(_ key: String) -> ConfigObject? {
        if case .object(let object)? = fields[key]?.value { object } else { nil }
    }

    fileprivate func nodes(_ key: String) -> [ConfigNode]? {
        if case .list(let nodes)? = fields[key]?.value { nodes } else { nil }
    }

    /// The texts of a list; nil where none is set, which says something else than an empty one.
    fileprivate func list(_ key: String) -> [String]? {
        nodes(key)?.compactMap { if case .text(let text) = $0.value { text } else { nil } }
    }

    fileprivate func flag(_ key: String) -> Bool? {
        if case .boolean(let flag)? = fields[key]?.value { flag } else { nil }
    }
}
