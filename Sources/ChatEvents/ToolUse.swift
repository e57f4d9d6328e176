package import JSONCoding

/// The tools that a model may call while it answers.
package struct ToolUse: Hashable, Sendable {
    /// Which tools there are; names are unique.
    package var definitions: [ToolDefinition]
    package var choice: ToolChoice
    /// False: one call at a time; nil leaves it to the model.
    package var allowsParallelCalls: Bool?

    package init(definitions: [ToolDefinition], choice: ToolChoice = .auto, allowsParallelCalls: Bool? = nil) {
        self.definitions = definitions
        self.choice = choice
        self.allowsParallelCalls = allowsParallelCalls
    }
}

/// A tool as the model is told of it.
package struct ToolDefinition: Hashable, Sendable {
    package var name: String
    /// When and how to use it; empty when nothing is said.
    package var description: String
    /// What its input looks like: a JSON Schema of an object.
    package var inputSchema: JSONObject
    /// Whether the input must follow the schema to the letter.
    package var isStrict: Bool

    package init(name: String, description: String = "", inputSchema: JSONObject, isStrict: Bool = false) {
        self.name = name
        self.description = description
        self.inputSchema = inputSchema
        self.isStrict = isStrict
    }
}

/// Whether and which tool the model has to call.
package enum ToolChoice: Hashable, Sendable {
    /// The model decides.
    case auto
    /// No tool is called, though the conversation may hold earlier calls.
    case none
    /// Some tool is called.
    case any
    /// The tool of that name is called.
    case tool(String)
}

/// A call that a model made.
package struct ToolCall: Hashable, Sendable {
    /// The model's own id of the call; the result carries the same.
    package var id: String
    /// The tool's name.
    package var name: String
    package var input: JSONObject

    package init(id: String, name: String, input: JSONObject) {
        self.id = id
        self.name = name
        self.input = input
    }
}

/// What a call gave.
package struct ToolResult: Hashable, Sendable {
    /// The id of the call.
    package var callID: String
    /// Texts and attachments.
    package var content: [ChatContent]
    /// Whether the tool failed; the content then says why.
    package var isError: Bool

    package init(callID: String, content: [ChatContent], isError: Bool = false) {
        self.callID = callID
        self.content = content
        self.isError = isError
    }
}
