import Diagnostics
import YAMLSource

/// Turns one file's nodes into typed values by the schema, and collects everything that is wrong.
///
/// A value that is wrong is left out, so that one mistake gives one diagnostic and the rest is still checked.
struct LayerDecoder {
    let layer: Layer
    let text: SourceText
    /// The files that the configuration names; nil where it can name none.
    let namedFiles: NamedFiles?
    /// What is wrong, at most ``diagnosticLimit``: each costs a walk over the file for its line.
    private(set) var diagnostics: [Diagnostic] = []
    /// How many more problems there are.
    private(set) var omittedCount = 0
    /// The dotted paths of keys that were written and whose value is wrong, so that nothing more is said about them:
    /// they are not missing.
    private(set) var rejectedPaths: Set<String> = []
    /// Where plain texts stand in the place of secrets; no excerpt may show them.
    var secretRanges: [Range<Int>] = []

    /// The most diagnostics that are kept of one file.
    static let diagnosticLimit = 100

    init(layer: Layer, text: SourceText, namedFiles: NamedFiles? = nil) {
        self.layer = layer
        self.text = text
        self.namedFiles = namedFiles
    }

    /// Adds a diagnostic, or counts it once there are too many.
    mutating func add(_ diagnostic: () -> Diagnostic) {
        if !omitsFurtherProblem() { diagnostics.append(diagnostic()) }
    }

    /// Whether a further problem would only be counted, which is then done: what is dear to say need not be made up.
    mutating func omitsFurtherProblem() -> Bool {
        guard diagnostics.count >= Self.diagnosticLimit else { return false }
        omittedCount += 1
        return true
    }

    /// The diagnostics, the last of which says how many are left out.
    var reportedDiagnostics: [Diagnostic] {
        var result = diagnostics
        if omittedCount > 0, let last = result.indices.last {
            result[last].notes.append(Diagnostic.Note("\(omittedCount) more problems of this file are left out"))
        }
        return result
    }

    /// Decodes a map of keys.
    mutating func decodeObject(_ node: YAMLNode, schema: ObjectSchema, path: [String]) -> ConfigObject {
        let entries = node.entries
        var fields = ConfigFields(minimumCapacity: entries.count)
        for (keyNode, valueNode) in entries {
            let key = keyNode.scalar
            guard let field = schema.field(key) else {
                reportUnknownKey(keyNode, value: valueNode, in: node, schema: schema, path: path)
                continue
            }
            let fieldPath = path + [key]
            guard let value = decode(valueNode, as: field.type, path: fieldPath, key: keyNode) else {
                rejectedPaths.insert(fieldPath.joined(separator: "."))
                continue
            }
            let kept = field.deprecation?.replacement ?? key
            guard fields[kept] == nil, kept == key || node.entry(forKey: kept) == nil else {
                report(
                    .contradictingKeys, "'\(key)' and '\(kept)' are the same setting", at: keyNode,
                    help: ["remove '\(key)'"])
                continue
            }
            if let deprecation = field.deprecation { reportDeprecated(keyNode, deprecation, fieldPath) }
            // What a deprecation, a default or an explicit null says already is no news.
            if field.availability == .later, field.deprecation == nil, value.value != field.defaultValue,
                value.value != .reset
            {
                reportNoEffect(keyNode, fieldPath)
            }
            fields[kept] = value
        }
        return ConfigObject(fields)
    }

    /// Remembers that what was meant by a key that is not valid is not missing.
    mutating func reject(_ path: [String]) { rejectedPaths.insert(path.joined(separator: ".")) }

    /// Decodes one value; nil when it is wrong, which is then reported.
    mutating func decode(_ node: YAMLNode, as type: ValueType, path: [String], key: YAMLNode?) -> ConfigNode? {
        if node.isInvalid { return nil }
        if node.isMissing {
            let name = path.joined(separator: ".")
            report(
                .emptyValue, "'\(name)' has no value", at: key ?? node,
                help: [
                    "write \(type.shortDescription) after the \(key == nil ? "'-', or remove it" : "colon, or remove the key")"
                ])
            return nil
        }
        if node.isNull { return made(.reset, node) }
        if type.isScalar, node.kind != .scalar { return reportWrongType(node, expected: type.description, path) }
        switch type {
        case .text(let format): return decodeText(node, format, path)
        case .boolean: return decodeBoolean(node, path)
        case .integer(let range): return decodeInteger(node, range, path)
        case .decimal(let range): return decodeDecimal(node, range, path)
        case .money(let range): return decodeMoney(node, range, path)
        case .duration(let range): return decodeDuration(node, range, path)
        case .size(let range): return decodeSize(node, range, path)
        case .choice(let words, let later): return decodeChoice(node, words, later, path)
        case .wordOr(let words, let other): return decodeWord(node, words, or: other, path)
        case .scalar: return decodeJSON(node, path).map { made(.json($0), node) }
        case .secret: return decodeSecret(node, path)
        case .textOrFile: return decodeTextOrFile(node, path)
        case .file(let limit): return decodeFile(node, limitInBytes: limit, path)
        case .list(let element, let limit): return decodeList(node, element, limit, path)
        case .map(let element, let limit): return decodeMap(node, element, limit, path)
        case .object(let schema): return decodeNested(node, schema, path)
        case .json: return decodeFields(node, path)
        }
    }

    func made(_ value: ConfigValue, _ node: YAMLNode) -> ConfigNode {
        ConfigNode(value, origin: Origin(layer: layer, text: text, range: node.headRange))
    }
}
