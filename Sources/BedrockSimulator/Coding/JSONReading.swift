import JSONCoding

/// The readers of request members: what is absent or null is nil or empty, what has another type than the service model
/// says is a SerializationException.
enum JSONReading {
    /// The service's words for a value of another type than it expects.
    static func mismatch(_ found: String, _ expected: String) -> ServiceError {
        ServiceError(.serialization, "\(found) can not be converted to \(expected)")
    }

    private static func mismatch(_ value: JSONValue, _ expected: String) -> ServiceError {
        let found =
            switch value {
            case .null: "NULL_VALUE"
            case .bool(let flag): flag ? "TRUE_VALUE" : "FALSE_VALUE"
            case .number: "NUMBER_VALUE"
            case .string: "STRING_VALUE"
            case .array: "START_ARRAY"
            case .object: "START_OBJECT"
            }
        return mismatch(found, expected)
    }

    /// An object that must be there.
    static func object(_ value: JSONValue) throws(ServiceError) -> JSONObject {
        guard let object = value.object else { throw mismatch(value, "a Structure") }
        return object
    }

    /// An object that may be absent.
    static func optionalObject(_ value: JSONValue?) throws(ServiceError) -> JSONObject? {
        guard let value, !value.isNull else { return nil }
        return try object(value)
    }

    /// A list; empty where it is absent.
    static func list(_ value: JSONValue?) throws(ServiceError) -> [JSONValue] {
        guard let value, !value.isNull else { return [] }
        guard let elements = value.array else { throw mismatch(value, "a List") }
        return elements
    }

    /// A string that may be absent.
    static func string(_ value: JSONValue?) throws(ServiceError) -> String? {
        guard let value, !value.isNull else { return nil }
        guard let string = value.string else { throw mismatch(value, "a String") }
        return string
    }

    /// A number that may be absent.
    static func number(_ value: JSONValue?) throws(ServiceError) -> JSONNumber? {
        guard let value, !value.isNull else { return nil }
        guard let number = value.number else { throw mismatch(value, "a Number") }
        return number
    }

    /// A whole number that may be absent.
    static func integer(_ value: JSONValue?) throws(ServiceError) -> Int? {
        guard let number = try number(value) else { return nil }
        guard let integer = number.integer else { throw mismatch("NUMBER_VALUE", "Integer") }
        return integer
    }

    /// A flag that may be absent.
    static func bool(_ value: JSONValue?) throws(ServiceError) -> Bool? {
        guard let value, !value.isNull else { return nil }
        guard let flag = value.bool else { throw mismatch(value, "Boolean") }
        return flag
    }
}
