import BotConfiguration
import DiagnosticRendering
import JSONCoding
import Secrets

/// Values of the configuration, for people and for scripts.
enum ConfigValueView {
    /// A value on one line, as it could be written in YAML.
    static func text(_ value: ConfigValue) -> String {
        switch value {
        case .text(let text): (text.contains("\n") || text.isEmpty ? JSONValue.string(text).text() : text).printable
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .decimal(let number): number.text
        case .milliseconds(let count): DurationText.text(ofMilliseconds: count)
        case .secret(let references):
            references.count == 1 ? references[0].text : "[\(references.map(\.text).joined(separator: ", "))]"
        case .list(let nodes): "[\(nodes.map { text($0.value) }.joined(separator: ", "))]"
        case .object(let object):
            "{\(sorted(object).map { "\($0.key): \(text($0.value.value))" }.joined(separator: ", "))}"
        case .json(let json): json.text().printable
        case .reset: "null"
        }
    }

    /// A value as JSON: lengths of time as people write them, references unfilled.
    static func json(_ value: ConfigValue) -> JSONValue {
        switch value {
        case .text(let text): .string(text)
        case .boolean(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .decimal(let number): JSONNumber(text: number.text).map { .number($0) } ?? .string(number.text)
        case .milliseconds(let count): .string(DurationText.text(ofMilliseconds: count))
        case .secret(let references): .array(references.map { .string($0.text) })
        case .list(let nodes): .array(nodes.map { json($0.value) })
        case .object(let object): .object(JSONObject(sorted(object).map { ($0.key, json($0.value.value)) }))
        case .json(let json): json
        case .reset: .null
        }
    }

    private static func sorted(_ object: ConfigObject) -> [(key: String, value: ConfigNode)] {
        object.fields.sorted { $0.key < $1.key }
    }
}
