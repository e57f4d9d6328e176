package import JSONCoding
import Secrets

extension ConfigValue {
    /// The value on one line, as it could be written in YAML; lists and maps in flow style.
    package var text: String {
        switch self {
        case .text(let text): text.contains("\n") || text.isEmpty ? JSONValue.string(text).text() : text
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .decimal(let number): number.text
        case .milliseconds(let count): DurationText.text(ofMilliseconds: count)
        case .bytes(let count): SizeText.text(ofBytes: count)
        case .secret(let references):
            references.count == 1 ? references[0].text : "[\(references.map(\.text).joined(separator: ", "))]"
        case .file(let file): file.path
        case .list(let nodes): "[\(nodes.map(\.value.text).joined(separator: ", "))]"
        case .object(let object):
            "{\(object.sorted.map { "\($0.key): \($0.value.value.text)" }.joined(separator: ", "))}"
        case .json(let json): json.text()
        case .reset: "null"
        }
    }

    /// The value as JSON: lengths of time and sizes as people write them, references unfilled.
    package var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .boolean(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .decimal(let number): JSONNumber(text: number.text).map { .number($0) } ?? .string(number.text)
        case .milliseconds, .bytes: .string(text)
        case .secret(let references): .array(references.map { .string($0.text) })
        case .file(let file): .string(file.path)
        case .list(let nodes): .array(nodes.map(\.value.json))
        case .object(let object): .object(JSONObject(object.sorted.map { ($0.key, $0.value.value.json) }))
        case .json(let json): json
        case .reset: .null
        }
    }
}

extension ConfigObject {
    /// The members by their names.
    fileprivate var sorted: [(key: String, value: ConfigNode)] { fields.sorted { $0.key < $1.key } }
}
