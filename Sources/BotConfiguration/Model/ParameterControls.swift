package import JSONCoding

/// What users may set themselves, by controls that Poe shows.
package enum ParameterControls: Hashable, Sendable {
    /// Nothing.
    case none
    /// What the model's facts say can be set.
    case auto
    /// These controls, as Poe specifies them.
    case stated(JSONObject)
}

extension ParameterControls {
    /// The controls that a configuration states.
    init(_ value: ConfigValue?) {
        switch value {
        case .text("auto"): self = .auto
        case .object(let object):
            var controls: JSONObject = ["api_version": "2"]
            for member in object.protocolJSON { controls[member.name] = member.value }
            self = .stated(controls)
        case .text, .boolean, .integer, .decimal, .milliseconds, .bytes, .secret, .file, .list, .json, .reset, nil:
            self = .none
        }
    }
}

extension ConfigObject {
    /// The object as other programs read it: numbers as numbers, and nothing where nothing is set.
    fileprivate var protocolJSON: JSONObject {
        JSONObject(fields.compactMap { key, node in node.value.protocolJSON.map { (key, $0) } })
    }
}

extension ConfigValue {
    fileprivate var protocolJSON: JSONValue? {
        switch self {
        case .text(let text): .string(text)
        case .boolean(let flag): .bool(flag)
        case .integer(let number), .milliseconds(let number), .bytes(let number): .integer(number)
        case .decimal(let number): JSONNumber(text: number.text).map { .number($0) }
        case .json(let json): json
        case .list(let nodes): .array(nodes.compactMap { $0.value.protocolJSON })
        case .object(let object): .object(object.protocolJSON)
        // Controls hold none of them, and none goes out.
        case .secret, .file, .reset: nil
        }
    }
}
