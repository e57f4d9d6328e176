import JSONCoding
import ModelCatalog
import Secrets

/// Why a stored form cannot be read.
package struct StoredFormError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The bytes are no JSON object, or a value is not what the schema says.
        case invalid
        /// A newer botctl wrote it.
        case newerSchema
    }

    package let code: Code
    /// What is wrong, as a sentence without a full stop.
    package let description: String
}

/// Reads stored forms by the schema that wrote them: nothing is dropped, nothing is guessed.
struct StoredFormReader {
    /// The values of a stored form, ready to be read like merged layers.
    struct Contents {
        var root: ConfigObject
        var kind: BotKind
        var region: String
        var upstreamID: String
        var baseID: String?
        /// What the project that was deployed says of the model; nil where it says nothing.
        var facts: ModelFactsOverlay?
    }

    private let origin = Origin(layer: .bot)

    /// Reads a bot's stored form.
    func readBot(_ stored: JSONValue) throws(StoredFormError) -> Contents {
        var object = try readObject(stored)
        guard let kindName = object["kind"]?.string, let kind = BotKind(rawValue: kindName) else {
            throw invalid("'kind' is missing or unknown")
        }
        guard var model = object["model"]?.object, let region = model["region"]?.string,
            let upstreamID = model["upstream"]?[region]?.string
        else { throw invalid("'model' lacks its region or the upstream id for it") }
        let baseID = model["base"]?.string
        model["upstream"] = nil
        model["base"] = nil
        object["model"] = .object(model)
        object["schema"] = nil
        let facts = try readFacts(object["facts"])
        object["facts"] = nil
        return Contents(
            root: try configObject(object, schema: BotSchema.bot, path: []), kind: kind, region: region,
            upstreamID: upstreamID, baseID: baseID, facts: facts)
    }

    private func readFacts(_ value: JSONValue?) throws(StoredFormError) -> ModelFactsOverlay? {
        guard let value else { return nil }
        guard let object = value.object else { throw invalid("'facts' is no object") }
        let values = try configObject(object, schema: FactsSchema.model, path: ["facts"])
        guard let facts = ModelFactsOverlay(values) else { throw invalid("'facts' lacks the model's id") }
        return facts
    }

    /// Reads a bot's stored smoke cases.
    func readSmoke(_ bytes: [UInt8]) throws(StoredFormError) -> [SmokeCase] {
        let object = try readObject(Self.parse(bytes))
        let value = try configValue(
            object["cases"] ?? .null, type: .list(.object(BotSchema.smokeCase), limit: 64), path: ["cases"])
        guard case .list(let nodes) = value else { throw invalid("'cases' is no list") }
        return nodes.compactMap { SmokeCase($0.value) }
    }

    /// The JSON of a stored form.
    static func parse(_ bytes: [UInt8]) throws(StoredFormError) -> JSONValue {
        do { return try JSONParser.parse(bytes) } catch {
            throw StoredFormError(code: .invalid, description: error.description)
        }
    }

    private func readObject(_ stored: JSONValue) throws(StoredFormError) -> JSONObject {
        guard let object = stored.object, let schema = object["schema"]?.integer, schema >= 1 else {
            throw invalid("it is no object with a 'schema'")
        }
        guard schema <= BotSchema.version else {
            throw StoredFormError(
                code: .newerSchema,
                description: "it has schema \(schema), and this botctl reads up to \(BotSchema.version): update botctl")
        }
        return object
    }

    private func invalid(_ message: String) -> StoredFormError {
        StoredFormError(code: .invalid, description: message)
    }

    private func configObject(
        _ object: JSONObject, schema: ObjectSchema, path: [String]
    ) throws(StoredFormError) -> ConfigObject {
        var fields = ConfigFields()
        for member in object {
            let memberPath = path + [member.name]
            guard let field = schema.field(member.name) else {
                throw invalid("unknown key '\(memberPath.joined(separator: "."))'")
            }
            fields[member.name] = ConfigNode(
                try configValue(member.value, type: field.type, path: memberPath), origin: origin)
        }
        return ConfigObject(fields)
    }

    private func configValue(
        _ value: JSONValue, type: ValueType, path: [String]
    ) throws(StoredFormError) -> ConfigValue {
        switch (type, value) {
        case (.text(let format), .string(let text)) where format.accepts(text): return .text(text)
        case (.textOrFile, .string(let text)): return .text(text)
        case (.choice(let words, _), .string(let text)) where words.contains(text): return .text(text)
        case (.boolean, .bool(let flag)): return .boolean(flag)
        case (.integer(let range), .number(let number)):
            if let integer = number.integer, range.contains(integer) { return .integer(integer) }
        case (.duration(let range), .number(let number)):
            if let integer = number.integer, range.contains(integer) { return .milliseconds(integer) }
        case (.size(let range), .number(let number)):
            if let integer = number.integer, range.contains(integer) { return .bytes(integer) }
        case (.decimal(let range), .string(let text)), (.money(let range), .string(let text)):
            if let number = DecimalNumber(text), range.contains(number) { return .decimal(number) }
        case (.secret, .array(let elements)):
            let references = elements.compactMap { element in
                element.string.flatMap { try? SecretReference(parsing: $0) }
            }
            if references.count == elements.count, !references.isEmpty { return .secret(references) }
        case (.wordOr(let words, _), .string(let text)) where words.contains(text): return .text(text)
        case (.wordOr(_, let other), .object): return try configValue(value, type: other, path: path)
        case (.scalar, .string), (.scalar, .number), (.scalar, .bool): return .json(value)
        case (.json, .object): return .json(value)
        case (.list(let element, let limit), .array(let elements)) where elements.count <= limit:
            var nodes: [ConfigNode] = []
            for (index, item) in elements.enumerated() {
                let itemPath = path + [String(index)]
                nodes.append(ConfigNode(try configValue(item, type: element, path: itemPath), origin: origin))
            }
            return .list(nodes)
        case (.map(let element, let limit), .object(let object)) where object.count <= limit:
            var fields: [String: ConfigNode] = [:]
            for member in object {
                let memberPath = path + [member.name]
                fields[member.name] = ConfigNode(
                    try configValue(member.value, type: element, path: memberPath), origin: origin)
            }
            return .object(ConfigObject(ConfigFields(fields)))
        case (.object(let schema), .object(let object)):
            return .object(try configObject(object, schema: schema, path: path))
        default: break
        }
        throw invalid("'\(path.joined(separator: "."))' must be \(type.description)")
    }
}
