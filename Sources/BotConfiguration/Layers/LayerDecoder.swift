import Diagnostics
import JSONCoding
import Secrets
import YAMLSource

/// Turns one file's nodes into typed values by the schema, and collects everything that is wrong.
///
/// A value that is wrong is left out, so that one mistake gives one diagnostic and the rest is still checked.
struct LayerDecoder {
    let layer: Layer
    let text: SourceText
    /// Reads a file that the configuration names, as text.
    let readText: (String) -> Result<String, PromptFileError>
    private(set) var diagnostics: [Diagnostic] = []

    init(layer: Layer, text: SourceText, readText: @escaping (String) -> Result<String, PromptFileError>) {
        self.layer = layer
        self.text = text
        self.readText = readText
    }

    /// Decodes a map of keys.
    mutating func decodeObject(_ node: YAMLNode, schema: ObjectSchema, path: [String]) -> ConfigObject {
        var fields: [String: ConfigNode] = [:]
        for (keyNode, valueNode) in node.entries {
            let key = keyNode.scalar
            guard let field = schema.field(key) else {
                reportUnknownKey(keyNode, schema: schema, path: path)
                continue
            }
            guard field.availability == .now else {
                report(
                    .notAvailableYet, "'\((path + [key]).joined(separator: "."))' is not available yet", at: keyNode,
                    help: ["remove it; \(lowercasedFirst(field.summary))"])
                continue
            }
            if let value = decode(valueNode, as: field.type, path: path + [key], key: keyNode) {
                fields[key] = value
            }
        }
        return ConfigObject(fields)
    }

    /// Decodes one value; nil when it is wrong, which is then reported.
    mutating func decode(_ node: YAMLNode, as type: ValueType, path: [String], key: YAMLNode?) -> ConfigNode? {
        if node.isInvalid { return nil }
        if node.isMissing {
            let name = path.joined(separator: ".")
            report(
                .emptyValue, "'\(name)' has no value", at: key ?? node,
                help: ["write \(type.description) after the colon, or remove the key"])
            return nil
        }
        if case .null = node.resolved, !isJSON(type) { return made(.reset, node) }
        if type.isScalar, node.kind != .scalar { return reportWrongType(node, expected: type.description, path) }
        switch type {
        case .text(let format): return decodeText(node, format, path)
        case .boolean: return decodeBoolean(node, path)
        case .integer(let range): return decodeInteger(node, range, path)
        case .decimal(let range): return decodeDecimal(node, range, path)
        case .duration(let range): return decodeDuration(node, range, path)
        case .choice(let words, let later): return decodeChoice(node, words, later, path)
        case .secret: return decodeSecret(node, path)
        case .textOrFile: return decodeTextOrFile(node, path)
        case .list(let element, let limit): return decodeList(node, element, limit, path)
        case .map(let element, let limit): return decodeMap(node, element, limit, path)
        case .object(let schema): return decodeNested(node, schema, path)
        case .json: return decodeJSON(node, path).map { made(.json($0), node) }
        }
    }

    private func isJSON(_ type: ValueType) -> Bool {
        if case .json = type { true } else { false }
    }

    private func made(_ value: ConfigValue, _ node: YAMLNode) -> ConfigNode {
        ConfigNode(value, origin: Origin(layer: layer, text: text, range: node.headRange))
    }
}

// MARK: - Scalars

extension LayerDecoder {
    private mutating func decodeText(_ node: YAMLNode, _ format: TextFormat, _ path: [String]) -> ConfigNode? {
        guard case .string(let value) = node.resolved else {
            return reportWrongType(node, expected: format.description, path)
        }
        guard format.accepts(value) else {
            if case .any(let limit) = format {
                report(.outOfRange, "'\(path.joined(separator: "."))' is longer than \(limit) bytes", at: node)
            } else {
                report(
                    .invalidFormat, "'\(path.joined(separator: "."))' must be \(format.description), found '\(value)'",
                    at: node)
            }
            return nil
        }
        return made(.text(value), node)
    }

    private mutating func decodeBoolean(_ node: YAMLNode, _ path: [String]) -> ConfigNode? {
        if case .bool(let value) = node.resolved { return made(.boolean(value), node) }
        if let meant = node.booleanInYAML11 {
            report(
                .yaml11Boolean, "'\(node.scalar)' is a text, not true or false", at: node,
                help: ["write \(meant) for '\(path.joined(separator: "."))'"])
            return nil
        }
        return reportWrongType(node, expected: "true or false", path)
    }

    private mutating func decodeInteger(
        _ node: YAMLNode, _ range: ClosedRange<Int>, _ path: [String]
    ) -> ConfigNode? {
        let expected = ValueType.integer(range).description
        guard case .integer(let source) = node.resolved else {
            return reportWrongType(node, expected: expected, path)
        }
        guard let value = Int(source), range.contains(value) else {
            return reportOutOfRange(node, source, expected: expected, path)
        }
        return made(.integer(value), node)
    }

    private mutating func decodeDecimal(
        _ node: YAMLNode, _ range: ClosedRange<DecimalNumber>, _ path: [String]
    ) -> ConfigNode? {
        let expected = ValueType.decimal(range).description
        let source: String
        switch node.resolved {
        case .integer(let text), .float(let text): source = text
        default: return reportWrongType(node, expected: expected, path)
        }
        guard let value = DecimalNumber(source), range.contains(value) else {
            return reportOutOfRange(node, source, expected: expected, path)
        }
        return made(.decimal(value), node)
    }

    private mutating func decodeDuration(
        _ node: YAMLNode, _ range: ClosedRange<Int>, _ path: [String]
    ) -> ConfigNode? {
        let expected = ValueType.duration(range).description
        if case .integer(let source) = node.resolved {
            report(
                .invalidFormat, "'\(path.joined(separator: "."))' needs a unit, found \(source)", at: node,
                help: ["write \(source)s for seconds; units are ms, s, m and h"])
            return nil
        }
        guard case .string(let source) = node.resolved else {
            return reportWrongType(node, expected: expected, path)
        }
        guard let value = DurationText.milliseconds(of: source) else {
            report(
                .invalidFormat,
                "'\(path.joined(separator: "."))' must be a length of time such as 30s or 5m, found '\(source)'",
                at: node)
            return nil
        }
        guard range.contains(value) else { return reportOutOfRange(node, source, expected: expected, path) }
        return made(.milliseconds(value), node)
    }

    private mutating func decodeChoice(
        _ node: YAMLNode, _ words: [String], _ later: [String], _ path: [String]
    ) -> ConfigNode? {
        if words.contains(node.scalar) { return made(.text(node.scalar), node) }
        let name = path.joined(separator: ".")
        if later.contains(node.scalar) {
            report(
                .notAvailableYet, "'\(name): \(node.scalar)' is not available yet", at: node,
                help: ["available now: \(words.joined(separator: ", "))"])
            return nil
        }
        var help = ["valid here: \(words.joined(separator: ", "))"]
        if let meant = Spelling.closest(to: node.scalar, among: words) { help = ["did you mean '\(meant)'?"] }
        report(.unknownChoice, "'\(node.scalar)' is not a '\(name)'", at: node, help: help)
        return nil
    }
}

// MARK: - Secrets and files

extension LayerDecoder {
    private mutating func decodeSecret(_ node: YAMLNode, _ path: [String]) -> ConfigNode? {
        let nodes = node.kind == .sequence ? Array(node.items) : [node]
        guard node.kind != .mapping, !nodes.isEmpty, nodes.count <= 8 else {
            return reportWrongType(node, expected: "a secret reference, or a list of one to eight of them", path)
        }
        var references: [SecretReference] = []
        for item in nodes {
            guard item.kind == .scalar else {
                _ = reportWrongType(item, expected: "a secret reference", path)
                continue
            }
            do {
                references.append(try SecretReference(parsing: item.scalar))
            } catch {
                reportReference(error, item, path)
            }
        }
        return references.count == nodes.count ? made(.secret(references), node) : nil
    }

    private mutating func reportReference(
        _ error: SecretReference.ParseError, _ node: YAMLNode, _ path: [String]
    ) {
        let name = path.joined(separator: ".")
        let example = "a reference looks like ${env:NAME} or ${file:PATH}"
        switch error {
        case .plainText:
            var location = text.location(of: node.range)
            location.mask()
            diagnostics.append(
                Diagnostic(
                    .secretInPlainText, "'\(name)' holds a text where only a reference to a secret may stand",
                    at: location, help: [example, "a key that was committed is known: replace it"]))
        case .unknownSource(let word):
            report(
                .invalidReference, "'\(word)' is no place for secrets", at: node,
                help: ["valid here: \(SecretReference.Source.allCases.map(\.rawValue).joined(separator: ", "))"])
        case .emptyLocator:
            report(.invalidReference, "the reference names nothing", at: node, help: [example])
        case .invalidVariableName(let variable):
            report(
                .invalidReference, "'\(variable)' cannot be the name of an environment variable", at: node,
                help: ["use letters, digits and '_', and not a digit first"])
        case .unknownPlaceholder(let placeholder):
            report(
                .invalidReference, "'\(placeholder)' is no placeholder", at: node,
                help: ["valid here: {name}, {NAME}, {environment}"])
        }
    }

    private mutating func decodeTextOrFile(_ node: YAMLNode, _ path: [String]) -> ConfigNode? {
        if node.kind == .scalar { return decodeText(node, .any(limitInBytes: PromptFileError.limitInBytes), path) }
        guard node.kind == .mapping else {
            return reportWrongType(node, expected: ValueType.textOrFile.description, path)
        }
        let schema = ObjectSchema([
            SchemaField("file", .text(.any(limitInBytes: 1024)), required: true, "A file inside the project.")
        ])
        let object = decodeObject(node, schema: schema, path: path)
        guard let file = object.fields["file"], case .text(let filePath) = file.value else {
            if object.fields.isEmpty, node.entries.isEmpty {
                report(.missingValue, "'\(path.joined(separator: "."))' names no file", at: node)
            }
            return nil
        }
        switch readText(filePath) {
        case .success(let prompt): return ConfigNode(.text(prompt), origin: file.origin)
        case .failure(let error):
            diagnostics.append(
                Diagnostic(
                    error.isOutsideProject ? .pathOutsideProject : .unreadableFile, error.message,
                    at: file.origin.location, help: error.help))
            return nil
        }
    }
}

// MARK: - Lists and maps

extension LayerDecoder {
    private mutating func decodeList(
        _ node: YAMLNode, _ element: ValueType, _ limit: Int, _ path: [String]
    ) -> ConfigNode? {
        guard node.kind == .sequence else {
            return reportWrongType(
                node, expected: "a list", path, help: ["write each entry on a line of its own, after '- '"])
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
            guard let value = decode(item, as: element, path: Array(itemPath), key: nil) else { continue }
            if case .reset = value.value {
                report(.wrongType, "an entry of '\(path.joined(separator: "."))' is null", at: item)
                continue
            }
            values.append(value)
        }
        return made(.list(values), node)
    }

    private mutating func decodeMap(
        _ node: YAMLNode, _ element: ValueType, _ limit: Int, _ path: [String]
    ) -> ConfigNode? {
        guard node.kind == .mapping else { return reportWrongType(node, expected: "a map of keys", path) }
        var fields: [String: ConfigNode] = [:]
        for (keyNode, valueNode) in node.entries {
            guard fields.count < limit else {
                report(.outOfRange, "'\(path.joined(separator: "."))' has more than \(limit) keys", at: keyNode)
                return nil
            }
            if let value = decode(valueNode, as: element, path: path + [keyNode.scalar], key: keyNode) {
                fields[keyNode.scalar] = value
            }
        }
        return made(.object(ConfigObject(fields)), node)
    }

    private mutating func decodeNested(_ node: YAMLNode, _ schema: ObjectSchema, _ path: [String]) -> ConfigNode? {
        if node.kind == .mapping { return made(.object(decodeObject(node, schema: schema, path: path)), node) }
        if let shorthand = schema.shorthand, let field = schema.field(shorthand), node.kind == .scalar {
            return decode(node, as: field.type, path: path, key: nil).map {
                ConfigNode(.object(ConfigObject([shorthand: $0])), origin: $0.origin)
            }
        }
        return reportWrongType(node, expected: ValueType.object(schema).description, path)
    }

    private mutating func decodeJSON(_ node: YAMLNode, _ path: [String]) -> JSONValue? {
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

// MARK: - Reporting

extension LayerDecoder {
    /// Adds a diagnostic at a node.
    mutating func report(_ code: DiagnosticCode, _ message: String, at node: YAMLNode, help: [String] = []) {
        diagnostics.append(Diagnostic(code, message, at: text.location(of: node.headRange), help: help))
    }

    private mutating func reportUnknownKey(_ key: YAMLNode, schema: ObjectSchema, path: [String]) {
        let place = path.isEmpty ? "" : " in '\(path.joined(separator: "."))'"
        let keys = schema.fields.filter { $0.availability == .now }.map(\.key)
        let help: String
        if let meant = Spelling.closest(to: key.scalar, among: keys) {
            help = "did you mean '\(meant)'?"
        } else if let elsewhere = BotSchema.paths(ofKey: key.scalar).first {
            help = "did you mean '\(elsewhere)'?"
        } else {
            help = "valid here: \(keys.joined(separator: ", "))"
        }
        report(.unknownKey, "unknown key '\(key.scalar)'\(place)", at: key, help: [help])
    }

    private mutating func reportWrongType(
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

    private mutating func reportOutOfRange(
        _ node: YAMLNode, _ found: String, expected: String, _ path: [String]
    ) -> ConfigNode? {
        report(.outOfRange, "'\(path.joined(separator: "."))' must be \(expected), found \(found)", at: node)
        return nil
    }
}

private func lowercasedFirst(_ sentence: String) -> String {
    sentence.prefix(1).lowercased() + sentence.dropFirst()
}
