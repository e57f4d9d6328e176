import JSONCoding

/// The parts of the model's own answer that a request asked for.
enum ResponseFields {
    /// The members at JSON pointers (RFC 6901), each at its place; nil when none is there.
    ///
    /// - Parameters:
    ///   - paths: The pointers, such as `/stop_sequence`.
    ///   - answer: The answer, of which `stop_sequence`, `stop_reason` and `usage` are known.
    /// - Returns: An object with the members that there are.
    static func fields(at paths: [String], of answer: Answer) -> JSONValue? {
        let native: JSONValue = [
            "stop_reason": .string(answer.stopReason.rawValue),
            "stop_sequence": answer.stoppedBy.map { .string($0) } ?? .null,
            "usage": [
                "input_tokens": .integer(answer.usage.input), "output_tokens": .integer(answer.usage.output),
                "output_tokens_details": ["thinking_tokens": .integer(answer.usage.thinking)],
            ],
        ]
        var result = JSONObject()
        for path in paths {
            let names = path.split(separator: "/").map(String.init)
            var value: JSONValue? = native
            for name in names { value = value?[name] }
            guard let value, !names.isEmpty else { continue }
            result = inserting(value, at: names[...], into: result)
        }
        return result.isEmpty ? nil : .object(result)
    }

    private static func inserting(
        _ value: JSONValue, at names: ArraySlice<String>, into object: JSONObject
    ) -> JSONObject {
        guard let name = names.first else { return object }
        var object = object
        let rest = names.dropFirst()
        object[name] = rest.isEmpty ? value : .object(inserting(value, at: rest, into: object[name]?.object ?? [:]))
        return object
    }
}
