import JSONCoding

/// Reading of members that may be missing, null or of the wrong type, all of which count as absent.
extension JSONObject {
    /// The string, or the empty one.
    func text(_ name: String) -> String { self[name]?.string ?? "" }

    /// The string, or nil.
    func optionalText(_ name: String) -> String? { self[name]?.string }

    /// The Boolean, or nil.
    func flag(_ name: String) -> Bool? { self[name]?.bool }

    /// The whole number, or nil; one written with a fraction of zero or an exponent counts too.
    func whole(_ name: String) -> Int? {
        guard let number = self[name]?.number else { return nil }
        return number.integer ?? number.double.flatMap { Int(exactly: $0) }
    }

    /// The objects of a list; elements of another type are left out.
    func objects(_ name: String) -> [JSONObject] { self[name]?.array?.compactMap(\.object) ?? [] }

    /// The strings of a list; elements of another type are left out.
    func texts(_ name: String) -> [String] { self[name]?.array?.compactMap(\.string) ?? [] }
}

extension JSONValue {
    /// The string, or `null`.
    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    /// The Boolean, or `null`.
    static func optional(_ flag: Bool?) -> JSONValue { flag.map { .bool($0) } ?? .null }

    /// The whole number, or `null`.
    static func optional(_ whole: Int?) -> JSONValue { whole.map { .integer($0) } ?? .null }

    /// The number, or `null` when there is none or it is not finite.
    static func optional(_ number: Double?) -> JSONValue {
        number.flatMap { JSONNumber(text: "\($0)") }.map { .number($0) } ?? .null
    }
}
