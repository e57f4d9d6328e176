import BotRuntime
import ChatEvents
import Gateway
import JSONCoding
import TestSupport
import Testing

/// Calls of tools, as a caller gets them who offered tools.
@Suite(.timeLimit(.minutes(1)))
struct ToolCallTests {
    private static let tools = #""tools":[{"type":"function","function":{"name":"weather","parameters":{}}}]"#

    private func reply(_ batches: [[ChatEvent]], offering tools: String? = tools) async throws -> WireReply? {
        let world = try TestGateway { deliver in for batch in batches { try await deliver(batch) } }
        let members = [#""type":"query","query":[{"role":"user","content":"Weather?"}]"#, tools].compactMap(\.self)
        return try await world.running { client in
            try await client.exchange(
                wireRequest(
                    "POST", "/bots/nova", key: TestGateway.key, body: "{\(members.joined(separator: ","))}"))
        }
    }

    /// The first choices of all chunks, without the id.
    private func choices(_ reply: WireReply?) throws -> [String] {
        try (reply?.allData(of: "json") ?? []).map { data in
            let chunk = try JSONParser.parse(Array(data.utf8))
            #expect(chunk["object"]?.string == "chat.completion.chunk")
            #expect(chunk["id"]?.string == reply?.headers["x-request-id"])
            return chunk["choices"]?.array?.first?.text() ?? ""
        }
    }

    @Test func `a call is told in pieces that arrive together as one`() async throws {
        let reply = try await reply([
            [
                .text("Let me see."), .toolCallStarted(index: 0, id: "c1", name: "weather"),
                .toolCallInput(index: 0, fragment: #"{"ci"#), .toolCallInput(index: 0, fragment: #"ty":"#),
                .toolCallInput(index: 0, fragment: #""P"}"#), .finished(.toolUse),
            ]
        ])
        #expect(reply?.events == ["meta", "text", "json", "json", "json", "done"])
        #expect(
            try choices(reply) == [
                #"{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":"#
                    + #"{"name":"weather","arguments":""}}]},"finish_reason":null}"#,
                #"{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":\"P\"}"}}]},"#
                    + #""finish_reason":null}"#,
                #"{"index":0,"delta":{},"finish_reason":"tool_calls"}"#,
            ])
    }

    @Test func `calls may be mixed, and one without input gets an empty object`() async throws {
        let reply = try await reply([
            [
                .toolCallStarted(index: 0, id: "a", name: "one"), .toolCallStarted(index: 1, id: "b", name: "two"),
                .toolCallInput(index: 1, fragment: "{}"), .toolCallStarted(index: 2, id: "c", name: "three"),
                .toolCallInput(index: 0, fragment: "{ }"), .finished(.toolUse),
            ]
        ])
        let chunks = try choices(reply)
        #expect(reply?.events.contains("text") == true)
        var arguments: [Int: String] = [:]
        for chunk in chunks {
            let call = try JSONParser.parse(Array(chunk.utf8))["delta"]?["tool_calls"]?.array?.first
            guard let index = call?["index"]?.integer else { continue }
            arguments[index, default: ""] += call?["function"]?["arguments"]?.string ?? ""
        }
        #expect(arguments == [0: "{ }", 1: "{}", 2: "{}"])
        #expect(chunks.last?.contains("tool_calls\"") == true)
    }

    @Test func `who offered no tools is told of no calls`() async throws {
        let reply = try await reply(
            [[.text("Hi"), .toolCallStarted(index: 0, id: "a", name: "one"), .finished(.endOfTurn)]], offering: nil)
        #expect(reply?.events == ["meta", "text", "done"])
    }

    @Test func `an answer in words to offered tools is words alone`() async throws {
        let reply = try await reply([[.text("Hi"), .finished(.endOfTurn)]])
        #expect(reply?.events == ["meta", "text", "done"])
    }
}
