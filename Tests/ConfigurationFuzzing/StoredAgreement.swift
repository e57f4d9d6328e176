import BotConfiguration
import JSONCoding
import Secrets

/// Compares what a bot's layers say with what is stored, by rules written down a second time.
enum StoredAgreement {
    /// Every value of the bot's layers that its stored form lacks or tells otherwise, as a sentence.
    static func disagreements(of bot: ProjectBot) -> [String] {
        var found: [String] = []
        compare(bot.effective.root, bot.stored.value, BotSchema.bot, path: [], into: &found)
        return found.map { "'\(bot.name)': \($0)" }
    }

    private static func compare(
        _ object: ConfigObject, _ stored: JSONValue?, _ schema: ObjectSchema, path: [String], into found: inout [String]
    ) {
        for (key, node) in object.fields.sorted(by: { $0.key < $1.key }) {
            let name = (path + [key]).joined(separator: ".")
            guard let field = schema.field(key) else {
                found.append("'\(name)' was decoded and is no key")
                continue
            }
            guard field.storage != .never else {
                if stored?[key] != nil { found.append("'\(name)' is stored, and belongs to the file only") }
                continue
            }
            if case .object(let nested) = field.type, case .object(let value) = node.value {
                compare(value, stored?[key], nested, path: path + [key], into: &found)
                continue
            }
            let isDefault =
                node.value == .reset || node.value.isSame(as: field.defaultValue) || node.value.saysNothing
            guard let member = stored?[key] else {
                if !isDefault { found.append("'\(name)' is not stored") }
                continue
            }
            if node.value != .reset, !agrees(node.value, member, field.type) {
                found.append("'\(name)' is stored as \(member.text(.compact))")
            }
        }
    }

    private static func agrees(_ value: ConfigValue, _ stored: JSONValue, _ type: ValueType) -> Bool {
        switch value {
        case .text(let text): return stored == .string(text)
        case .boolean(let flag): return stored == .bool(flag)
        case .integer(let number), .milliseconds(let number), .bytes(let number): return stored.integer == number
        case .decimal(let number): return stored == .string(number.text)
        case .secret(let references): return stored.array?.map(\.string) == references.map(\.text)
        case .file(let file): return stored["base64"]?.string == Base64.encode(file.bytes)
        case .json(let json): return agrees(json, stored)
        case .reset: return stored.isNull
        case .list(let nodes):
            guard let elements = stored.array, elements.count == nodes.count else { return false }
            return zip(nodes, elements).allSatisfy { agrees($0.value, $1, type.element) }
        case .object(let object):
            guard let schema = type.nestedSchema else {
                return stored.object.map { Set($0.map(\.name)) } == Set(object.fields.keys)
                    && object.fields.allSatisfy { agrees($1.value, stored[$0] ?? .null, type.element) }
            }
            var found: [String] = []
            compare(object, stored, schema, path: [], into: &found)
            return found.isEmpty
        }
    }

    /// A null takes back what a weaker layer says, and is not stored; in a list, which replaces whole, it is a value.
    private static func agrees(_ value: JSONValue, _ stored: JSONValue, inList: Bool = false) -> Bool {
        switch (value, stored) {
        case (.object(let own), .object(let other)):
            let said = own.filter { inList || !$0.value.isNull }
            return said.count == other.count
                && said.allSatisfy { member in
                    other[member.name].map { agrees(member.value, $0, inList: inList) } ?? false
                }
        case (.array(let own), .array(let other)):
            return own.count == other.count && zip(own, other).allSatisfy { agrees($0, $1, inList: true) }
        default: return value == stored
        }
    }
}

extension ConfigValue {
    /// Whether it is free fields of which none is set.
    fileprivate var saysNothing: Bool {
        if case .json(.object(let fields)) = self { fields.allSatisfy(\.value.isNull) } else { false }
    }

    /// Whether a value is the default, wherever either was written.
    fileprivate func isSame(as other: ConfigValue?) -> Bool {
        switch (self, other) {
        case (.list(let own), .list(let other)?):
            own.count == other.count && zip(own, other).allSatisfy { $0.value.isSame(as: $1.value) }
        case (.object(let own), .object(let other)?):
            own.fields.filter { $0.value.value != .reset }.count == other.fields.count
                && own.fields.allSatisfy { $1.value == .reset || $1.value.isSame(as: other.fields[$0]?.value) }
        case (_, let other?): self == other
        case (_, nil): false
        }
    }
}

extension ValueType {
    /// The type of what a list or map of that type holds.
    fileprivate var element: ValueType {
        switch self {
        case .list(let element, _), .map(let element, _): element
        case .wordOr(_, let other): other.element
        default: self
        }
    }
}
