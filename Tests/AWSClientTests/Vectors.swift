import Foundation
import JSONCoding

/// A vector file as JSON.
func vectors(_ name: String) throws -> JSONValue {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
    return try JSONParser.parse(Array(Data(contentsOf: folder.appending(path: name))))
}
