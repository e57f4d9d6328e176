import JSONCoding

extension SchemaConstraint {
    /// What one file can be judged by; nothing where another layer may still put it right.
    func jsonSchema(isWhole: Bool) -> [JSONValue] {
        switch self {
        case .required(let key, when: let other, is: let values):
            return isWhole ? [["if": Self.has(other, oneOf: values), "then": ["required": [.string(key)]]]] : []
        case .only(let keys, when: let other, is: let values):
            let unless: JSONValue = ["not": ["enum": Self.array(values)]]
            let condition: JSONValue = [
                "required": [.string(other)], "properties": .object(JSONObject([(other, unless)])),
            ]
            return [["if": condition, "then": ["properties": .object(Self.refusing(keys))]]]
        case .onlyBeside(let keys, let other):
            guard isWhole else { return [] }
            return [["if": ["not": Self.isSet(other)], "then": ["properties": .object(Self.refusing(keys))]]]
        case .exclusive(let groups): return Self.pairs(groups)
        case .exactlyOne(let groups):
            let one: [JSONValue] = isWhole ? [["anyOf": .array(groups.joined().map(Self.isSet))]] : []
            return one + Self.pairs(groups)
        case .together(let keys):
            guard isWhole else { return [] }
            return [
                ["if": ["anyOf": .array(keys.map(Self.isSet))], "then": ["allOf": .array(keys.map(Self.isSet))]]
            ]
        }
    }

    private static func array(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    private static func has(_ key: String, oneOf values: [String]) -> JSONValue {
        let value: JSONValue = ["enum": array(values)]
        return ["required": [.string(key)], "properties": .object(JSONObject([(key, value)]))]
    }

    private static func isSet(_ key: String) -> JSONValue {
        let value: JSONValue = ["not": ["type": "null"]]
        return ["required": [.string(key)], "properties": .object(JSONObject([(key, value)]))]
    }

    /// The keys may only be `null`.
    private static func refusing(_ keys: [String]) -> JSONObject {
        JSONObject(keys.map { ($0, ["type": "null"]) })
    }

    /// No two groups at once.
    private static func pairs(_ groups: [[String]]) -> [JSONValue] {
        groups.indices.flatMap { first in
            groups.indices.dropFirst(first + 1).map { second in
                let both: [JSONValue] = [
                    ["anyOf": .array(groups[first].map(isSet))], ["anyOf": .array(groups[second].map(isSet))],
                ]
                return ["not": ["allOf": .array(both)]]
            }
        }
    }
}
