import JSONCoding

/// Parts that stand in a schema more than once, written once under `$defs`.
///
/// Prices of a model have the same keys in a dozen places; written out each time they would make most of the document.
struct SharedSchemaParts {
    /// A part with fewer values is written out wherever it stands.
    private static let leastValues = 12
    /// Members that say something of the place where a part stands, not of the part.
    private static let placeMembers = ["description", "default", "deprecated", "examples", "title", "$schema", "$defs"]

    private var counts: [JSONObject: Int] = [:]
    private var names: [JSONObject: String] = [:]
    private var definitions = JSONObject()
    /// The names of the parts that the document holds by itself.
    private var reservedNames: Set<String> = []

    /// The same schema with every part that repeats written once.
    static func shared(_ document: JSONObject) -> JSONObject {
        var parts = SharedSchemaParts()
        let own = document["$defs"]?.object ?? JSONObject()
        parts.reservedNames = Set(own.map(\.name))
        parts.count(members: document)
        for definition in own { parts.count(definition.value) }
        var result = parts.rewritten(members: document, key: "root")
        for definition in own {
            parts.definitions.append(definition.name, parts.rewritten(definition.value, key: definition.name))
        }
        result["$defs"] = parts.definitions.isEmpty ? nil : .object(parts.definitions)
        return result
    }

    // MARK: - Counting

    private mutating func count(_ value: JSONValue) {
        guard let object = value.object else { return }
        let core = Self.core(of: object)
        if Self.values(in: .object(core)) >= Self.leastValues {
            counts[core, default: 0] += 1
            // What stands in a repeated part is not written twice by that alone.
            if counts[core, default: 0] > 1 { return }
        }
        count(members: object)
    }

    private mutating func count(members object: JSONObject) {
        for member in object {
            switch member.name {
            case "properties": for property in member.value.object ?? JSONObject() { count(property.value) }
            case "additionalProperties", "items": count(member.value)
            case "anyOf", "oneOf", "allOf": for choice in member.value.array ?? [] { count(choice) }
            default: break
            }
        }
    }

    private static func values(in value: JSONValue) -> Int {
        switch value {
        case .object(let object): object.reduce(1) { $0 + values(in: $1.value) }
        case .array(let items): items.reduce(1) { $0 + values(in: $1) }
        case .null, .bool, .number, .string: 1
        }
    }

    private static func core(of object: JSONObject) -> JSONObject {
        JSONObject(object.filter { !placeMembers.contains($0.name) }.map { ($0.name, $0.value) })
    }

    // MARK: - Writing

    private mutating func rewritten(_ value: JSONValue, key: String) -> JSONValue {
        guard let object = value.object else { return value }
        let core = Self.core(of: object)
        guard counts[core, default: 0] > 1 else { return .object(rewritten(members: object, key: key)) }
        var result = JSONObject()
        for member in object where Self.placeMembers.contains(member.name) { result.append(member.name, member.value) }
        result.append("$ref", .string("#/$defs/\(define(core, key: key))"))
        return .object(result)
    }

    /// The name of a part, which is defined on its first use.
    private mutating func define(_ core: JSONObject, key: String) -> String {
        if let name = names[core] { return name }
        var name = key
        var number = 2
        while definitions[name] != nil || reservedNames.contains(name) {
            name = "\(key)_\(number)"
            number += 1
        }
        names[core] = name
        // Its place is taken before its own parts come.
        definitions.append(name, .null)
        definitions[name] = .object(rewritten(members: core, key: key))
        return name
    }

    private mutating func rewritten(members object: JSONObject, key: String) -> JSONObject {
        var result = JSONObject()
        for member in object {
            switch member.name {
            case "properties":
                var properties = JSONObject()
                for property in member.value.object ?? JSONObject() {
                    properties.append(property.name, rewritten(property.value, key: property.name))
                }
                result.append(member.name, .object(properties))
            case "additionalProperties", "items": result.append(member.name, rewritten(member.value, key: key))
            case "anyOf", "oneOf", "allOf":
                result.append(
                    member.name, .array((member.value.array ?? []).map { choice in rewritten(choice, key: key) }))
            default: result.append(member.name, member.value)
            }
        }
        return result
    }
}
