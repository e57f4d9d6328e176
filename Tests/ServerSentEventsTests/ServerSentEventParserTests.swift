import ServerSentEvents
import Testing
import TestSupport

/// The events of a stream, and what the parser knows at its end.
struct ParsedStream: Equatable {
    var events: [ServerSentEvent] = []
    var error: ServerSentEventError?
    var reconnectionTime: Duration?
    var commentCount = 0
    var hasUnfinishedEvent = false

    init(pieces: some Sequence<some Sequence<UInt8>>, byteLimit: Int = 1_048_576) {
        var parser = ServerSentEventParser(byteLimit: byteLimit)
        do throws(ServerSentEventError) {
            for piece in pieces {
                parser.append(piece)
                while let event = try parser.next() { events.append(event) }
            }
        } catch {
            self.error = error
        }
        reconnectionTime = parser.reconnectionTime
        commentCount = parser.commentCount
        hasUnfinishedEvent = parser.hasUnfinishedEvent
    }

    init(_ text: String, byteLimit: Int = 1_048_576) { self.init(pieces: [text.utf8], byteLimit: byteLimit) }
}

/// A stream and what it means.
struct StreamCase: CustomTestStringConvertible, Sendable {
    let bytes: [UInt8]
    let events: [ServerSentEvent]

    var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }

    init(_ text: String, _ events: [ServerSentEvent]) { self.init(Array(text.utf8), events) }

    init(_ bytes: [UInt8], _ events: [ServerSentEvent]) {
        self.bytes = bytes
        self.events = events
    }

    private static func event(_ data: String, name: String = "message", id: String = "") -> ServerSentEvent {
        ServerSentEvent(name: name, data: data, lastEventID: id)
    }

    /// The examples of the standard, section "Interpreting an event stream" and introduction.
    static let standard = [
        StreamCase(
            "data: This is the first message.\n\ndata: This is the second message, it\ndata: has two lines.\n\n"
                + "data: This is the third message.\n\n",
            [
                event("This is the first message."), event("This is the second message, it\nhas two lines."),
                event("This is the third message."),
            ]),
        StreamCase(
            "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n",
            [event("73857293", name: "add"), event("2153", name: "remove"), event("113411", name: "add")]),
        StreamCase("data: YHOO\ndata: +2\ndata: 10\n\n", [event("YHOO\n+2\n10")]),
        StreamCase(
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            [event("first event", id: "1"), event("second event"), event(" third event")]),
        StreamCase("data\n\ndata\ndata\n\ndata:", [event(""), event("\n")]),
        StreamCase("data:test\n\ndata: test\n\n", [event("test"), event("test")]),
    ]

    /// What the standard says without an example.
    static let rules = [
        StreamCase("", []),
        StreamCase("\n\n\n", []),
        StreamCase("data: a\r\n\r\ndata: b\r\rdata: c\n\r\n", [event("a"), event("b"), event("c")]),
        StreamCase("data: a\rdata: b\r\ndata: c\n\n", [event("a\nb\nc")]),
        StreamCase("\u{FEFF}data: a\n\n", [event("a")]),
        StreamCase("\u{FEFF}\u{FEFF}data: a\n\ndata: b\n\n", [event("b")]),
        StreamCase("data: a\u{FEFF}\n\n", [event("a\u{FEFF}")]),
        StreamCase("event: nothing\n\ndata: a\n\n", [event("a")]),
        StreamCase("event: x\nevent\ndata: a\n\n", [event("a")]),
        StreamCase("event: x\nevent: y\ndata: a\n\n", [event("a", name: "y")]),
        StreamCase("Data: a\n data: b\ndata : c\nunknown: d\n\n", []),
        StreamCase("data:a:b\n\n", [event("a:b")]),
        StreamCase(":data: a\n::\n:\n\n", []),
        StreamCase(
            "id: 1\n\ndata: a\n\nid: 2\0\ndata: b\n\nid\ndata: c\n\n",
            [event("a", id: "1"), event("b", id: "1"), event("c")]),
        StreamCase("data: a\n", []),
        StreamCase("data: a", []),
        StreamCase("data: grüße 🙂\u{2028}\u{85}x\n\n", [event("grüße 🙂\u{2028}\u{85}x")]),
        StreamCase(Array("data: ".utf8) + [0xFF, 0x0A, 0x0A], [event("\u{FFFD}")]),
        StreamCase(Array("event: ".utf8) + [0xC3, 0x0A] + Array("data: b\n\n".utf8), [event("b", name: "\u{FFFD}")]),
        StreamCase([0xEF, 0xBB, 0x0A] + Array("data: a\n\n".utf8), [event("a")]),
        StreamCase([0xEF], []),
    ]
}

struct ServerSentEventParserTests {
    @Test(arguments: StreamCase.standard + StreamCase.rules) func `a stream means what the standard says`(
        stream: StreamCase
    ) {
        let parsed = ParsedStream(pieces: [stream.bytes])
        #expect(parsed.events == stream.events)
        #expect(parsed.error == nil)
    }

    @Test(arguments: StreamCase.standard + StreamCase.rules)
    func `the pieces that a stream comes in do not matter`(stream: StreamCase) {
        let whole = ParsedStream(pieces: [stream.bytes])
        #expect(ParsedStream(pieces: stream.bytes.map { [$0] }) == whole)
        for split in 0...stream.bytes.count {
            #expect(ParsedStream(pieces: [stream.bytes[..<split], stream.bytes[split...]]) == whole)
        }
    }

    @Test(arguments: ["\n", "\r", "\r\n"]) func `an event comes out with its last byte`(lineEnd: String) throws {
        var parser = ServerSentEventParser()
        parser.append("data: a\(lineEnd)".utf8)
        #expect(try parser.next() == nil)
        #expect(parser.hasUnfinishedEvent)
        parser.append(lineEnd.utf8.prefix(1))
        #expect(try parser.next() == ServerSentEvent(data: "a"))
        #expect(try parser.next() == nil)
        parser.append(lineEnd.utf8.dropFirst())
        #expect(try parser.next() == nil)
        #expect(!parser.hasUnfinishedEvent)
    }

    @Test func `comments are counted and harmless`() {
        let parsed = ParsedStream(": ping\n\n:\ndata: a\n: within\ndata: b\n\n: ping\n\n")
        #expect(parsed.events == [ServerSentEvent(data: "a\nb")])
        #expect(parsed.commentCount == 4)
        #expect(!parsed.hasUnfinishedEvent)
    }

    @Test(
        arguments: [
            ("retry: 1500\n", .milliseconds(1500)), ("retry: 1\nretry: 2\n", .milliseconds(2)), ("retry\n", nil),
            ("retry: 1.5\n", nil), ("retry: -1\n", nil), ("retry: +1\n", nil), ("retry: 1 \n", nil),
            ("retry: 99999999999999999999999999\n", nil), ("retry: 7\nretry: x\n", .milliseconds(7)),
        ] as [(String, Duration?)])
    func `retry is a number of milliseconds or ignored`(text: String, time: Duration?) {
        #expect(ParsedStream(text).reconnectionTime == time)
    }

    @Test(arguments: ["data: a", "data: a\n", "event: x\n", "dat", ": ping"])
    func `a stream that stops within an event is told apart`(text: String) {
        #expect(ParsedStream(text).hasUnfinishedEvent)
    }

    @Test(arguments: [
        String(repeating: "x", count: 101), "data: " + String(repeating: "x", count: 95),
        ": " + String(repeating: "x", count: 99) + "\n\n", String(repeating: "data: xxxxxxxxxx\n", count: 9),
        "event: " + String(repeating: "x", count: 80) + "\ndata: " + String(repeating: "x", count: 20),
        String(repeating: "data\n", count: 200),
    ])
    func `an event past the limit is an error`(text: String) {
        let whole = ParsedStream(pieces: [Array(text.utf8)], byteLimit: 100)
        #expect(whole.error == .eventTooLong(limit: 100))
        #expect(whole.events.isEmpty)
        #expect(ParsedStream(pieces: text.utf8.map { [$0] }, byteLimit: 100) == whole)
    }

    @Test func `the limit is one of an event, not of a stream`() {
        let text = String(repeating: "data: \(String(repeating: "x", count: 94))\n\n: ping\n\n", count: 50)
        let parsed = ParsedStream(text, byteLimit: 100)
        #expect(parsed.error == nil)
        #expect(parsed.events.count == 50)
    }

    @Test func `events before an error come out, and the error stays`() throws {
        var parser = ServerSentEventParser(byteLimit: 10)
        parser.append("data: a\n\ndata: \(String(repeating: "x", count: 20))\n\n".utf8)
        #expect(try parser.next() == ServerSentEvent(data: "a"))
        for _ in 0..<3 {
            #expect(throws: ServerSentEventError.eventTooLong(limit: 10)) { try parser.next() }
            parser.append("data: b\n\n".utf8)
        }
    }

    @Test func `a long event in small pieces costs no square of its length`() throws {
        var parser = ServerSentEventParser()
        parser.append("data: ".utf8)
        for _ in 0..<200_000 {
            parser.append(CollectionOfOne(0x78))
            #expect(try parser.next() == nil)
        }
        parser.append("\n\n".utf8)
        #expect(try parser.next()?.data.utf8.count == 200_000)
    }

    @Test func `random bytes never crash and do not depend on their pieces`() {
        let seed: UInt64 = 0x5EED_0002
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("data: event id retry:\n\n\r\n\r\n:\0\u{FEFF}x1".utf8) + [0xFF, 0xC3]
        for _ in 0..<1000 {
            let bytes = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? alphabet[Int.random(in: alphabet.indices, using: &random)]
                    : UInt8.random(in: 0...255, using: &random)
            }
            let whole = ParsedStream(pieces: [bytes], byteLimit: 60)
            #expect(ParsedStream(pieces: bytes.map { [$0] }, byteLimit: 60) == whole, "seed \(seed)")
        }
    }
}
