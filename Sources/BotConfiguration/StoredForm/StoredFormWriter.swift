import JSONCoding
import Secrets

/// Makes the stored form of a bot of its effective config.
///
/// It holds the schema's version, kind, region, the resolved upstream id, the project's own facts on the model, and
/// every other value that a layer set and that differs from the schema default; it holds nothing about files, names or
/// origins.
enum StoredFormWriter {
    /// The stored form.
    ///
    /// - Parameters:
    ///   - root: What the layers say together.
    ///   - kind: What the bot produces.
    ///   - region: The region that is called.
    ///   - upstreamIDs: What is sent upstream in that region and in each failover region.
    ///   - baseID: The id to look up facts with, where the upstream id does not tell; else nil.
    ///   - facts: What the project itself says of the model, by ``FactsSchema/model``; nil where it says nothing.
    ///   - schema: The keys of a bot.
    /// - Returns: The canonical JSON, with its digest.
    static func storedForm(
        of root: ConfigObject, kind: BotKind, region: String, upstreamIDs: [String: String], baseID: String?,
        facts: ConfigObject?, schema: ObjectSchema = BotSchema.bot
    ) -> StoredConfiguration {
        var object = members(of: root, schema: schema)
        var model = object["model"]?.object ?? JSONObject()
        model.insert("region", .string(region))
        var upstream = JSONObject(minimumCapacity: upstreamIDs.count)
        for (region, id) in upstreamIDs { upstream.insert(region, .string(id)) }
        model.insert("upstream", .object(upstream))
        if let baseID { model.insert("base", .string(baseID)) }
        object.insert("model", .object(model))
        object.insert("kind", .string(kind.rawValue))
        if let facts { object.insert("facts", json(.object(facts), type: .object(FactsSchema.model))) }
        object.insert("schema", .integer(BotSchema.version))
        return StoredConfiguration(canonical: .object(object))
    }

    /// The stored form of smoke cases; nil when there are none.
    static func storedForm(ofSmoke cases: [ConfigNode]) -> StoredConfiguration? {
        guard !cases.isEmpty else { return nil }
        let list = cases.map { json($0.value, type: .object(BotSchema.smokeCase)) }
        return StoredConfiguration(
            canonical: .object(["cases": .array(list), "schema": .integer(BotSchema.version)]))
    }

    private static func members(of object: ConfigObject, schema: ObjectSchema) -> JSONObject {
        // Room for what the stored form has beside the fields, too.
        var result = JSONObject(minimumCapacity: object.fields.count + 3)
        for (key, node) in object.fields {
            if case .reset = node.value { continue }
            guard let field = schema.field(key), field.storage != .never else { continue }
            let value = json(node.value, type: field.type)
            if case .object(let nested) = value, nested.isEmpty { continue }
            if field.storedDefault == value { continue }
            result.append(field.key, value)
        }
        return result.sortedByName()
    }

    private static func entries(of object: ConfigObject, type: ValueType) -> JSONObject {
        var result = JSONObject(minimumCapacity: object.fields.count)
        for (key, node) in object.fields where !node.value.isReset {
            result.append(key, json(node.value, type: type))
        }
        return result.sortedByName()
    }

    /// A value in the stored form.
    static func json(_ value: ConfigValue, type: ValueType) -> JSONValue {
        switch value {
        case .text(let text): .string(text)
        case .boolean(let flag): .bool(flag)
        case .integer(let number), .milliseconds(let number), .bytes(let number): .integer(number)
        case .decimal(let number): .string(number.text)
        case .secret(let references): .array(references.map { .string($0.text) })
        case .json(let json):
            // Of free fields a null takes back what a weaker layer says, and is not sent.
            if case .json = type { json.withoutNulls.sorted } else { json.sorted }
        case .reset: .null
        // Of its path only the name: where a file lies is nothing that a gateway needs to know.
        case .file(let file): ["base64": .string(Base64.encode(file.bytes)), "name": .string(file.name)]
        case .list(let nodes):
            .array(
                nodes.map { node in
                    if case .list(let element, _) = type.withoutWords { json(node.value, type: element) } else { .null }
                })
        case .object(let object):
            switch type.withoutWords {
            case .object(let schema): .object(members(of: object, schema: schema))
            case .map(let element, _):
                .object(entries(of: object, type: element))
            default: .null
            }
        }
    }
}

extension ValueType {
    /// The type of a value that is none of the words.
    fileprivate var withoutWords: ValueType { if case .wordOr(_, let other) = self { other } else { self } }
}

extension JSONValue {
    /// The same value without the members of objects that are null.
    fileprivate var withoutNulls: JSONValue {
        guard case .object(let object) = self else { return self }
        return .object(
            JSONObject(object.filter { $0.value != .null }.map { ($0.name, $0.value.withoutNulls) }))
    }

    /// The same value with the members of every object sorted by name.
    fileprivate var sorted: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let object): .object(JSONObject(object.map { ($0.name, $0.value.sorted) }).sortedByName())
        default: self
        }
    }
}
