import JSONCoding

/// Makes a value that keeps a JSON schema, always the same one.
///
/// It knows types, required members, enumerations, constants, defaults, least lengths and bounds; patterns and
/// combinations it does not know.
enum SchemaExample {
    private static let deepest = 16

    /// An example of the schema.
    static func value(of schema: JSONValue) -> JSONValue { value(of: schema, depth: 0) }

    private static func value(of schema: JSONValue, depth: Int) -> JSONValue {
        guard depth < deepest else { return .null }
        if let constant = schema["const"] { return constant }
        if let first = schema["enum"]?.array?.first { return first }
        if let value = schema["default"] { return value }
        for name in ["anyOf", "oneOf", "allOf"] {
            if let first = schema[name]?.array?.first { return value(of: first, depth: depth + 1) }
        }
        switch schema["type"]?.string ?? schema["type"]?.array?.first?.string {
        case "string": return .string(string(of: schema))
        case "integer", "number": return schema["minimum"] ?? 1
        case "boolean": return true
        case "array":
            let least = min(max(schema["minItems"]?.integer ?? 0, 0), 16)
            return .array((0..<least).map { _ in value(of: schema["items"] ?? [:], depth: depth + 1) })
        case "null": return .null
        default: return .object(object(of: schema, depth: depth))
        }
    }

    private static func object(of schema: JSONValue, depth: Int) -> JSONObject {
        let properties = schema["properties"]?.object ?? [:]
        let names = schema["required"]?.array?.compactMap(\.string) ?? []
        return JSONObject(names.prefix(256).map { ($0, value(of: properties[$0] ?? [:], depth: depth + 1)) })
    }

    private static func string(of schema: JSONValue) -> String {
        let least = min(max(schema["minLength"]?.integer ?? 0, 0), 1024)
        let text = "simulated"
        let long = text.count < least ? text + String(repeating: "-", count: least - text.count) : text
        guard let most = schema["maxLength"]?.integer, most >= 0 else { return long }
        return String(long.prefix(most))
    }
}
