import ChatEvents
import JSONCoding
import PoeProtocol
import Testing

/// Tools, calls and results of a query.
struct PoeToolTests {
    private func request(_ body: String) throws -> ChatRequest {
        guard case .query(let query) = try PoeRequest.decode(Array(body.utf8)) else { return ChatRequest(messages: []) }
        return PoeChatAdapter(expandsTextAttachments: true, enablesImageComprehension: true).chatRequest(for: query)
    }

    private let weather = ToolCall(id: "c1", name: "weather", input: ["city": "Pokhara"])

    @Test func `tools are told with their schema, and those without a name left out`() throws {
        let request = try request(
            """
            {"type":"query","query":[],"tools":[
              {"type":"function","function":{"name":"weather","description":"Asks.","parameters":{"type":"object"}}},
              {"type":"function","function":{"name":"weather","description":"Again."}},
              {"type":"function","function":{"name":"time","strict":true,"parameters":7}},
              {"type":"custom","function":{"name":"free"}},{"function":{"name":""}},{"function":null},7,null]}
            """)
        #expect(
            request.tools?.definitions == [
                ToolDefinition(name: "weather", description: "Asks.", inputSchema: ["type": "object"]),
                ToolDefinition(
                    name: "time", inputSchema: ["type": "object", "properties": [:]], isStrict: true),
            ])
    }

    @Test(arguments: ["null", "[]", "{}", "\"x\"", "[7]"])
    func `without a tool that can be called there are none`(tools: String) throws {
        #expect(try request(#"{"type":"query","query":[],"tools":\#(tools)}"#).tools == nil)
    }

    @Test func `calls and results of the query end the conversation`() throws {
        let request = try request(
            #"""
            {"type":"query","query":[{"role":"user","content":"Weather?"}],
             "tool_calls":[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Pokhara\"}"}},
               {"id":"c2","function":{"name":"time","arguments":"no JSON"}},{"id":"","function":{"name":"x"}},null],
             "tool_results":[{"role":"tool","name":"weather","tool_call_id":"c1","content":"sunny"},
               {"tool_call_id":"c2","content":{"hour":3}},{"content":"whose?"}]}
            """#)
        #expect(
            request.messages == [
                ChatMessage(role: .user, text: "Weather?"),
                ChatMessage(
                    role: .assistant,
                    content: [.toolCall(weather), .toolCall(ToolCall(id: "c2", name: "time", input: [:]))]),
                ChatMessage(
                    role: .user,
                    content: [
                        .toolResult(ToolResult(callID: "c1", content: [.text("sunny")])),
                        .toolResult(ToolResult(callID: "c2", content: [.text(#"{"hour":3}"#)])),
                    ]),
            ])
    }

    @Test func `calls and results in messages stay where they are`() throws {
        var call = PoeMessage(
            role: .bot,
            content:
                #"[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Pokhara\"}"}}]"#)
        call.messageType = "function_call"
        let query = PoeQuery(messages: [
            PoeMessage(role: .user, content: "Weather?"), call,
            PoeMessage(role: .tool, content: #"[{"role":"tool","tool_call_id":"c1","content":"sunny"}]"#),
            PoeMessage(role: .bot, content: "Sunny."),
        ])
        let adapter = PoeChatAdapter(expandsTextAttachments: true, enablesImageComprehension: true)
        #expect(
            adapter.chatRequest(for: query).messages == [
                ChatMessage(role: .user, text: "Weather?"),
                ChatMessage(role: .assistant, content: [.toolCall(weather)]),
                ChatMessage(
                    role: .user, content: [.toolResult(ToolResult(callID: "c1", content: [.text("sunny")]))]),
                ChatMessage(role: .assistant, text: "Sunny."),
            ])
    }
}
