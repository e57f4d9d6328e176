package import JSONCoding

/// Why a body is no request of the Poe protocol.
package enum PoeRequestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The body is no JSON, or goes past a bound.
    case notJSON(JSONError)
    /// The body is JSON, but no object; `found` is what it is instead, as in "a list".
    case notAnObject(found: String)
    case typeMissing
    /// `type` is there and no string; `found` is what it is instead, as in "a number".
    case typeNotAString(found: String)

    /// What is wrong, for the caller; holds nothing of the body.
    package var message: String {
        switch self {
        case .notJSON(let error): error.description
        case .notAnObject(let found): "the body must be a JSON object, not \(found)"
        case .typeMissing: "the key 'type' is missing"
        case .typeNotAString(let found): "'type' must be a string, not \(found)"
        }
    }

    package var description: String { message }
}
