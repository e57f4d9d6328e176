import JSONCoding
import ModelCatalog
import Secrets

/// Why a stored form cannot be read.
package struct StoredFormError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The bytes are no JSON object, or a value is not what the schema says.
        case invalid
        /// A newer botctl wrote it: its schema is newer, or it has a key that this one does not know.
        case newerSchema
    }

    package let code: Code
    /// What is wrong, as a sentence without a full stop.
    package let description: String
}

/// Reads stored forms by the schema that wrote them: nothing is dropped, nothing is guessed.
struct StoredFormReader {
    /// The values of a stored form, ready to be read like merged layers.
    struct Contents: Sendable {
        var root: ConfigObject
        var kind: BotKind
        var region: String
        var upstreamID: String
        /// What is sent upstream in each region that may be called.
        var upstreamIDs: [String: String]
        var baseID: String?
        /// What the project that was deployed says of the model; nil where it says nothing.
        var facts: ModelFactsOverlay?
    }

    private let origin = Origin(layer: .bot)
    /// The keys of a bot.
    private let schema: ObjectSchema

    init(schema: ObjectSchema = BotSchema.bot) { self.schema = schema }

    /// Reads a bot's stored form.
    func readBot(_ stored: JSONValue) throws(StoredFormError) -> Contents {
        var object = try readObject(stored)
        guard let kindName = object["kind"]?.string, let kind = BotKind(rawValue: kindName) else {
            throw invalid("'kind' is missing or unknown")
        }
        guard var model = object["model"]?.object, let region = model["region"]?.string,
            let upstreamID = model["upstream"]?[region]?.string
        else { throw invalid("'model' lacks its region or the upstream id for it") }
        let upstreamIDs = model["upstream"]?.object?.members.compactMap { member in
            member.value.string.map { (member.name, $0) }
        }
        let baseID = model["base"]?.string
        model["upstream"] = nil
        model["base"] = nil
        object["model"] = .object(model)
        object["schema"] = nil
        let facts = try readFacts(object["facts"])
        object["facts"] = nil
        return Contents(
            root: try config(object, schema: schema), kind: kind, region: region,
            upstreamID: upstreamID, upstreamIDs: Dictionary(upstreamIDs ?? [], uniquingKeysWith: { $1 }),
            baseID: baseID, facts: facts)
    }

    private func readFacts(_ value: JSONValue?) throws(StoredFormError) -> ModelFactsOverlay? {
        guard let value else { return nil }
        guard let object = value.object else { throw invalid("'facts' is no object") }
        let values = try config(object, schema: FactsSchema.model, at: "facts")
        guard let facts = ModelFactsOverlay(values) else { throw invalid("'facts' lacks the model's id") }
        return facts
    }

    /// Reads a bot's stored smoke cases.
    func readSmoke(_ bytes: [UInt8]) throws(StoredFormError) -> [SmokeCase] {
        let object = try readObject(Self.parse(bytes))
        let value: ConfigValue
        do {
            value = try configValue(object["cases"] ?? .null, type: .list(.object(BotSchema.smokeCase), limit: 64))
        } catch {
            throw error.within("cases").error
        }
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
        guard schema < BotSchema.version else { return object }
        if let problem = OlderSchema.unknownWord(in: object, ofVersion: schema) { throw invalid(problem) }
        return OlderSchema.understood(object, by: OlderSchema.later(than: schema))
    }

    private func invalid(_ message: String) -> StoredFormError {
        StoredFormError(code: .invalid, description: message)
    }

    private func config(
        _ object: JSONObject, schema: ObjectSchema, at key: String? = nil
    ) throws(StoredFormError) -> ConfigObject {
        do { return try configObject(object, schema: schema) } catch {
            throw (key.map { error.within($0) } ?? error).error
        }
    }

    private func configObject(_ object: JSONObject, schema: ObjectSchema) throws(Misfit) -> ConfigObject {
        var fields = ConfigFields(minimumCapacity: object.count)
        for member in object {
            guard let field = schema.field(member.name) else { throw Misfit(path: [member.name], expected: nil) }
            fields[member.name] = try configNode(member.value, type: field.type, at: member.name)
        }
        return ConfigObject(fields)
    }

    private func configNode(_ value: JSONValue, type: ValueType, at key: String) throws(Misfit) -> ConfigNode {
        do { return ConfigNode(try configValue(value, type: type), origin: origin) } catch { throw error.within(key) }
    }

    private func configValue(_ value: JSONValue, type: ValueType) throws(Misfit) -> ConfigValue {
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
        case (.file(let limit), .object(let object)):
            if let name = object["name"]?.string, let bytes = object["base64"]?.string.flatMap(Base64.decode),
                !name.isEmpty, !bytes.isEmpty, bytes.count <= limit
            {
                return .file(ConfigFile(path: name, bytes: bytes))
            }
        case (.wordOr(let words, _), .string(let text)) where words.contains(text): return .text(text)
        case (.wordOr(_, let other), .object): return try configValue(value, type: other)
        case (.scalar, .string), (.scalar, .number), (.scalar, .bool): return .json(value)
        case (.json, .object): return .json(value)
        case (.list(let element, let limit), .array(let elements)) where elements.count <= limit:
            var nodes: [ConfigNode] = []
            for (index, item) in elements.enumerated() {
                do { nodes.append(ConfigNode(try configValue(item, type: element), origin: origin)) } catch {
                    throw error.within(String(index))
                }
            }
            return .list(nodes)
        case (.map(let element, let limit), .object(let object)) where object.count <= limit:
            var fields = ConfigFields(minimumCapacity: object.count)
            for member in object {
                fields[member.name] = try configNode(member.value, type: element, at: member.name)
            }
            return .object(ConfigObject(fields))
        case (.object(let schema), .object(let object)):
            return .object(try configObject(object, schema: schema))
        default: break
        }
        throw Misfit(path: [], expected: type)
    }
}

/// A value that is not what the schema says; the way to it is put together only where there is one.
private struct Misfit: Error {
    /// The keys that lead to it.
    var path: [String]
    /// What it must be; nil for a key that there is not.
    let expected: ValueType?

    func within(_ key: String) -> Misfit { Misfit(path: [key] + path, expected: expected) }

    var error: StoredFormError {
        let name = path.joined(separator: ".")
        if let expected {
            return StoredFormError(code: .invalid, description: "'\(name)' must be \(expected.description)")
        }
        // The digest says that nobody changed it on the way: a key came to life under this schema.
        return StoredFormError(
            code: .newerSchema,
            description: "it has the key '\(name)', which this botctl does not know: a newer botctl wrote it, "
                + "so update botctl")
    }
}
