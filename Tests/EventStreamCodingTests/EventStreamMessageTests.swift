import EventStreamCoding
import Testing
import TestSupport

struct EventStreamMessageTests {
    @Test(
        arguments: [
            .bool(true), .bool(false), .int8(.min), .int8(.max), .int16(.min), .int16(.max), .int32(.min), .int32(.max),
            .int64(.min), .int64(.max), .bytes([]), .bytes([0, 255]), .bytes(Array(repeating: 7, count: 65_535)),
            .string(""), .string("wörld 🙂 \0"), .string(String(repeating: "x", count: 65_535)),
            .timestamp(milliseconds: 0), .timestamp(milliseconds: .min), .timestamp(milliseconds: .max), .uuid(0),
            .uuid(.max), .uuid(0x0102_0304_0506_0708_090A_0B0C_0D0E_0F10),
        ] as [EventStreamHeader.Value])
    func `every type of header comes back`(value: EventStreamHeader.Value) throws {
        let message = EventStreamMessage(
            headers: [EventStreamHeader(name: "h", value: value), EventStreamHeader(name: "i", value: .int8(1))],
            payload: [1, 2, 3])
        #expect(DecodedStream(try message.encoded()).messages == [message])
    }

    @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 17, 1000, 65_537]) func `payloads of any length come back`(count: Int)
        throws
    {
        var random = SeededGenerator(seed: UInt64(count))
        let payload = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        let message = EventStreamMessage(headers: [], payload: payload)
        #expect(DecodedStream(try message.encoded()).messages == [message])
    }

    @Test(
        arguments: [
            ([("", .bool(true))], .invalidHeaderName),
            ([(String(repeating: "n", count: 256), .bool(true))], .invalidHeaderName),
            ([("a", .string(String(repeating: "x", count: 65_536)))], .invalidHeaderValue(name: "a")),
            ([("a", .bytes(Array(repeating: 0, count: 65_536)))], .invalidHeaderValue(name: "a")),
            ([("a", .bool(true)), ("a", .int8(1))], .duplicateHeader(name: "a")),
            (
                ["a", "b", "c"].map { ($0, .bytes(Array(repeating: 0, count: 50_000))) },
                .headersTooLong(length: 150_015, limit: 131_072)
            ),
        ] as [([(String, EventStreamHeader.Value)], EventStreamError)])
    func `what the format cannot hold is not encoded`(
        headers: [(String, EventStreamHeader.Value)], error: EventStreamError
    ) {
        let message = EventStreamMessage(headers: headers.map { EventStreamHeader(name: $0.0, value: $0.1) })
        #expect(throws: error) { try message.encoded() }
    }

    @Test func `the longest name is 255 bytes`() throws {
        let name = String(repeating: "n", count: 255)
        let message = EventStreamMessage(headers: [EventStreamHeader(name: name, value: .string("x"))])
        #expect(DecodedStream(try message.encoded()).messages.first?.string(name) == "x")
    }

    @Test func `a look-up finds strings only`() {
        let message = EventStreamMessage(headers: [
            EventStreamHeader(name: "a", value: .int8(1)), EventStreamHeader(name: "b", value: .string("x")),
        ])
        #expect(message.string("a") == nil)
        #expect(message.string("b") == "x")
        #expect(message.string("B") == nil)
    }
}
