import AWSSigning
import Foundation
import JSONCoding
import WallClock

/// The published and own vectors beside this file.
enum SigningVectors {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }

    static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    static func json(_ path: String) throws -> JSONValue { try JSONParser.parse(bytes(path)) }

    static func folders(in path: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path)
        return (names ?? []).sorted()
    }
}

/// What a vector lacks when it cannot be read.
struct VectorError: Error {
    let missing: String
}

extension JSONValue {
    func text(_ name: String) throws -> String {
        guard let value = self[name]?.string else { throw VectorError(missing: name) }
        return value
    }

    func time(_ name: String) throws -> Timestamp {
        guard let value = Timestamp(iso8601: try text(name)) else { throw VectorError(missing: name) }
        return value
    }
}

extension SigningRequest {
    /// A request from its raw text; a folded header keeps its line breaks.
    init(raw: String) throws {
        var lines = raw.split(separator: "\n", omittingEmptySubsequences: false)[...]
        let requestLine = lines.removeFirst()
        guard let method = requestLine.firstIndex(of: " "), let version = requestLine.lastIndex(of: " "),
            method < version
        else { throw VectorError(missing: "request line") }
        var headers: [(name: String, value: String)] = []
        while let line = lines.popFirst(), !line.isEmpty {
            if line.first == " ", let last = headers.popLast() {
                headers.append((last.name, "\(last.value)\n\(line)"))
            } else {
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                headers.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : ""))
            }
        }
        self.init(
            method: String(requestLine[..<method]),
            target: String(requestLine[requestLine.index(after: method)..<version]),
            headers: headers,
            bodyHash: sha256Hex(lines.joined(separator: "\n").utf8))
    }
}
