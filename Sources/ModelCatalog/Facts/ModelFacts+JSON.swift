package import JSONCoding

extension ModelFacts {
    /// The facts in a model object of the catalog file, or nil when it lacks one of the members that every model has.
    ///
    /// Unknown members are ignored, and a member of another type than the catalog's counts as missing.
    package init?(_ value: JSONValue) {
        guard let id = value["id"]?.string, let maker = value["provider"]?.string,
            let displayName = value["displayName"]?.string,
            let kind = value["kind"]?.string.flatMap(ModelKind.init(rawValue:)), let listed = value["listed"]?.bool
        else { return nil }
        self.init(id: id, maker: maker, displayName: displayName, kind: kind, listed: listed)
        listingChanged = value["listingChanged"]?.string
        lifecycle = value["lifecycle"]?.string.flatMap(ModelLifecycle.init(rawValue:))
        runtime = value["runtime"]?.bool
        inputModalities = strings(value["inputModalities"]).compactMap(Modality.init(rawValue:))
        outputModalities = strings(value["outputModalities"]).compactMap(Modality.init(rawValue:))
        contextTokens = value["contextTokens"]?.integer
        maxOutputTokens = value["maxOutputTokens"]?.integer
        minOutputTokens = value["minOutputTokens"]?.integer
        embeddingDimensions = value["embeddingDimensions"]?.integer
        if let members = value["capabilities"] { capabilities = ModelCapabilities(members) }
        if let members = value["reasoning"] { reasoning = ReasoningFacts(members) }
        if let members = value["prices"]?.object { prices = ModelPrices(members) }
        regions = strings(value["regions"])
        onDemandRegions = strings(value["onDemandRegions"])
        onDemandMantleOnlyRegions = strings(value["onDemandMantleOnlyRegions"])
        mantleRegions = strings(value["mantleRegions"])
        inferenceProfiles = (value["inferenceProfiles"]?.array ?? []).compactMap(InferenceProfile.init)
        profileOnly = value["profileOnly"]?.bool ?? false
        deprecationDate = value["deprecationDate"]?.string
        invokeFamily = value["invokeFamily"]?.string.flatMap(InvokeFamily.init(rawValue:))
        promptCacheMinTokens = value["promptCacheMinTokens"]?.integer
    }
}

extension ModelCapabilities {
    fileprivate init(_ value: JSONValue) {
        for capability in ModelCapability.allCases { self[capability] = value[capability.rawValue]?.bool }
        toolChoiceModes = value["toolChoiceModes"].map { strings($0).compactMap(ToolChoiceMode.init(rawValue:)) }
    }
}

extension ReasoningFacts {
    fileprivate init(_ value: JSONValue) {
        self.init(
            alwaysOn: value["alwaysOn"]?.bool,
            adaptiveThinking: value["adaptiveThinking"]?.bool,
            budgetTokens: value["budgetTokens"]?.bool,
            effortCeiling: value["effortCeiling"]?.string.flatMap(ReasoningEffort.init(rawValue:)))
        for level in ReasoningEffort.allCases { effort[level] = value["effort"]?[level.rawValue]?.bool }
    }
}

extension InferenceProfile {
    fileprivate init?(_ value: JSONValue) {
        guard let id = value["id"]?.string else { return nil }
        self.init(
            id: id,
            sourceRegions: value["sourceRegions"]?.array.map { $0.compactMap(\.string) },
            routesTo: value["routesTo"]?.array.map { $0.compactMap(\.string) },
            isFromPriceMap: value["from"]?.string == "pricing")
    }
}

extension ModelPrices {
    fileprivate init(_ members: JSONObject) {
        self.init()
        for member in members { entries[member.name] = ModelPrice(member.value) }
    }
}

extension ModelPrice {
    fileprivate init(_ value: JSONValue) {
        self.init(amounts: priceAmounts(value))
        for tier in Tier.allCases {
            if let amounts = value[tier.rawValue] { tiers[tier] = priceAmounts(amounts) }
        }
        if let long = value["longContext"], let bound = long["aboveInputTokens"]?.integer {
            longContext = LongContext(aboveInputTokens: bound, amounts: priceAmounts(long))
        }
    }
}

private func priceAmounts(_ value: JSONValue) -> PriceAmounts {
    var amounts: PriceAmounts = [:]
    for unit in PriceUnit.allCases {
        if let number = value[unit.rawValue]?.number { amounts[unit] = number }
    }
    return amounts
}

private func strings(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }
