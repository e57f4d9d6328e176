import Bedrock
import ChatEvents
import EventStreamCoding
import JSONCoding
import Testing

/// Thoughts that a model writes into its text, and answers that come in one piece.
struct InlineThinkingTests {
    /// What pieces of text mean, with neighbours of one sort put together.
    private func read(_ pieces: [String], inline: Bool = true) throws -> [ChatEvent] {
        var decoder = ConverseStreamDecoder(thoughts: ThoughtSource(areInline: inline))
        var events: [ChatEvent] = []
        for piece in pieces {
            let text = JSONValue.string(piece).text()
            try decoder.decode(
                message("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":\#(text)}}"#), into: &events)
        }
        try decoder.decode(message("messageStop", #"{"stopReason":"end_turn"}"#), into: &events)
        return joined(events)
    }

    private func joined(_ events: [ChatEvent]) -> [ChatEvent] {
        events.reduce(into: []) { joined, event in
            switch (joined.last, event) {
            case (.text(let before)?, .text(let text)): joined[joined.count - 1] = .text(before + text)
            case (.reasoning(let before)?, .reasoning(let text)): joined[joined.count - 1] = .reasoning(before + text)
            default: joined.append(event)
            }
        }
    }

    static let cases: [(String, [ChatEvent])] = [
        ("<think>Hm, 2 < 3</thin> ok</think>\n\nFour 😀.", [.reasoning("Hm, 2 < 3</thin> ok"), .text("Four 😀.")]),
        (" \n<thinking>é</thinking> é", [.reasoning("é"), .text("é")]),
        ("<reasoning></reasoning>x", [.text("x")]),
        ("<think>a</think><think>b</think> c", [.reasoning("ab"), .text("c")]),
        ("The tag <think>is</think> here", [.text("The tag <think>is</think> here")]),
        ("<thi", [.text("<thi")]), ("  <b>", [.text("  <b>")]), ("<think>never ends", [.reasoning("never ends")]),
        ("<think>a</think>  ", [.reasoning("a")]), ("<think>a</thin", [.reasoning("a</thin")]), ("", []),
        ("<think>a</think>\n<b>", [.reasoning("a"), .text("<b>")]),
    ]

    @Test(arguments: cases)
    func `thoughts in the text are told apart, wherever it is cut`(text: String, events: [ChatEvent]) throws {
        let expected = events + [.finished(.endOfTurn)]
        #expect(try read([text]) == expected)
        #expect(try read(text.unicodeScalars.map { String($0) }) == expected)
        for split in text.indices {
            #expect(try read([String(text[..<split]), String(text[split...])]) == expected)
        }
    }

    @Test func `a model that does no such thing keeps its tags`() throws {
        #expect(try read(["<think>a</think>b"], inline: false) == [.text("<think>a</think>b"), .finished(.endOfTurn)])
    }

    @Test func `what was held back comes before a failure`() {
        var decoder = ConverseStreamDecoder(thoughts: ThoughtSource(areInline: true))
        var events: [ChatEvent] = []
        #expect(throws: ChatFailure.self) {
            try decoder.decode(message("contentBlockDelta", #"{"delta":{"text":"<thi"}}"#), into: &events)
            try decoder.decode(message("throttlingException", "{}", kind: "exception"), into: &events)
        }
        #expect(events == [.text("<thi")])
    }

    // MARK: - In one piece

    @Test func `an answer in one piece becomes the events of a stream`() throws {
        let body = """
            {"output":{"message":{"role":"assistant","content":[
            {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"sig=="}}},
            {"reasoningContent":{"redactedContent":"b3BhcXVl"}},
            {"text":"Let me see."},{"citationsContent":{"content":[{"text":" Cited."}],"citations":[]}},
            {"toolUse":{"toolUseId":"c1","name":"now","input":{"zone":"UTC"}}},
            {"toolUse":{"toolUseId":"c2","name":"now","input":{}}},
            {"toolUse":{"toolUseId":"c3","name":"search","input":{"q":1},"type":"server_tool_use"}},
            {"image":{"format":"jpeg","source":{"bytes":"aGk="}}},{"new":{}}]}},
            "stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3},
            "metrics":{"latencyMs":5}}
            """
        let response = ConverseResponse(body: try JSONParser.parse(Array(body.utf8)))
        #expect(
            try response.events(thoughts: ThoughtSource(modelID: "m")) == [
                .reasoning("Hm."), .reasoningBlock(ReasoningBlock(text: "Hm.", signature: "sig==", modelID: "m")),
                .reasoningBlock(ReasoningBlock(redacted: "b3BhcXVl", modelID: "m")), .text("Let me see."),
                .text(" Cited."), .toolCallStarted(index: 0, id: "c1", name: "now"),
                .toolCallInput(index: 0, fragment: #"{"zone":"UTC"}"#),
                .toolCallStarted(index: 1, id: "c2", name: "now"),
                .file(GeneratedFile(name: "image-1.jpg", mediaType: MediaType("image/jpeg"), bytes: Array("hi".utf8))),
                .finished(.toolUse), .usage(TokenUsage(input: 1, output: 2, statedTotal: 3)),
            ])
    }

    @Test(arguments: ["{}", "[]", #"{"stopReason":7}"#])
    func `an answer without a stop reason is a failure`(body: String) throws {
        let response = ConverseResponse(body: try JSONParser.parse(Array(body.utf8)))
        #expect(throws: ChatFailure.self) { try response.events() }
    }
}
