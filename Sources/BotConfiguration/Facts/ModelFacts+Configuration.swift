package import JSONCoding
package import ModelCatalog

extension ModelFacts {
    /// The facts in the form of a file in `catalog.d`: laid over nothing they give this model again.
    ///
    /// Left out are what only the listing tells (when its entry changed, other endpoints and their prices) and the size
    /// of embeddings, which no bot needs.
    package var configuration: JSONObject {
        var result: JSONObject = [
            "id": .string(id), "maker": .string(maker), "display_name": .string(displayName),
            "kind": .string(kind.configurationName),
        ]
        result["lifecycle"] = lifecycle.map { .string($0.rawValue.lowercased()) }
        result["deprecation_date"] = deprecationDate.map { .string($0) }
        result["context_tokens"] = contextTokens.map { .integer($0) }
        result["max_output_tokens"] = maxOutputTokens.map { .integer($0) }
        result["min_output_tokens"] = minOutputTokens.map { .integer($0) }
        if !inputModalities.isEmpty { result["input_modalities"] = words(inputModalities) }
        if !outputModalities.isEmpty { result["output_modalities"] = words(outputModalities) }
        result["capabilities"] = nonEmpty(capabilities.configuration)
        result["reasoning"] = reasoning.flatMap { nonEmpty($0.configuration) }
        result["prompt_cache_min_tokens"] = promptCacheMinTokens.map { .integer($0) }
        if listed {
            result["regions"] = strings(regions)
            result["on_demand_regions"] = strings(onDemandRegions)
            result["inference_profiles"] = .array(inferenceProfiles.map { .object($0.configuration) })
        }
        if profileOnly { result["profile_only"] = true }
        result["runtime"] = runtime.map { .bool($0) }
        result["invoke_family"] = invokeFamily.map { .string($0.rawValue) }
        result["prices"] = nonEmpty(prices.configuration)
        return result
    }

    private func words(_ modalities: [Modality]) -> JSONValue { strings(modalities.map { $0.rawValue.lowercased() }) }
}

extension ModelCapabilities {
    fileprivate var configuration: JSONObject {
        var result = JSONObject()
        for capability in ModelCapability.allCases {
            if let flag = self[capability] { result.append(capability.configurationName, .bool(flag)) }
        }
        result["tool_choice_modes"] = toolChoiceModes.map { strings($0.map(\.rawValue)) }
        return result
    }
}

extension ReasoningFacts {
    fileprivate var configuration: JSONObject {
        var result = JSONObject()
        result["always_on"] = alwaysOn.map { .bool($0) }
        result["adaptive_thinking"] = adaptiveThinking.map { .bool($0) }
        result["budget_tokens"] = budgetTokens.map { .bool($0) }
        result["effort"] = nonEmpty(
            JSONObject(
                ReasoningEffort.allCases.compactMap { level in effort[level].map { (level.rawValue, .bool($0)) } }))
        result["effort_ceiling"] = effortCeiling.map { .string($0.rawValue) }
        return result
    }
}

extension InferenceProfile {
    fileprivate var configuration: JSONObject {
        var result: JSONObject = ["id": .string(id)]
        result["source_regions"] = sourceRegions.map(strings)
        result["routes_to"] = routesTo.map(strings)
        return result
    }
}

extension ModelPrices {
    /// The prices of the bare id, with those of other ways of calling within; other endpoints are left out.
    fileprivate var configuration: JSONObject {
        var result = entries["base"]?.configuration ?? JSONObject()
        var profiles = JSONObject()
        var regions = JSONObject()
        for (key, price) in entries.sorted(by: { $0.key < $1.key }) {
            if ModelCatalog.profilePrefixes.contains(key) {
                profiles.append(key, .object(price.configuration))
            } else if key.hasPrefix("region:") {
                regions.append(String(key.dropFirst("region:".count)), .object(price.configuration))
            }
        }
        result["profiles"] = nonEmpty(profiles)
        result["regions"] = nonEmpty(regions)
        return result
    }
}

extension ModelPrice {
    fileprivate var configuration: JSONObject {
        var result = Self.members(amounts)
        for tier in Tier.allCases { result[tier.rawValue] = tiers[tier].flatMap { nonEmpty(Self.members($0)) } }
        if let longContext {
            var members: JSONObject = ["above_input_tokens": .integer(longContext.aboveInputTokens)]
            for member in Self.members(longContext.amounts) { members.append(member.name, member.value) }
            result["long_context"] = .object(members)
        }
        return result
    }

    private static func members(_ amounts: PriceAmounts) -> JSONObject {
        JSONObject(
            PriceUnit.allCases.compactMap { unit in
                // Money has no exponent in the configuration.
                amounts[unit].flatMap { DecimalNumber($0.text) }.flatMap { JSONNumber(text: $0.text) }
                    .map { (unit.configurationName, .number($0)) }
            })
    }
}

private func nonEmpty(_ object: JSONObject) -> JSONValue? { object.isEmpty ? nil : .object(object) }

private func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
