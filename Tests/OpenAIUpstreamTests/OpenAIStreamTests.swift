import ChatEvents
import Testing

struct OpenAIStreamTests {
    private static let hello = stream([
        #"{"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
        #"{"id":"1","choices":[{"index":0,"delta":{"reasoning_content":"Hm."}}]}"#,
        #"{"id":"1","choices":[{"index":0,"delta":{"content":"Héllo"}}]}"#,
        #"{"id":"1","choices":[{"index":0,"delta":{"content":" 🙂"}}]}"#,
        #"{"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        #"{"id":"1","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":3,"total_tokens":13,"#
            + #""prompt_tokens_details":{"cached_tokens":4}}}"#,
        "[DONE]",
    ])
    private static let helloEvents: [ChatEvent] = [
        .reasoning("Hm."), .text("Héllo"), .text(" 🙂"), .finished(.endOfTurn),
        .usage(TokenUsage(input: 6, output: 3, cacheRead: 4, statedTotal: 13)),
    ]

    @Test func `a stream becomes events, and what the cache held counts once`() async {
        let (events, failure) = await ScriptedService([.init(pieces: [Self.hello])]).answer()
        #expect(events == Self.helloEvents)
        #expect(failure == nil)
        for case .usage(let usage) in events { #expect(usage.statedTotal == usage.total) }
    }

    @Test func `it does not matter where the stream is cut`() async {
        let bytes = Array(Self.hello.unicodeScalars)
        for cut in stride(from: 1, to: bytes.count, by: 7) {
            let pieces = [bytes[..<cut], bytes[cut...]].map { String(String.UnicodeScalarView($0)) }
            #expect(await ScriptedService([.init(pieces: pieces)]).answer().events == Self.helloEvents)
        }
    }

    @Test func `parallel calls of tools keep their fragments apart`() async {
        let service = ScriptedService([
            .init(pieces: [
                stream([
                    #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]}}]}"#,
                    #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\""}}]}}]}"#,
                    #"{"choices":[{"delta":{"tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}}]}"#,
                    #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}"#,
                    #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#, "[DONE]",
                ])
            ])
        ])
        #expect(
            await service.answer().events == [
                .toolCallStarted(index: 0, id: "a", name: "f"), .toolCallInput(index: 0, fragment: #"{"x""#),
                .toolCallStarted(index: 1, id: "b", name: "g"), .toolCallInput(index: 1, fragment: "{}"),
                .toolCallInput(index: 0, fragment: ":1}"), .finished(.toolUse),
            ])
    }

    @Test func `calls that all have the index 0 are told apart by their ids`() async {
        let service = ScriptedService([
            .init(pieces: [
                stream([
                    #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}}]}"#,
                    #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"f","arguments":"{}"}}]}}]}"#,
                    #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#, "[DONE]",
                ])
            ])
        ])
        let started = await service.answer().events.filter { if case .toolCallStarted = $0 { true } else { false } }
        #expect(
            started == [
                .toolCallStarted(index: 0, id: "a", name: "f"), .toolCallStarted(index: 1, id: "b", name: "f"),
            ])
    }

    @Test func `a service that cannot stream is read all the same`() async {
        let whole =
            #"{"choices":[{"message":{"role":"assistant","content":"Hi","tool_calls":[{"id":"a","type":"function","#
            + #""function":{"name":"f","arguments":"{}"}}]},"finish_reason":"length"}],"#
            + #""usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"#
        let service = ScriptedService([.init(headers: [("content-type", "application/json")], pieces: [whole])])
        #expect(
            await service.answer().events == [
                .text("Hi"), .toolCallStarted(index: 0, id: "a", name: "f"),
                .toolCallInput(index: 0, fragment: "{}"), .finished(.maxTokens),
                .usage(TokenUsage(input: 1, output: 1, statedTotal: 2)),
            ])
    }

    @Test func `a stream without its end marker is complete once the answer is`() async {
        let body = stream([#"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#])
        let (events, failure) = await ScriptedService([.init(pieces: [body])]).answer()
        #expect(events == [.text("Hi"), .finished(.endOfTurn)])
        #expect(failure == nil)
    }

    @Test(arguments: [
        (stream([#"{"choices":[{"delta":{"content":"Hi"}}]}"#]), "the answer's stream ended before the answer did"),
        (stream([#"{"choices":[{"delta":{"content":"Hi"}}]}"#, "{oops"]), "a chunk of the answer is not readable"),
        (
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: "
                + String(repeating: "x", count: 5_000_000),
            "a server-sent event has more than"
        ),
    ])
    func `what came before a broken stream stands, and the break is a failure`(body: String, detail: String) async {
        let (events, failure) = await ScriptedService([.init(pieces: [body])]).answer()
        #expect(events == [.text("Hi")])
        #expect(failure?.kind == .modelError)
        #expect(failure?.detail.hasPrefix(detail) == true)
    }

    @Test(.timeLimit(.minutes(1))) func `the announced end is the end, though the body goes on`() async {
        let body = stream([#"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#, "[DONE]"])
        let service = ScriptedService([.init(pieces: [body], endsBody: false)])
        let (events, failure) = await service.answer()
        #expect(events == [.text("Hi"), .finished(.endOfTurn)])
        #expect(failure == nil)
    }

    @Test func `of several choices the one with the index 0 is the answer`() async {
        let pieces = stream([
            #"{"choices":[{"index":1,"delta":{"content":"No"}}]}"#,
            #"{"choices":[{"index":1,"delta":{"content":"No"}},{"index":0,"delta":{"content":"Yes"}}]}"#,
            #"{"choices":[{"index":1,"delta":{},"finish_reason":"length"}]}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#, "[DONE]",
        ])
        #expect(
            await ScriptedService([.init(pieces: [pieces])]).answer().events == [.text("Yes"), .finished(.endOfTurn)])
        let whole =
            #"{"choices":[{"index":1,"message":{"content":"No"},"finish_reason":"stop"},"#
            + #"{"index":0,"message":{"content":"Yes"},"finish_reason":"stop"}]}"#
        let service = ScriptedService([.init(headers: [("content-type", "application/json")], pieces: [whole])])
        #expect(await service.answer().events == [.text("Yes"), .finished(.endOfTurn)])
    }

    @Test func `an error within the stream is a failure of its kind`() async {
        let body = stream([
            #"{"choices":[{"delta":{"content":"Hi"}}]}"#,
            #"{"error":{"message":"slow down","type":"requests","code":"rate_limit_exceeded"}}"#,
        ])
        let (events, failure) = await ScriptedService([.init(pieces: [body])]).answer()
        #expect(events == [.text("Hi")])
        #expect(failure?.kind == .throttled)
    }

    @Test func `an answer that is neither a stream nor JSON is a failure`() async {
        let service = ScriptedService([.init(headers: [("content-type", "text/html")], pieces: ["<html>"])])
        #expect(await service.answer().failure?.kind == .modelError)
    }
}
