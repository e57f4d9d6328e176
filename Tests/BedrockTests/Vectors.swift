import ChatEvents
import EventStreamCoding
import Foundation
import JSONCoding
import Testing

/// A whole ConverseStream body.
struct StreamVector: Sendable, CustomTestStringConvertible {
    let name: String

    var testDescription: String { name }

    private var base: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors/eventstream/\(name)")
    }

    /// The bytes of the body.
    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: base.appendingPathExtension("bin"))) }

    /// The messages as a description beside the bytes has them.
    func messages() throws -> [JSONValue] {
        try JSONParser.parse(Array(Data(contentsOf: base.appendingPathExtension("json"))))["messages"]?.array ?? []
    }
}

/// A message of a stream, as the service writes it.
func frame(_ type: String, _ payload: String, kind: String = "event") throws -> [UInt8] {
    try message(type, payload, kind: kind).encoded()
}

/// A message of a stream.
func message(_ type: String, _ payload: String, kind: String = "event") -> EventStreamMessage {
    EventStreamMessage(
        headers: [
            EventStreamHeader(name: ":\(kind)-type", value: .string(type)),
            EventStreamHeader(name: ":content-type", value: .string("application/json")),
            EventStreamHeader(name: ":message-type", value: .string(kind)),
        ],
        payload: Array(payload.utf8))
}

/// A message with a piece of the answer's text.
func textFrame(_ text: String) throws -> [UInt8] {
    try frame("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":\#(JSONValue.string(text).text())}}"#)
}

/// The messages that end an answer.
func endFrames() throws -> [UInt8] {
    try frame("messageStop", #"{"stopReason":"end_turn"}"#)
        + frame("metadata", #"{"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}"#)
}

extension [ChatEvent] {
    /// The text of the answer.
    var text: String { map { if case .text(let text) = $0 { text } else { "" } }.joined() }
}
