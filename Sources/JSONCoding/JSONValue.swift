/// A JSON text as a value (RFC 8259).
///
/// Numbers keep their source text and objects keep the order of their members, so that what was read can be written
/// back byte for byte, and so that money never passes through a binary fraction.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// An integer as a JSON number.
    package static func integer(_ value: some BinaryInteger) -> JSONValue {
        .number(JSONNumber(value))
    }

    /// The same for the usual kind of integer.
    package static func integer(_ value: Int) -> JSONValue {
        .number(JSONNumber(value))
    }

    /// The string, or nil when the value is of another type.
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The Boolean, or nil when the value is of another type.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number, or nil when the value is of another type.
    package var number: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The number as an integer, or nil when the value is no number, has a fraction, or does not fit.
    package var integer: Int? { number?.integer }

    /// The number as a binary fraction, or nil when the value is no number or not finite.
    package var double: Double? { number?.double }

    /// The elements, or nil when the value is of another type.
    package var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members, or nil when the value is of another type.
    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Whether the value is `null`.
    package var isNull: Bool { self == .null }

    /// The member of that name, or nil when the value is no object or has no such member.
    package subscript(name: String) -> JSONValue? { object?[name] }

    /// What a person calls the type of the value: "a string", "an object".
    package var typeDescription: String {
        switch self {
        case .null: "null"
        case .bool: "a Boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}
