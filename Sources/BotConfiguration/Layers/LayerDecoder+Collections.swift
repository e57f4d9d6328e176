import Diagnostics
import JSONCoding
import YAMLSource

extension LayerDecoder {
    mutating func decodeList(
        _ node: YAMLNode, _ element: ValueType, _ limit: Int, _ path: [String]
    ) -> ConfigNode? {
        guard node.kind == .sequence else {
            return reportWrongType(node, expected: "a list", as: .list(element, limit: limit), path)
        }
        var values: [ConfigNode] = []
        var count = 0
        for (index, item) in node.items.enumerated() {
            count += 1
            guard count <= limit else {
                report(.outOfRange, "'\(path.joined(separator: "."))' has more than \(limit) entries", at: item)
                return nil
            }
            let itemPath = path.dropLast() + ["\(path.last ?? "")[\(index)]"]
            guard let value = decode(item, as: element, path: Array(itemPath), key: nil) else {
                reject(Array(itemPath))
                continue
            }
            if case .reset = value.value {
                reject(Array(itemPath))
                report(.wrongType, "an entry of '\(path.joined(separator: "."))' is null", at: item)
                continue
            }
            values.append(value)
        }
        return made(.list(values), node)
    }

    mutating func decodeMap(
        _ node: YAMLNode, _ element: ValueType, _ limit: Int, _ path: [String]
    ) -> ConfigNode? {
        guard node.kind == .mapping else { return reportWrongType(node, expected: "a map of keys", path) }
        // What comes in order is added at once; of the largest maps, bots by name, tools write thousands, in order.
        var fields = ConfigFields()
        for (keyNode, valueNode) in node.entries {
            guard fields.count < limit else {
                report(.outOfRange, "'\(path.joined(separator: "."))' has more than \(limit) keys", at: keyNode)
                return nil
            }
            let key = keyNode.scalar
            if fields[key] != nil {
                report(.duplicateKey, "the key '\(key)' stands twice, in two ways of writing its letters", at: keyNode)
            } else if var value = decode(valueNode, as: element, path: path + [key], key: keyNode) {
                // What is wrong with such a map as a whole is wrong with the name that it stands under.
                if case .object = element { value.origin = made(value.value, keyNode).origin }
                fields[key] = value
            }
        }
        return made(.object(ConfigObject(fields)), node)
    }

    mutating func decodeNested(_ node: YAMLNode, _ schema: ObjectSchema, _ path: [String]) -> ConfigNode? {
        if node.kind == .mapping { return made(.object(decodeObject(node, schema: schema, path: path)), node) }
        if let shorthand = schema.shorthand, let field = schema.field(shorthand), node.kind == .scalar {
            return decode(node, as: field.type, path: path, key: nil).map {
                ConfigNode(.object(ConfigObject([shorthand: $0])), origin: $0.origin)
            }
        }
        if schema.leadsToSecret { secretRanges.append(node.range) }
        return reportWrongType(
            node, expected: ValueType.object(schema).description, as: .object(schema), path)
    }

    /// Decodes a map without a schema, whose fields are passed on as they are.
    mutating func decodeFields(_ node: YAMLNode, _ path: [String]) -> ConfigNode? {
        guard node.kind == .mapping else { return reportWrongType(node, expected: "a map of keys", path) }
        return decodeJSON(node, path).map { made(.json($0), node) }
    }

    mutating func decodeJSON(_ node: YAMLNode, _ path: [String]) -> JSONValue? {
        if node.isInvalid { return nil }
        if node.isMissing {
            report(
                .emptyValue, "a value in '\(path.joined(separator: "."))' is missing", at: node,
                help: ["write null if that is what is meant"])
            return nil
        }
        switch node.kind {
        case .scalar:
            switch node.resolved {
            case .null: return .null
            case .bool(let value): return .bool(value)
            case .string(let value): return .string(value)
            case .integer(let source), .float(let source):
                guard let number = JSONNumber(text: source) else {
                    report(
                        .invalidFormat, "'\(source)' cannot be passed on as a number", at: node,
                        help: ["write a plain decimal number, or put it in quotes"])
                    return nil
                }
                return .number(number)
            }
        case .sequence:
            var elements: [JSONValue] = []
            for item in node.items {
                if let value = decodeJSON(item, path) { elements.append(value) }
            }
            return .array(elements)
        case .mapping:
            var object = JSONObject()
            for (keyNode, valueNode) in node.entries {
                if let value = decodeJSON(valueNode, path) { object.append(keyNode.scalar, value) }
            }
            return .object(object)
        }
    }
}
