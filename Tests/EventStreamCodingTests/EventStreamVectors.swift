import EventStreamCoding
import Foundation
import JSONCoding
import Testing

/// The published and own vectors beside this file.
enum EventStreamVectors {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }

    static func json(_ path: String) throws -> JSONValue { try JSONParser.parse(bytes(path)) }

    static func files(in path: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path)
        return (names ?? []).sorted().map { "\(path)/\($0)" }
    }
}

/// What a vector lacks when it cannot be read.
struct VectorError: Error {
    let missing: String
}

/// The bytes as they go out of a decoder, and how the stream ended.
struct DecodedStream: Equatable {
    var messages: [EventStreamMessage] = []
    var error: EventStreamError?

    /// Feeds the pieces one after the other, taking what is there after each.
    init(pieces: some Sequence<some Sequence<UInt8>>, limits: EventStreamLimits = EventStreamLimits()) {
        var decoder = EventStreamDecoder(limits: limits)
        do {
            for piece in pieces { try decoder.take(piece, into: &messages) }
            try decoder.finish()
        } catch {
            self.error = error as? EventStreamError
        }
    }

    init(_ bytes: [UInt8], limits: EventStreamLimits = EventStreamLimits()) {
        self.init(pieces: [bytes], limits: limits)
    }
}

extension EventStreamDecoder {
    /// Takes in the next bytes, and keeps every message that is whole with them.
    mutating func take(_ bytes: some Sequence<UInt8>, into messages: inout [EventStreamMessage]) throws {
        try Array(bytes).withUnsafeBytes { bytes in
            try decode(bytes) { frame in
                let message = frame.message
                // Compared by hand, as an expectation for each frame of each split takes its time.
                if frame.eventType != message.string(":event-type")
                    || frame.messageType != message.string(":message-type")
                    || frame.exceptionType != message.string(":exception-type")
                    || !frame.payload.elementsEqual(message.payload)
                {
                    Issue.record("a frame differs from its copy")
                }
                messages.append(message)
            }
        }
    }
}

/// A header of the JSON descriptions, which differ in how they write bytes.
struct DescribedHeader: Hashable {
    let name: String
    let type: Int
    /// Numbers and Booleans as JSON; strings as text; bytes and identifiers in hex.
    let value: String

    init(_ json: JSONValue, base64Strings: Bool) throws {
        guard let name = json["name"]?.string, let type = json["type"]?.integer, let value = json["value"] else {
            throw VectorError(missing: "header")
        }
        self.name = name
        self.type = type
        guard let text = value.string else {
            self.value = value["hex"]?.string ?? value.text()
            return
        }
        let isBase64 = type == 6 || (base64Strings && (type == 7 || type == 9))
        guard isBase64 else {
            self.value = text
            return
        }
        guard let data = Data(base64Encoded: text) else { throw VectorError(missing: "base64") }
        self.value = type == 7 ? String(decoding: data, as: UTF8.self) : hex(data)
    }

    init(_ header: EventStreamHeader) {
        name = header.name
        (type, value) =
            switch header.value {
            case .bool(let value): (value ? 0 : 1, "\(value)")
            case .int8(let value): (2, "\(value)")
            case .int16(let value): (3, "\(value)")
            case .int32(let value): (4, "\(value)")
            case .int64(let value): (5, "\(value)")
            case .bytes(let value): (6, hex(value))
            case .string(let value): (7, value)
            case .timestamp(let value): (8, "\(value)")
            case .uuid(let value): (9, hex(withUnsafeBytes(of: value.bigEndian) { Array($0) }))
            }
    }
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String(format: "%02x", $0) }.joined()
}
