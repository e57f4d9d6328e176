package import JSONCoding

/// An error in the service's shape.
///
/// Source: OpenAI API reference, "Error codes".
package struct OpenAIError: Error, Hashable, Sendable {
    package var message: String
    /// A word such as `invalid_request_error`.
    package var type: String?
    /// A finer word such as `context_length_exceeded`; compatible services put numbers here, too.
    package var code: String?
    /// The member of the request that is wrong.
    package var param: String?

    package init(message: String, type: String?, code: String? = nil, param: String? = nil) {
        self.message = message
        self.type = type
        self.code = code
        self.param = param
    }

    /// A request that cannot be served as it is.
    package static func invalid(_ message: String, param: String?, code: String? = nil) -> OpenAIError {
        OpenAIError(message: message, type: "invalid_request_error", code: code, param: param)
    }

    /// The body of an error answer.
    package var json: JSONValue {
        [
            "error": [
                "message": .string(message), "type": type.map { .string($0) } ?? .null,
                "param": param.map { .string($0) } ?? .null, "code": code.map { .string($0) } ?? .null,
            ]
        ]
    }

    /// Reads an error of a service, as far as it can be told; nil when the value holds none.
    ///
    /// Compatible services put the object at the root, a text in its place, or a list around it.
    package init?(_ value: JSONValue) {
        let root = value.array?.first ?? value
        let error = root["error"] ?? (root["message"] == nil && root["detail"] == nil ? nil : root)
        guard let error, !error.isNull else { return nil }
        if let text = error.string {
            self.init(message: text, type: root["error_type"]?.string)
            return
        }
        let code = error["code"]
        self.init(
            message: error["message"]?.string ?? error["detail"]?.string ?? "",
            type: error["type"]?.string ?? error["status"]?.string,
            code: code?.string ?? code?.number?.text, param: error["param"]?.string)
    }
}
