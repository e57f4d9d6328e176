import ChatEvents
import JSONCoding

/// Reads tools, calls and results out of a query, leniently: an entry without what it needs is left out.
///
/// Source: Poe server-bot protocol, tool calling. The shapes are those of OpenAI's function calling.
enum PoeToolReader {
    /// The tools that a query offers; of two with one name the first.
    static func definitions(_ values: [JSONValue]) -> [ToolDefinition] {
        var names: Set<String> = []
        return values.compactMap { value in
            guard isFunction(value), let function = value["function"]?.object, let name = filled(function, "name"),
                names.insert(name).inserted
            else { return nil }
            return ToolDefinition(
                name: name, description: function.text("description"),
                inputSchema: function["parameters"]?.object ?? ["type": "object", "properties": [:]],
                isStrict: function.flag("strict") ?? false)
        }
    }

    /// The calls that a model made, with arguments that are no JSON object as none.
    static func calls(_ values: [JSONValue]) -> [ToolCall] {
        values.compactMap { value in
            guard isFunction(value), let id = value.object.flatMap({ filled($0, "id") }),
                let function = value["function"]?.object, let name = filled(function, "name")
            else { return nil }
            return ToolCall(id: id, name: name, input: input(function["arguments"]))
        }
    }

    /// What calls gave; content that is no text is told as JSON.
    static func results(_ values: [JSONValue]) -> [ToolResult] {
        values.compactMap { value in
            guard let id = value.object.flatMap({ filled($0, "tool_call_id") }) else { return nil }
            let content = value["content"] ?? .null
            return ToolResult(callID: id, content: [.text(content.string ?? content.text())])
        }
    }

    /// The elements of a message's content that is a JSON list; nil for any other content.
    static func list(in content: String) -> [JSONValue]? {
        let limits = JSONLimits(depth: 32, values: 20_000, replacesLoneSurrogates: true)
        return (try? JSONParser.parse(Array(content.utf8), limits: limits))?.array
    }

    private static func isFunction(_ value: JSONValue) -> Bool { (value["type"]?.string ?? "function") == "function" }

    private static func filled(_ object: JSONObject, _ name: String) -> String? {
        let text = object.text(name)
        return text.isEmpty ? nil : text
    }

    private static func input(_ arguments: JSONValue?) -> JSONObject {
        if let object = arguments?.object { return object }
        guard let text = arguments?.string,
            let value = try? JSONParser.parse(Array(text.utf8), limits: JSONLimits(depth: 32, values: 20_000))
        else { return JSONObject() }
        return value.object ?? JSONObject()
    }
}
