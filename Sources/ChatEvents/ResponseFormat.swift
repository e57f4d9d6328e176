package import JSONCoding

/// What shape an answer has to have.
package enum ResponseFormat: Hashable, Sendable {
    /// Whatever the model says.
    case text
    /// A JSON object of any members.
    case jsonObject
    /// JSON that follows a schema.
    case jsonSchema(AnswerSchema)
}

/// What a structured answer looks like.
package struct AnswerSchema: Hashable, Sendable {
    /// What the answer is called: 1 to 64 of `a-z A-Z 0-9 _ -`.
    package var name: String
    /// What it is for; empty when nothing is said.
    package var description: String
    /// A JSON Schema.
    package var schema: JSONObject
    /// Whether the answer must follow the schema to the letter, rather than as well as the model can.
    package var isStrict: Bool

    package init(name: String, description: String = "", schema: JSONObject, isStrict: Bool = false) {
        self.name = name
        self.description = description
        self.schema = schema
        self.isStrict = isStrict
    }
}
