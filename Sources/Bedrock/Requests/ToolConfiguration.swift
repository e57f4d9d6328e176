import ChatEvents
import JSONCoding

/// The tools of a request as Converse takes them.
///
/// Source: Amazon Bedrock API Reference, ToolConfiguration, ToolSpecification, ToolChoice.
struct ToolConfiguration {
    /// The definitions as JSON, in order; empty where no tool is offered.
    private(set) var tools: [JSONValue] = []
    /// Which tool is to be called; nil leaves it to the model, or to the additional fields.
    private(set) var choice: JSONValue?
    /// What goes among the additional fields.
    private(set) var additional = JSONObject()

    /// No tools.
    init() {}

    /// The tools of a request.
    ///
    /// - Parameters:
    ///   - use: What is offered.
    ///   - traits: What the model takes.
    ///   - canForce: Whether a call may be forced, which a model that thinks does not allow.
    /// - Throws: ``ChatFailure`` for a model that takes no tools, and for a name that the service refuses.
    init(_ use: ToolUse, for traits: ToolTraits, canForce: Bool) throws(ChatFailure) {
        guard use.choice != .none, !use.definitions.isEmpty else { return }
        guard traits.areTaken else {
            throw ChatFailure(.invalidRequest, detail: "the request offers tools, and the model takes none")
        }
        var names: Set<String> = []
        for definition in use.definitions where names.insert(definition.name).inserted {
            guard definition.name == ToolPairing.validName(definition.name) else {
                throw ChatFailure(
                    .invalidRequest, detail: "a tool has the name \(definition.name.prefix(80).debugDescription)")
            }
            tools.append(Self.specification(of: definition, canBeStrict: traits.canBeStrict))
        }
        choice = canForce ? Self.choice(use.choice, among: names, traits.choices) : nil
        if use.allowsParallelCalls == false, traits.canCallOneByOne {
            additional.append("tool_choice", Self.oneByOne(choice))
            // The model's own field says it all; two answers to one question would be one too many.
            choice = nil
        }
    }

    private static func specification(of definition: ToolDefinition, canBeStrict: Bool) -> JSONValue {
        var members: JSONObject = ["name": .string(definition.name)]
        if !definition.description.isBlank { members.append("description", .string(definition.description)) }
        var schema = definition.inputSchema
        if schema["type"]?.string != "object" { schema["type"] = "object" }
        members.append("inputSchema", ["json": .object(schema)])
        if definition.isStrict, canBeStrict { members.append("strict", true) }
        return ["toolSpec": .object(members)]
    }

    /// The choice in the way that the model knows and that is nearest to the one wished for.
    private static func choice(
        _ wished: ToolChoice, among names: Set<String>, _ known: Set<ToolTraits.Choice>
    ) -> JSONValue? {
        switch wished {
        case .auto, .none: return nil
        case .any:
            if known.contains(.any) { return ["any": [:]] }
            guard known.contains(.named), names.count == 1, let name = names.first else { return nil }
            return ["tool": ["name": .string(name)]]
        case .tool(let name):
            guard names.contains(name) else { return nil }
            if known.contains(.named) { return ["tool": ["name": .string(name)]] }
            return known.contains(.any) && names.count == 1 ? ["any": [:]] : nil
        }
    }

    /// Source: Anthropic API reference, `tool_choice`.
    private static func oneByOne(_ choice: JSONValue?) -> JSONValue {
        var members: JSONObject =
            if let name = choice?["tool"]?["name"]?.string {
                ["type": "tool", "name": .string(name)]
            } else {
                ["type": choice?["any"] == nil ? "auto" : "any"]
            }
        members.append("disable_parallel_tool_use", true)
        return .object(members)
    }
}
