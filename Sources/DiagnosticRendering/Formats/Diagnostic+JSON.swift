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
            if location.excerptColumn > 1 { object.append("excerpt_column", .integer(location.excerptColumn)) }
        }
        object.append("help", .array(help.map { .string($0) }))
        object.append("notes", .array(notes.map(\.json)))
        if let fix { object.append("fix", fix.json) }
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

extension Fix {
    fileprivate var json: JSONValue {
        [
            "summary": .string(summary),
            "edits": .array(
                edits.map { edit in
                    [
                        "file": .string(edit.file), "offset": .integer(edit.range.lowerBound),
                        "length": .integer(edit.range.count), "replacement": .string(edit.replacement),
                    ]
                }),
        ]
    }
}
