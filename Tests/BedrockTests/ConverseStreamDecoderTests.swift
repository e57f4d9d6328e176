import Bedrock
import ChatEvents
import EventStreamCoding
import JSONCoding
import Testing
import TestSupport

struct ConverseStreamDecoderTests {
    /// What a body of the vectors holds.
    struct Expected: Sendable {
        let vector: StreamVector
        var events: [ChatEvent] = []
        var failure: Failure?

        struct Failure: Hashable {
            var kind: ChatFailure.Kind
            var code: String?
            var status: Int?
            var says: String
        }
    }

    static let expectations: [Expected] = [
        Expected(
            vector: StreamVector(name: "converse-text"),
            events: [
                .text("Hel"), .text("lo, wörld "), .text("😀"), .finished(.endOfTurn),
                .usage(TokenUsage(input: 11, output: 5, statedTotal: 16)),
            ]),
        Expected(
            vector: StreamVector(name: "converse-empty-answer"),
            events: [.finished(.endOfTurn), .usage(TokenUsage(input: 5, output: 0, statedTotal: 5))]),
        Expected(
            vector: StreamVector(name: "converse-max-tokens"),
            events: [.text("One"), .finished(.maxTokens), .usage(TokenUsage(input: 9, output: 1, statedTotal: 10))]),
        Expected(
            vector: StreamVector(name: "converse-guardrail"),
            events: [
                .text("Sorry, I cannot help with that."), .finished(.contentFiltered),
                .usage(TokenUsage(input: 0, output: 0, statedTotal: 0)),
            ]),
        Expected(
            vector: StreamVector(name: "converse-image"),
            events: [
                .file(
                    GeneratedFile(
                        name: "image-1.png", mediaType: MediaType("image/png"),
                        bytes: Array("\u{89}PNG\r\n".unicodeScalars.map { UInt8($0.value) })
                            + Array("\u{1A}\nrest".utf8))),
                .finished(.endOfTurn), .usage(TokenUsage(input: 5, output: 100, statedTotal: 105)),
            ]),
        Expected(
            vector: StreamVector(name: "converse-reasoning"),
            events: [
                .reasoning("First, "), .reasoning("think."),
                .reasoningBlock(
                    ReasoningBlock(text: "First, think.", signature: "ErUBCkYIARgCIkDsig==", modelID: "m")),
                .reasoningBlock(ReasoningBlock(redacted: "b3BhcXVlLWJ5dGVz", modelID: "m")),
                .text("42"), .finished(.endOfTurn),
                .usage(TokenUsage(input: 38, output: 129, cacheRead: 0, cacheWrite: 2048, statedTotal: 2215)),
            ]),
        Expected(
            vector: StreamVector(name: "converse-tool-use"),
            events: [
                .text("Let me check."),
                .toolCallStarted(index: 0, id: "tooluse_Abc-123", name: "get_weather"),
                .toolCallInput(index: 0, fragment: #"{"city": "Par"#),
                .toolCallInput(index: 0, fragment: #"is", "days": 2}"#),
                .toolCallStarted(index: 1, id: "tooluse_Def-456", name: "now"), .finished(.toolUse),
                .usage(TokenUsage(input: 420, output: 61, cacheRead: 300, statedTotal: 781)),
            ]),
        Expected(
            vector: StreamVector(name: "converse-unknown-event"),
            events: [
                .text("ok"), .finished(.other("some_future_reason")),
                .usage(TokenUsage(input: 1, output: 1, statedTotal: 2)),
            ]),
        Expected(
            vector: StreamVector(name: "converse-exception-first"),
            failure: .init(
                kind: .unavailable, code: "ServiceUnavailableException", status: 503, says: "unable to process")),
        Expected(
            vector: StreamVector(name: "converse-throttled-midstream"), events: [.text("Partial")],
            failure: .init(kind: .throttled, code: "ThrottlingException", status: 429, says: "Too many tokens")),
        Expected(
            vector: StreamVector(name: "converse-validation-midstream"),
            failure: .init(kind: .invalidRequest, code: "ValidationException", status: 400, says: "bad input")),
        Expected(
            vector: StreamVector(name: "converse-model-stream-error"),
            failure: .init(
                kind: .modelError, code: "ModelStreamErrorException", status: 424,
                says: "The model stream failed. (500: upstream closed)")),
        Expected(
            vector: StreamVector(name: "converse-unmodeled-error"),
            failure: .init(kind: .unavailable, code: "InternalFailure", status: 500, says: "something broke")),
        Expected(
            vector: StreamVector(name: "converse-truncated"), events: [.text("Hel"), .text("lo, wörld ")],
            failure: .init(kind: .modelError, says: "ended")),
    ]

    /// Reads a body that comes in pieces.
    private func read(_ pieces: [ArraySlice<UInt8>]) -> ([ChatEvent], ChatFailure?) {
        var messages = EventStreamDecoder()
        var answer = ConverseStreamDecoder(requestID: "r-1", thoughts: ThoughtSource(modelID: "m"))
        var events: [ChatEvent] = []
        do {
            for piece in pieces {
                try piece.withUnsafeBytes { try messages.decode($0) { try answer.decode($0, into: &events) } }
            }
            try answer.finish()
            return (events, nil)
        } catch {
            return (events, error as? ChatFailure)
        }
    }

    private func check(_ result: ([ChatEvent], ChatFailure?), _ expected: Expected, _ comment: Comment? = nil) {
        #expect(result.0 == expected.events, comment)
        guard let failure = expected.failure else {
            #expect(result.1 == nil, comment)
            return
        }
        #expect(result.1?.kind == failure.kind, comment)
        #expect(result.1?.upstreamCode == failure.code, comment)
        #expect(result.1?.upstreamStatus == failure.status, comment)
        #expect(result.1?.upstreamRequestID == "r-1", comment)
        #expect(result.1?.detail.contains(failure.says) == true, comment)
    }

    @Test(arguments: expectations)
    func `a whole body gives its events`(expected: Expected) throws {
        check(read([try expected.vector.bytes()[...]]), expected)
    }

    @Test(arguments: expectations)
    func `a body split anywhere gives the same events`(expected: Expected) throws {
        let bytes = try expected.vector.bytes()
        for split in bytes.indices { check(read([bytes[..<split], bytes[split...]]), expected, "split at \(split)") }
        check(read(bytes.indices.map { bytes[$0...$0] }), expected, "byte by byte")
    }

    // MARK: - Details

    private func decode(_ messages: EventStreamMessage...) throws -> [ChatEvent] {
        var decoder = ConverseStreamDecoder()
        var events: [ChatEvent] = []
        for message in messages { try decoder.decode(message, into: &events) }
        return events
    }

    private let stop = message("messageStop", #"{"stopReason":"end_turn"}"#)
    private let usage = message("metadata", #"{"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}"#)

    @Test(
        arguments: [
            ("end_turn", .endOfTurn), ("stop_sequence", .stopSequence), ("max_tokens", .maxTokens),
            ("tool_use", .toolUse), ("guardrail_intervened", .contentFiltered), ("content_filtered", .contentFiltered),
            ("model_context_window_exceeded", .contextWindowExceeded), ("malformed_model_output", .malformed),
            ("malformed_tool_use", .malformed), ("new", .other("new")),
        ] as [(String, StopReason)])
    func `every stop reason is known`(name: String, reason: StopReason) throws {
        #expect(try decode(message("messageStop", #"{"stopReason":"\#(name)"}"#)) == [.finished(reason)])
    }

    @Test func `an answer without usage is complete`() throws {
        var decoder = ConverseStreamDecoder()
        var events: [ChatEvent] = []
        try decoder.decode(stop, into: &events)
        try decoder.finish()
        #expect(events == [.finished(.endOfTurn)])
    }

    @Test func `what comes after the end or twice is passed over`() throws {
        let late = message("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":"late"}}"#)
        #expect(
            try decode(usage, stop, late, stop, usage, usage)
                == [.finished(.endOfTurn), .usage(TokenUsage(input: 1, output: 2, statedTotal: 3))])
    }

    @Test func `an exception after the end is still a failure`() {
        #expect(throws: ChatFailure.self) {
            try decode(stop, message("throttlingException", "{}", kind: "exception"))
        }
    }

    @Test(arguments: [
        #"{"usage":{"inputTokens":-1,"outputTokens":2}}"#, #"{"usage":{"inputTokens":1}}"#, #"{"usage":7}"#, "{}",
    ])
    func `a usage that cannot be is none`(payload: String) throws {
        #expect(try decode(stop, message("metadata", payload)) == [.finished(.endOfTurn)])
    }

    @Test func `a message that does not say its type is a failure`() {
        let error = #expect(throws: ChatFailure.self) { try decode(EventStreamMessage(headers: [])) }
        #expect(error?.kind == .modelError)
    }

    @Test func `an exception without a name or text is a failure all the same`() {
        let error = #expect(throws: ChatFailure.self) { try decode(message("", "", kind: "exception")) }
        #expect(error?.kind == .unavailable)
        #expect(error?.upstreamStatus == 500)
    }

    // MARK: - Text

    @Test(
        arguments: [
            (#"{"contentBlockIndex":0,"delta":{"text":"a"}}"#, "a"),
            (#"{"delta":{"text":"a"},"contentBlockIndex":12,"p":"abc"}"#, "a"),
            (#"{"p":"","delta":{"text":"a"},"contentBlockIndex":0}"#, "a"),
            (#"{"delta":{"text":"a"}}"#, "a"),
            (#"{ "contentBlockIndex" : 0, "delta" : { "text" : "a" } }"#, "a"),
            (#"{"contentBlockIndex":0,"delta":{"text":"\n\t\r\b\f\"\\\/"}}"#, "\n\t\r\u{8}\u{C}\"\\/"),
            (#"{"contentBlockIndex":0,"delta":{"text":"\u00e4\ud83d\ude00"}}"#, "ä😀"),
            (#"{"contentBlockIndex":0,"delta":{"text":"a","new":1}}"#, "a"),
            (#"{"contentBlockIndex":0,"delta":{"new":1,"text":"a"},"p":"\u0061"}"#, "a"),
            (#"{"contentBlockIndex":0,"new":[{}],"delta":{"text":"a"}}"#, "a"),
            (#"{"contentBlockIndex":0,"delta":{"text":"a"},"delta":{"text":"b"}}"#, "b"),
            (#"{"contentBlockIndex":0,"delta":{"text":""}}"#, nil),
            (#"{"contentBlockIndex":0,"delta":{"text":7}}"#, nil),
            (#"{"contentBlockIndex":0}"#, nil),
        ] as [(String, String?)])
    func `text is found however its event is written`(payload: String, text: String?) throws {
        #expect(try decode(message("contentBlockDelta", payload)) == (text.map { [.text($0)] } ?? []))
    }

    @Test(arguments: [
        "", "{", "[]x", #"{"contentBlockIndex":0,"delta":{"text":"a"}}x"#, #"{"delta":{"text":"a"}"#,
        #"{"delta":{"text":"a}}"#, #"{"delta":{"text":"a\"}}"#, #"{"delta":{"text":"\x"}}"#,
        "{\"delta\":{\"text\":\"\n\"}}",
        #"{"delta":{"text":"\ud83d"}}"#, #"{"contentBlockIndex":01,"delta":{"text":"a"}}"#,
        #"{"contentBlockIndex":,"delta":{"text":"a"}}"#, #"{"delta":{"text":"a"},}"#, #"{"delta":{"text":"a"},"p":"}"#,
    ])
    func `an event that is no JSON is a failure`(payload: String) {
        let error = #expect(throws: ChatFailure.self) { try decode(message("contentBlockDelta", payload)) }
        #expect(error?.kind == .modelError)
    }

    @Test func `text that is no UTF-8 is a failure`() {
        var broken = message("contentBlockDelta", #"{"delta":{"text":"?"}}"#)
        broken.payload = broken.payload.map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
        #expect(throws: ChatFailure.self) { try decode(broken) }
    }

    @Test func `damaged events are read as the general parser reads them`() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let original = Array(#"{"contentBlockIndex":0,"delta":{"text":"a\n\u00e4ö"},"p":"ab"}"#.utf8)
        let alphabet = Array(#"{}[]",:\untp0a"#.utf8) + [0x0A, 0xC3, 0xFF]
        for _ in 0..<5000 {
            var payload = original
            for _ in 0...random.number(below: 3) {
                payload[random.number(below: payload.count)] = alphabet[random.number(below: alphabet.count)]
            }
            if random.number(below: 4) == 0 { payload.removeLast(random.number(below: payload.count)) }
            var event = message("contentBlockDelta", "")
            event.payload = payload
            let text = (try? JSONParser.parse(payload)).map { $0["delta"]?["text"]?.string ?? "" }
            let read = (try? decode(event)).map(\.text)
            #expect(read == text, "seed \(seed), payload \(String(decoding: payload, as: UTF8.self))")
        }
    }
}
