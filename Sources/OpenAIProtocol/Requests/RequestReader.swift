import JSONCoding

/// Reads the members of a request, and says in the service's own manner what is wrong with one.
///
/// A member that is null counts as absent.
struct RequestReader {
    private let object: JSONObject
    private let path: String

    init(_ value: JSONValue, at path: String = "") throws(OpenAIError) {
        guard let object = value.object else {
            throw .invalid(
                path.isEmpty
                    ? "the request must be a JSON object" : "'\(path)' must be an object, not \(value.typeDescription)",
                param: path.isEmpty ? nil : path, code: "invalid_type")
        }
        self.object = object
        self.path = path
    }

    var members: [JSONObject.Member] { object.members }

    subscript(name: String) -> JSONValue? {
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    /// The path of a member, from the request's root.
    func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    func text(_ name: String) throws(OpenAIError) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw wrongType(name, value, expected: "a string") }
        return text
    }

    func requiredText(_ name: String) throws(OpenAIError) -> String {
        guard let text = try text(name) else { throw missing(name) }
        return text
    }

    func boolean(_ name: String) throws(OpenAIError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard let flag = value.bool else { throw wrongType(name, value, expected: "a Boolean") }
        return flag
    }

    /// A text that is no longer than that.
    func text(_ name: String, limitInBytes limit: Int) throws(OpenAIError) -> String? {
        guard let text = try text(name) else { return nil }
        guard text.utf8.count <= limit else {
            throw .invalid(
                "'\(place(name))' has more than \(limit) bytes", param: place(name), code: "string_above_max_length")
        }
        return text
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(OpenAIError) -> Int? {
        guard let value = self[name] else { return nil }
        guard let number = value.integer else { throw wrongType(name, value, expected: "an integer") }
        if number < range.lowerBound { throw outside(name, "integer", below: "\(range.lowerBound)", value) }
        if number > range.upperBound { throw outside(name, "integer", above: "\(range.upperBound)", value) }
        return number
    }

    /// How much likelier tokens become, by their numbers.
    func logitBias() throws(OpenAIError) -> [Int: Double] {
        guard let value = self["logit_bias"] else { return [:] }
        guard let object = value.object else { throw wrongType("logit_bias", value, expected: "an object") }
        var biases: [Int: Double] = [:]
        for member in object.members {
            guard let token = Int(member.name), token >= 0, let bias = member.value.double, abs(bias) <= 100,
                biases.count < Self.biasLimit
            else {
                throw .invalid(
                    "'\(place("logit_bias"))' must map up to \(Self.biasLimit) tokens' numbers to -100 to 100",
                    param: place("logit_bias"), code: "invalid_value")
            }
            biases[token] = bias
        }
        return biases
    }

    private static let biasLimit = 1_024

    func number(_ name: String, in range: ClosedRange<Double>) throws(OpenAIError) -> Double? {
        guard let value = self[name] else { return nil }
        guard let number = value.double else { throw wrongType(name, value, expected: "a number") }
        if number < range.lowerBound { throw outside(name, "decimal", below: Self.text(of: range.lowerBound), value) }
        if number > range.upperBound { throw outside(name, "decimal", above: Self.text(of: range.upperBound), value) }
        return number
    }

    func array(_ name: String) throws(OpenAIError) -> [JSONValue]? {
        guard let value = self[name] else { return nil }
        guard let array = value.array else { throw wrongType(name, value, expected: "a list") }
        return array
    }

    /// The reader of a member that is an object.
    func requiredObject(_ name: String) throws(OpenAIError) -> RequestReader {
        guard let value = self[name] else { throw missing(name) }
        return try RequestReader(value, at: place(name))
    }

    func requiredArray(_ name: String) throws(OpenAIError) -> [JSONValue] {
        guard let array = try array(name) else { throw missing(name) }
        return array
    }

    /// A text, or a list of them.
    func texts(_ name: String, limit: Int) throws(OpenAIError) -> [String] {
        guard let value = self[name] else { return [] }
        if let text = value.string { return [text] }
        guard let array = value.array else {
            throw wrongType(name, value, expected: "a string or a list of up to \(limit) strings")
        }
        guard array.count <= limit else {
            throw .invalid(
                "Invalid '\(place(name))': array too long. Expected an array with maximum length \(limit), but got an "
                    + "array with length \(array.count) instead.", param: place(name), code: "array_above_max_length")
        }
        var texts: [String] = []
        for (index, item) in array.enumerated() {
            guard let text = item.string else { throw wrongType("\(name)[\(index)]", item, expected: "a string") }
            texts.append(text)
        }
        return texts
    }

    func missing(_ name: String) -> OpenAIError {
        .invalid("'\(place(name))' is missing", param: place(name), code: "missing_required_parameter")
    }

    private static func text(of bound: Double) -> String { Int(exactly: bound).map { "\($0)" } ?? "\(bound)" }

    /// A number that is too small or too large, in the service's words.
    private func outside(
        _ name: String, _ sort: String, below least: String? = nil, above most: String? = nil, _ value: JSONValue
    ) -> OpenAIError {
        let (side, bound) = least.map { ("below minimum", ">= \($0)") } ?? ("above maximum", "<= \(most ?? "")")
        return .invalid(
            "Invalid '\(place(name))': \(sort) \(side) value. Expected a value \(bound), but got "
                + "\(value.number?.text.prefix(40) ?? "") instead.", param: place(name),
            code: least == nil ? "\(sort)_above_max_value" : "\(sort)_below_min_value")
    }

    func wrongType(_ name: String, _ value: JSONValue, expected: String) -> OpenAIError {
        .invalid(
            "'\(place(name))' must be \(expected), not \(value.typeDescription)", param: place(name),
            code: "invalid_type")
    }
}
