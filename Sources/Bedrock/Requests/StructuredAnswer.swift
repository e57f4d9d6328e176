import ChatEvents
import JSONCoding

/// How a model is brought to answer in JSON of the shape that is asked for.
///
/// Models that know schemas get it as one. Others that can be made to call a tool get a tool that takes such an input,
/// and have to call it: its input is the answer. The rest, and whoever is asked for JSON of no particular shape, are
/// asked in words.
///
/// Source: Amazon Bedrock API Reference, OutputConfig, JsonSchemaDefinition; Amazon Bedrock User Guide, "Structured
/// outputs".
struct StructuredAnswer {
    /// The request's `outputConfig`; nil where none says the shape.
    private(set) var outputConfig: JSONValue?
    /// The tool that has to be called with the answer; nil where none is.
    private(set) var tool: ToolUse?
    /// What is asked for in words; empty where that is not needed.
    private(set) var instructions = ""

    /// Chooses the way.
    ///
    /// - Parameters:
    ///   - request: The request; where it offers tools of its own, none can be forced beside them.
    ///   - traits: What the model takes.
    ///   - canForce: Whether a call may be forced, which a model that thinks does not allow.
    init(_ request: ChatRequest, for traits: ConverseModelTraits, canForce: Bool) {
        switch request.responseFormat {
        case .text: break
        case .jsonObject:
            instructions = "Answer with one JSON object and nothing else, without a code fence around it."
        case .jsonSchema(let answer):
            if traits.takesTextFormat {
                outputConfig = Self.outputConfig(answer)
            } else if canForce, request.tools?.definitions.isEmpty ?? true, let use = Self.tool(answer, traits.tools) {
                tool = use
            } else {
                let schema = JSONValue.object(answer.schema).text()
                instructions = """
                    Answer with one JSON value that follows this JSON Schema and nothing else, without a code fence \
                    around it:
                    \(schema)
                    """
            }
        }
    }

    private static func outputConfig(_ answer: AnswerSchema) -> JSONValue {
        var definition: JSONObject = [
            "schema": .string(closed(.object(answer.schema)).text()),
            "name": .string(ToolPairing.validName(answer.name)),
        ]
        if !answer.description.isBlank { definition.append("description", .string(answer.description)) }
        return ["textFormat": ["type": "json_schema", "structure": ["jsonSchema": .object(definition)]]]
    }

    /// The schema with all objects closed that do not say whether they are: the service takes no others.
    private static func closed(_ schema: JSONValue) -> JSONValue {
        if let list = schema.array { return .array(list.map(closed)) }
        guard let object = schema.object else { return schema }
        var result = JSONObject(object.map { ($0.name, closed($0.value)) })
        let isObject = object["type"]?.string == "object" && object["properties"]?.object != nil
        if isObject, object["additionalProperties"] == nil { result.append("additionalProperties", false) }
        return .object(result)
    }

    /// The tool that takes the answer; nil where the model cannot be made to call one, or the answer is no object.
    private static func tool(_ answer: AnswerSchema, _ traits: ToolTraits) -> ToolUse? {
        guard traits.areTaken, !traits.choices.isEmpty, answer.schema["type"]?.string == "object" else { return nil }
        let name = ToolPairing.validName(answer.name)
        let description = answer.description.isBlank ? "Takes the answer." : answer.description
        let definition = ToolDefinition(
            name: name, description: description, inputSchema: answer.schema, isStrict: answer.isStrict)
        return ToolUse(definitions: [definition], choice: .tool(name))
    }
}
