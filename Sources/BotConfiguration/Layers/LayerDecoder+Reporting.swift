import Diagnostics
import YAMLSource
import Suggestions

extension LayerDecoder {
    /// Adds a diagnostic at a node.
    mutating func report(_ code: DiagnosticCode, _ message: String, at node: YAMLNode, help: [String] = []) {
        add { [text] in Diagnostic(code, message, at: text.location(of: node.headRange), help: help) }
    }

    /// Reports a key that is not valid in its place, with the one that was probably meant.
    mutating func reportUnknownKey(_ key: YAMLNode, value: YAMLNode, schema: ObjectSchema, path: [String]) {
        let place = path.isEmpty ? "" : " in '\(path.joined(separator: "."))'"
        let keys = schema.fields.filter { $0.availability == .now }.map(\.key)
        let help: String
        if let meant = Spelling.closest(to: key.scalar, among: keys) {
            if case .secret? = schema.field(meant)?.type { secretRanges.append(value.range) }
            help = "did you mean '\(meant)'?"
        } else if let elsewhere = BotSchema.paths(ofKey: key.scalar).first {
            let field = BotSchema.bot.field(at: elsewhere.split(separator: ".").map(String.init))
            if case .secret? = field?.type { secretRanges.append(value.range) }
            help = "did you mean '\(elsewhere)'?"
        } else {
            help = "valid here: \(keys.joined(separator: ", "))"
        }
        report(.unknownKey, "unknown key '\(key.scalar)'\(place)", at: key, help: [help])
    }

    mutating func reportWrongType(
        _ node: YAMLNode, expected: String, _ path: [String], help: [String] = []
    ) -> ConfigNode? {
        let found: String
        var help = help
        switch node.kind {
        case .mapping: found = "a map of keys"
        case .sequence: found = "a list"
        case .scalar:
            switch node.resolved {
            case .null: found = "null"
            case .bool: found = "'\(node.scalar)', which is true or false"
            case .integer, .float: found = "the number \(node.scalar)"
            case .string(let value): found = "the text '\(value.prefix(60))'"
            }
            if case .string = node.resolved {
            } else if expected.hasPrefix("a text") || expected.hasPrefix("a name") {
                help.append("put it in quotes: \"\(node.scalar)\"")
            }
        }
        report(
            .wrongType, "'\(path.joined(separator: "."))' must be \(expected), found \(found)", at: node, help: help)
        return nil
    }

    mutating func reportOutOfRange(
        _ node: YAMLNode, _ found: String, expected: String, _ path: [String]
    ) -> ConfigNode? {
        report(.outOfRange, "'\(path.joined(separator: "."))' must be \(expected), found \(found)", at: node)
        return nil
    }
}
