package import JSONCoding

/// What shape an answer has to have.
///
/// Source: OpenAI API reference, "Create chat completion", `response_format`.
package enum ChatCompletionFormat: Hashable, Sendable {
    case text
    case jsonObject
    case jsonSchema(Schema)

    /// What a structured answer looks like.
    package struct Schema: Hashable, Sendable {
        /// 1 to 64 of `a-z A-Z 0-9 _ -`.
        package var name: String
        package var description: String?
        /// A JSON Schema; nil for one that says nothing.
        package var schema: JSONObject?
        /// Whether the answer must follow the schema to the letter.
        package var isStrict: Bool?

        package init(name: String, description: String? = nil, schema: JSONObject?, isStrict: Bool? = nil) {
            self.name = name
            self.description = description
            self.schema = schema
            self.isStrict = isStrict
        }
    }

    /// The format as JSON.
    package var json: JSONValue {
        switch self {
        case .text: return ["type": "text"]
        case .jsonObject: return ["type": "json_object"]
        case .jsonSchema(let schema):
            var object = JSONObject([("name", .string(schema.name))])
            if let description = schema.description { object.append("description", .string(description)) }
            if let schema = schema.schema { object.append("schema", .object(schema)) }
            if let isStrict = schema.isStrict { object.append("strict", .bool(isStrict)) }
            return ["type": "json_schema", "json_schema": .object(object)]
        }
    }

    init(_ value: JSONValue) throws(OpenAIError) {
        let reader = try RequestReader(value, at: "response_format")
        switch try reader.requiredText("type") {
        case "text": self = .text
        case "json_object": self = .jsonObject
        case "json_schema":
            let schema = try reader.requiredObject("json_schema")
            let name = try schema.requiredText("name")
            guard ChatCompletionTool.isNameAllowed(name) else {
                throw .invalid(
                    "'\(schema.place("name"))' must be 1 to 64 letters, digits, '_' or '-'",
                    param: schema.place("name"), code: "invalid_value")
            }
            var object: JSONObject?
            if let value = schema["schema"] {
                guard let members = value.object else {
                    throw schema.wrongType("schema", value, expected: "an object")
                }
                object = members
            }
            self = .jsonSchema(
                Schema(
                    name: name, description: try schema.text("description"), schema: object,
                    isStrict: try schema.boolean("strict")))
        case let other:
            throw .invalid(
                "'\(reader.place("type"))' must be 'text', 'json_object' or 'json_schema', not '\(other.prefix(40))'",
                param: reader.place("type"), code: "invalid_value")
        }
    }
}
