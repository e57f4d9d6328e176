import Diagnostics
import JSONCoding
import Suggestions
import YAMLSource

/// A value given on the command line: `--set parameters.temperature=0.2`.
package struct ValueAssignment: Sendable {
    /// The layer that the assignment makes.
    let layer: ConfigObject

    /// Reads an assignment.
    ///
    /// - Parameter text: `path=value`, the path dotted, the value as it would be written in YAML. Keys of your own
    ///   (`labels.team`) and fields that are passed on (`parameters.additional.top_k`) can be set one by one.
    /// - Throws: ``ProjectError`` that says what is wrong with it.
    package init(parsing text: String) throws(ProjectError) {
        // Only the path is repeated: the value may be a secret that was meant to be a reference.
        let shown = text.prefix { $0 != "=" }
        func invalid(
            _ message: String, _ hint: String? = nil, code: ProjectError.Code = .invalidAssignment
        ) -> ProjectError {
            ProjectError(code: code, description: "--set \(shown): \(message)", hint: hint)
        }
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw invalid("there is no '='", "write --set parameters.temperature=0.2")
        }
        let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let place = Place(path, in: .object(BotSchema.overrides)) else {
            let meant = UnknownKey(subject: String(shown), keys: path, bot: nil, names: nil).closestPath
            throw invalid("there is no key '\(shown)'", meant.map { "did you mean '\($0)'?" })
        }
        let source = SourceText(name: "--set \(shown)", bytes: Array(text[text.index(after: equals)...].utf8))
        let parsed = YAMLDocument.parse(source)
        var decoder = LayerDecoder(layer: .commandLine, text: source)
        let value = parsed.document?.root.flatMap { root -> ConfigNode? in
            if place.fieldPath.isEmpty { return decoder.decode(root, as: place.type, path: path, key: nil) }
            return decoder.decodeJSON(root, path).map { decoder.made(.json($0), root) }
        }
        if let problem = (parsed.diagnostics + decoder.diagnostics).first(where: { $0.severity == .error }) {
            throw invalid(problem.message, problem.help.first, code: .invalidValue)
        }
        guard let value else { throw invalid("there is no value after '='") }
        layer = place.layer(of: value)
    }

    /// Where a path leads: through objects and keys of your own to a value, or into a value that is passed on.
    private struct Place {
        /// The keys down to the value.
        var keys: [String] = []
        /// The names within a value that is passed on as it is.
        var fieldPath: [String] = []
        /// What the value must be.
        var type: ValueType

        /// nil when the path leads nowhere.
        init?(_ path: [String], in type: ValueType) {
            self.type = type
            for (index, key) in path.enumerated() {
                guard !key.isEmpty else { return nil }
                switch self.type {
                case .object(let schema):
                    guard let field = schema.field(key) else { return nil }
                    self.type = field.type
                case .map(let element, _): self.type = element
                case .json:
                    fieldPath = Array(path[index...])
                    return
                default: return nil
                }
                keys.append(key)
            }
        }

        /// The layer that sets the value there.
        func layer(of value: ConfigNode) -> ConfigObject {
            var node = value
            node.origin = Origin(layer: .commandLine)
            if !fieldPath.isEmpty, case .json(var json) = value.value {
                for name in fieldPath.reversed() { json = .object(JSONObject([(name, json)])) }
                node.value = .json(json)
            }
            for key in keys.dropFirst().reversed() {
                node = ConfigNode(.object(ConfigObject([key: node])), origin: node.origin)
            }
            return ConfigObject([keys.first ?? "": node])
        }
    }
}
