import Bedrock
import ChatEvents
import EventStreamCoding
import JSONCoding
import Testing

/// What a hostile answer may hold, and what becomes of the rest.
struct AnswerBoundTests {
    private func events(_ messages: [(type: String, payload: String)]) throws -> [ChatEvent] {
        let bytes = try messages.flatMap { try frame($0.type, $0.payload) } + endFrames()
        var decoder = ConverseStreamDecoder(requestID: "r-1")
        var stream = EventStreamDecoder()
        var events: [ChatEvent] = []
        try bytes.withUnsafeBytes { bytes in
            try stream.decode(bytes) { try decoder.decode($0, into: &events) }
        }
        return events
    }

    @Test(arguments: [
        #"{"reasoningContent":{"signature":""}}"#, #"{"reasoningContent":{"redactedContent":""}}"#,
    ])
    func `pieces that are nothing open no blocks without end`(delta: String) throws {
        let pieces = (0..<5_000).map {
            ("contentBlockDelta", #"{"contentBlockIndex":\#($0),"delta":\#(delta)}"#)
        }
        #expect(try events(pieces).count <= 1024 + 2)
    }

    @Test(arguments: [("png", 1), ("webp", 1), ("svg+xml", 0), ("x\\r\\nset-cookie: a", 0), ("", 0)])
    func `a picture of a format that the service has not is passed over`(format: String, files: Int) throws {
        let events = try events([
            ("contentBlockStart", #"{"contentBlockIndex":0,"start":{"image":{"format":"\#(format)"}}}"#),
            ("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"image":{"source":{"bytes":"aGk="}}}}"#),
            ("contentBlockStop", #"{"contentBlockIndex":0}"#),
        ])
        let found = events.compactMap { if case .file(let file) = $0 { file } else { nil } }
        #expect(found.count == files)
        if files == 1 { #expect(found.map(\.mediaType.description) == ["image/\(format)"]) }
    }
}
