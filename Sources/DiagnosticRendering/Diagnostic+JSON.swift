package import Diagnostics
package import JSONCoding

extension Diagnostic {
    /// The diagnostic for scripts.
    package var json: JSONValue {
        var object: JSONObject = [
            "code": .string(code.rawValue), "severity": .string(severity.rawValue), "message": .string(message),
        ]
        if let file { object.append("file", .string(file)) }
        if let location {
            object.append("line", .integer(location.line))
            object.append("column", .integer(location.column))
            object.append("length", .integer(location.length))
            object.append("excerpt", .string(location.excerpt))
        }
        object.append("help", .array(help.map { .string($0) }))
        object.append("notes", .array(notes.map(\.json)))
        return .object(object)
    }
}

extension Diagnostic.Note {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["message": .string(message)]
        if let location {
            object.append("file", .string(location.file))
            object.append("line", .integer(location.line))
            object.append("column", .integer(location.column))
        }
        return .object(object)
    }
}
