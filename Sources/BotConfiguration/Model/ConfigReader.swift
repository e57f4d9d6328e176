import JSONCoding
import Secrets

/// Reads values out of decoded layers: what a layer says, else the schema default.
struct ConfigReader {
    private let root: ConfigObject
    private let schema: ObjectSchema

    init(root: ConfigObject, schema: ObjectSchema = BotSchema.bot) {
        self.root = root
        self.schema = schema
    }

    private func value(_ key: String, _ nested: String?) -> ConfigValue? {
        if let node = root.node(key, nested), !node.value.isReset { return node.value }
        guard let nested else { return schema.field(key)?.defaultValue }
        guard case .object(let schema)? = schema.field(key)?.type else { return nil }
        return schema.field(nested)?.defaultValue
    }

    /// What a layer says at a key, or at one within another, else its default.
    func value<Value>(_ key: DefaultedKey<Value>, in section: String? = nil) -> Value {
        let node = if let section { root.node(section, key.name) } else { root.node(key.name) }
        return node.flatMap { key.read($0.value) } ?? key.defaultValue
    }

    /// Whether a layer says something at a key, or at one within another.
    func isSet<Value>(_ key: DefaultedKey<Value>, in section: String? = nil) -> Bool {
        let node = if let section { root.node(section, key.name) } else { root.node(key.name) }
        return node.flatMap { key.read($0.value) } != nil
    }

    /// The section within a section; nil when no layer has it.
    func section(_ key: String, _ nested: String) -> ConfigReader? {
        guard case .object(let object)? = root.node(key, nested)?.value,
            case .object(let outer)? = schema.field(key)?.type,
            case .object(let inner)? = outer.field(nested)?.type
        else { return nil }
        return ConfigReader(root: object, schema: inner)
    }

    /// The value as it is; nil where no layer sets one and there is no default.
    func configValue(_ key: String, _ nested: String? = nil) -> ConfigValue? { value(key, nested) }

    func text(_ key: String, _ nested: String? = nil) -> String? {
        if case .text(let text)? = value(key, nested) { text } else { nil }
    }

    func boolean(_ key: String, _ nested: String? = nil) -> Bool? {
        if case .boolean(let flag)? = value(key, nested) { flag } else { nil }
    }

    func integer(_ key: String, _ nested: String? = nil) -> Int? {
        if case .integer(let number)? = value(key, nested) { number } else { nil }
    }

    func decimal(_ key: String, _ nested: String? = nil) -> DecimalNumber? {
        if case .decimal(let number)? = value(key, nested) { number } else { nil }
    }

    func duration(_ key: String, _ nested: String? = nil) -> Duration? {
        if case .milliseconds(let count)? = value(key, nested) { .milliseconds(count) } else { nil }
    }

    func secret(_ key: String, _ nested: String? = nil) -> [SecretReference] {
        if case .secret(let references)? = value(key, nested) { references } else { [] }
    }

    func json(_ key: String, _ nested: String? = nil) -> JSONValue? {
        if case .json(let json)? = value(key, nested) { json } else { nil }
    }

    func texts(_ key: String, _ nested: String? = nil) -> [String] {
        guard case .list(let nodes)? = value(key, nested) else { return [] }
        return nodes.compactMap { if case .text(let text) = $0.value { text } else { nil } }
    }

    func files(_ key: String, _ nested: String? = nil) -> [ConfigFile] {
        guard case .list(let nodes)? = value(key, nested) else { return [] }
        return nodes.compactMap { if case .file(let file) = $0.value { file } else { nil } }
    }

    func integerMap(_ key: String, _ nested: String? = nil) -> [String: Int] {
        guard case .object(let object)? = value(key, nested) else { return [:] }
        var numbers: [String: Int] = [:]
        for (key, node) in object.fields { if case .integer(let number) = node.value { numbers[key] = number } }
        return numbers
    }

    func textMap(_ key: String, _ nested: String? = nil) -> [String: String] {
        guard case .object(let object)? = value(key, nested) else { return [:] }
        var texts: [String: String] = [:]
        for (key, node) in object.fields { if case .text(let text) = node.value { texts[key] = text } }
        return texts
    }
}
