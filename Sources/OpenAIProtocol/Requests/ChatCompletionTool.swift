package import JSONCoding

/// A tool that a model may call.
///
/// Source: OpenAI API reference, "Create chat completion", `tools`.
package struct ChatCompletionTool: Hashable, Sendable {
    /// 1 to 64 of `a-z A-Z 0-9 _ -`.
    package var name: String
    package var description: String?
    /// A JSON Schema of an object; nil for a tool without input.
    package var parameters: JSONObject?
    /// Whether the input must follow the schema to the letter.
    package var isStrict: Bool?

    package init(name: String, description: String? = nil, parameters: JSONObject? = nil, isStrict: Bool? = nil) {
        self.name = name
        self.description = description
        self.parameters = parameters
        self.isStrict = isStrict
    }

    /// The tool as JSON.
    package var json: JSONValue {
        var function = JSONObject([("name", .string(name))])
        if let description { function.append("description", .string(description)) }
        if let parameters { function.append("parameters", .object(parameters)) }
        if let isStrict { function.append("strict", .bool(isStrict)) }
        return ["type": "function", "function": .object(function)]
    }

    init(_ value: JSONValue, at path: String) throws(OpenAIError) {
        let reader = try RequestReader(value, at: path)
        let type = try reader.text("type") ?? "function"
        guard type == "function" else {
            throw .invalid(
                "'\(reader.place("type"))' must be 'function'", param: reader.place("type"), code: "invalid_value")
        }
        let function = try reader.requiredObject("function")
        name = try function.requiredText("name")
        guard Self.isNameAllowed(name) else {
            throw .invalid(
                "'\(function.place("name"))' must be 1 to 64 letters, digits, '_' or '-'",
                param: function.place("name"), code: "invalid_value")
        }
        description = try function.text("description")
        if let value = function["parameters"] {
            guard let object = value.object else {
                throw function.wrongType("parameters", value, expected: "an object")
            }
            parameters = object
        }
        isStrict = try function.boolean("strict")
    }

    /// Whether a text can be the name of a tool, or of a structured answer.
    static func isNameAllowed(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

/// Whether and which tool the model has to call.
///
/// Source: OpenAI API reference, "Create chat completion", `tool_choice`.
package enum ChatCompletionToolChoice: Hashable, Sendable {
    case none
    case auto
    case required
    case function(name: String)

    /// The choice as JSON.
    package var json: JSONValue {
        switch self {
        case .none: "none"
        case .auto: "auto"
        case .required: "required"
        case .function(let name): ["type": "function", "function": ["name": .string(name)]]
        }
    }

    init(_ value: JSONValue) throws(OpenAIError) {
        switch (value.string, value["function"]?["name"]?.string) {
        case ("none", _): self = .none
        case ("auto", _): self = .auto
        case ("required", _): self = .required
        case (nil, let name?): self = .function(name: name)
        default:
            throw .invalid(
                "'tool_choice' must be 'none', 'auto', 'required' or name a function", param: "tool_choice",
                code: "invalid_value")
        }
    }
}
