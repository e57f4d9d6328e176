import BotConfiguration
import BotRuntime
import JSONCoding
import ModelCatalog

/// A bot as the list of models tells of it, for clients of the OpenAI API and of Poe's.
///
/// Source: OpenAI API reference, "The model object"; what goes beyond it is named as in Poe's list of models.
struct ModelEntry {
    let config: BotConfig
    /// Seconds since 1970.
    let created: Int

    /// The entry as JSON; a price or limit that is not known is null.
    var json: JSONValue {
        let facts = config.model.facts
        return [
            "id": .string(config.name), "object": "model", "created": .integer(created),
            "owned_by": .string(facts?.maker ?? config.model.provider.rawValue),
            "root": .string(CompletionIdentity.model(of: config)), "parent": .null,
            "description": config.description.map { .string($0) } ?? .null,
            "architecture": architecture, "supported_features": .array(features),
            "supported_endpoints": .array(endpoints), "pricing": pricing, "context_window": contextWindow,
            "context_length": .optional(facts?.contextTokens),
            "metadata": ["display_name": .string(config.poe.handle ?? config.name)],
            "reasoning": reasoning, "parameters": .array(parameters),
        ]
    }

    /// What callers may set of the bot's own, as further members of a request.
    private var parameters: [JSONValue] {
        ControlValues.inputs(of: config).map { control in
            var object = JSONObject([
                ("name", control["parameter_name"] ?? .null), ("schema", Self.schema(of: control)),
            ])
            object.append("default_value", control["default_value"] ?? .null)
            if let text = control["description"] { object.append("description", text) }
            return .object(object)
        }
    }

    private static func schema(of control: JSONObject) -> JSONValue {
        switch control["control"]?.string {
        case "toggle_switch": return ["type": "boolean"]
        case "slider":
            var schema = JSONObject([("type", "number")])
            if let least = control["min_value"] { schema.append("minimum", least) }
            if let most = control["max_value"] { schema.append("maximum", most) }
            return .object(schema)
        case "drop_down", "aspect_ratio": return ["type": "string", "enum": .array(ControlValues.options(of: control))]
        default: return ControlValues.isText(control) ? ["type": ["string", "number"]] : ["type": "string"]
        }
    }

    // MARK: - What it takes and gives

    private var architecture: JSONValue {
        let (inputs, outputs) = (inputModalities, outputModalities)
        return [
            "input_modalities": .array(inputs.map(JSONValue.string)),
            "output_modalities": .array(outputs.map(JSONValue.string)),
            "modality": .string(inputs.joined(separator: ",") + "->" + outputs.joined(separator: ",")),
        ]
    }

    /// What it reads: text first, then by name.
    var inputModalities: [String] {
        let known = names(of: config.model.facts?.inputModalities ?? [])
        return known.isEmpty ? ["text"] : known
    }

    /// What it makes.
    var outputModalities: [String] {
        switch config.kind {
        case .chat: ["text"]
        case .image: ["image"]
        case .video: ["video"]
        }
    }

    /// Text first, then by name.
    private func names(of modalities: [Modality]) -> [String] {
        let names = modalities.filter { $0 != .embedding }.map { $0.rawValue.lowercased() }
        return names.filter { $0 == "text" } + names.filter { $0 != "text" }.sorted()
    }

    private var features: [JSONValue] { config.model.facts?.capabilities.tools == true ? ["tools"] : [] }

    private var endpoints: [JSONValue] {
        config.openAIEndpoints.map { .string($0.rawValue) }
    }

    private var contextWindow: JSONValue {
        guard let facts = config.model.facts, facts.contextTokens != nil || facts.maxOutputTokens != nil else {
            return .null
        }
        return [
            "context_length": .optional(facts.contextTokens), "max_output_tokens": .optional(facts.maxOutputTokens),
        ]
    }

    private var reasoning: JSONValue {
        guard config.model.facts?.capabilities.reasoning == true else { return .null }
        return [
            "budget": .null, "required": .bool(config.model.facts?.reasoning?.alwaysOn ?? false),
            "supports_reasoning_effort": true,
        ]
    }

    // MARK: - Prices

    /// In US dollars: for a token, or for a picture.
    private var pricing: JSONValue {
        let amounts = config.cost.price.amounts
        let members: [(String, JSONValue)] = [
            ("prompt", perToken(amounts[.inputPerMillionTokens])),
            ("completion", perToken(amounts[.outputPerMillionTokens])),
            ("image", price(amounts[.outputImage], perPowerOfTen: 0)), ("request", .null),
            ("input_cache_read", perToken(amounts[.cacheReadPerMillionTokens])),
            ("input_cache_write", perToken(amounts[.cacheWritePerMillionTokens])),
        ]
        return members.allSatisfy { $0.1.isNull } ? .null : .object(JSONObject(members))
    }

    private func perToken(_ amount: JSONNumber?) -> JSONValue { price(amount, perPowerOfTen: 6) }

    private func price(_ amount: JSONNumber?, perPowerOfTen power: Int) -> JSONValue {
        let exact = amount.flatMap { DecimalNumber($0.text) }.flatMap { ExactAmount($0.text) }
        return exact?.times(1, perPowerOfTen: power).map { .string($0.description) } ?? .null
    }
}

extension JSONValue {
    /// A number, or null.
    static func optional(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }

    /// A text, or null.
    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
