package import JSONCoding

/// The schema of a kind of file as JSON Schema, for editors and other tools.
///
/// It says what one file may hold by itself: what must be there once all layers are merged only holds inside lists,
/// where nothing merges. Source: JSON Schema, draft 2020-12.
package enum JSONSchema {
    /// The document for files with these keys.
    ///
    /// - Parameters:
    ///   - schema: The keys.
    ///   - title: What such a file is, for people.
    /// - Returns: The document; its members stand in a fixed order, so equal schemas give equal texts.
    package static func document(of schema: ObjectSchema, title: String) -> JSONValue {
        var document: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": .string(title),
        ]
        for member in object(schema, isWhole: false) { document.append(member.name, member.value) }
        let definitions = definitions(in: schema)
        if !definitions.isEmpty { document.append("$defs", .object(definitions)) }
        return .object(SharedSchemaParts.shared(document))
    }

    /// The keys that are held once, by their names.
    private static func definitions(in schema: ObjectSchema) -> JSONObject {
        var result = JSONObject()
        for nested in schema.fields.compactMap(\.type.nestedSchema) {
            if let name = nested.definitionName {
                result[name] = .object(object(nested, isWhole: false))
            } else {
                for definition in definitions(in: nested) { result[definition.name] = definition.value }
            }
        }
        return result
    }

    /// The document for files of which each has the keys of one of several schemas; nothing merges in them.
    package static func document(ofEither schemas: [ObjectSchema], title: String) -> JSONValue {
        .object(
            SharedSchemaParts.shared([
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": .string(title),
                "anyOf": .array(schemas.map { .object(object($0, isWhole: true)) }),
            ]))
    }

    /// A map with these keys.
    ///
    /// - Parameters:
    ///   - schema: The keys.
    ///   - isWhole: Whether no other layer can add to the map, as inside a list.
    /// - Returns: The members of its schema.
    static func object(_ schema: ObjectSchema, isWhole: Bool) -> JSONObject {
        var properties = JSONObject()
        for field in schema.fields { properties.append(field.key, property(field, isWhole: isWhole)) }
        var result: JSONObject = [
            "type": "object", "additionalProperties": .bool(false), "properties": .object(properties),
        ]
        let required = schema.fields.filter { $0.isRequired && $0.defaultValue == nil }.map(\.key)
        if isWhole, !required.isEmpty { result.append("required", .array(required.map { .string($0) })) }
        let constraints = schema.constraints.flatMap { $0.jsonSchema(isWhole: isWhole) }
        if !constraints.isEmpty { result.append("allOf", .array(constraints)) }
        return result
    }

    private static func property(_ field: SchemaField, isWhole: Bool) -> JSONValue {
        var result = JSONObject()
        var description = field.availability == .later ? "(No effect in this version yet.) " : ""
        description += field.summary
        if let deprecation = field.deprecation { description += " Deprecated: \(deprecation.reason)." }
        result.append("description", .string(description))
        if field.deprecation != nil { result.append("deprecated", .bool(true)) }
        if let value = field.defaultValue { result.append("default", value.json) }
        var value = field.type.jsonSchema(isWhole: isWhole)
        // Only what another layer can still set may be given back to it.
        if !isWhole || !field.isRequired { value = value.allowingNull }
        for member in value { result.append(member.name, member.value) }
        return .object(result)
    }
}

extension JSONObject {
    /// The same schema for a value that may also be `null`, which returns to the schema default.
    var allowingNull: JSONObject {
        var result = self
        if let words = self["enum"]?.array {
            result["enum"] = .array(words + [.null])
        } else if let choices = self["anyOf"]?.array {
            result["anyOf"] = .array(choices + [["type": "null"]])
        } else if let type = self["type"], case .string = type {
            result["type"] = .array([type, "null"])
        } else if let types = self["type"]?.array {
            result["type"] = .array(types + ["null"])
        }
        return result
    }
}
