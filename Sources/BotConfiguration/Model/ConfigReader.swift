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

    private func value(_ path: [String]) -> ConfigValue? {
        if let node = root.node(at: path), node.value != .reset { return node.value }
        return schema.field(at: path)?.defaultValue
    }

    func text(_ path: String...) -> String? {
        if case .text(let text)? = value(path) { text } else { nil }
    }

    func boolean(_ path: String...) -> Bool? {
        if case .boolean(let flag)? = value(path) { flag } else { nil }
    }

    func integer(_ path: String...) -> Int? {
        if case .integer(let number)? = value(path) { number } else { nil }
    }

    func decimal(_ path: String...) -> DecimalNumber? {
        if case .decimal(let number)? = value(path) { number } else { nil }
    }

    func duration(_ path: String...) -> Duration? {
        if case .milliseconds(let count)? = value(path) { .milliseconds(count) } else { nil }
    }

    func bytes(_ path: String...) -> Int? {
        if case .bytes(let count)? = value(path) { count } else { nil }
    }

    func secret(_ path: String...) -> [SecretReference] {
        if case .secret(let references)? = value(path) { references } else { [] }
    }

    func json(_ path: String...) -> JSONValue? {
        if case .json(let json)? = value(path) { json } else { nil }
    }

    func texts(_ path: String...) -> [String] {
        guard case .list(let nodes)? = value(path) else { return [] }
        return nodes.compactMap { if case .text(let text) = $0.value { text } else { nil } }
    }

    func textMap(_ path: String...) -> [String: String] {
        guard case .object(let object)? = value(path) else { return [:] }
        return object.fields.compactMapValues { if case .text(let text) = $0.value { text } else { nil } }
    }
}
