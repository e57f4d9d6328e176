import Bedrock
import ChatEvents
import JSONCoding
import Testing

/// How tools, calls and results go to the model.
struct ToolTranslationTests {
    private let weather = ToolDefinition(
        name: "get_weather", description: "Tells the weather.",
        inputSchema: ["type": "object", "properties": ["city": ["type": "string"]]])
    private let clock = ToolDefinition(name: "now", inputSchema: [:], isStrict: true)

    private func request(
        _ messages: [ChatMessage] = [.user("Hi")], _ tools: ToolUse?, _ traits: ToolTraits = ToolTraits()
    ) throws(ChatFailure) -> ConverseRequest {
        try ConverseRequest(
            ChatRequest(messages: messages, tools: tools), for: ConverseModelTraits(modelID: "m", tools: traits))
    }

    private func describe(_ request: ConverseRequest) -> [String] {
        (request.body["messages"]?.array ?? []).map { turn in
            let blocks = (turn["content"]?.array ?? []).map { block -> String in
                if let text = block["text"]?.string { return text }
                if let call = block["toolUse"] { return "call \(call["toolUseId"]?.string ?? "")" }
                if let result = block["toolResult"] {
                    return "result \(result["toolUseId"]?.string ?? "") \(result["status"]?.string ?? "")"
                }
                return block.text()
            }
            return "\(turn["role"]?.string ?? ""): \(blocks.joined(separator: " | "))"
        }
    }

    // MARK: - Definitions

    @Test func `definitions are written with what the model takes`() throws {
        let tools = ToolUse(definitions: [weather, clock])
        #expect(
            try request(tools).body["toolConfig"]?.text()
                == #"{"tools":[{"toolSpec":{"name":"get_weather","description":"Tells the weather.","inputSchema":"#
                + #"{"json":{"type":"object","properties":{"city":{"type":"string"}}}}}},"#
                + #"{"toolSpec":{"name":"now","inputSchema":{"json":{"type":"object"}}}}]}"#)
        let strict = try request(tools, ToolTraits(canBeStrict: true)).body["toolConfig"]?["tools"]?.array
        #expect(strict?.map { $0["toolSpec"]?["strict"]?.bool } == [nil, true])
    }

    private func request(_ tools: ToolUse, _ traits: ToolTraits = ToolTraits()) throws(ChatFailure) -> ConverseRequest {
        try request([.user("Hi")], tools, traits)
    }

    @Test func `a model that takes no tools fails, unless none may be called`() throws {
        let traits = ToolTraits(areTaken: false)
        let failure = #expect(throws: ChatFailure.self) { try request(ToolUse(definitions: [clock]), traits) }
        #expect(failure?.kind == .invalidRequest)
        let none = try request(ToolUse(definitions: [clock], choice: .none), traits)
        #expect(none.body["toolConfig"] == nil)
        #expect(try request(ToolUse(definitions: []), traits).body["toolConfig"] == nil)
    }

    @Test(arguments: ["", "a b", "ä", String(repeating: "a", count: 65)])
    func `a name that the service refuses is refused here`(name: String) {
        #expect(throws: ChatFailure.self) {
            try request(ToolUse(definitions: [ToolDefinition(name: name, inputSchema: [:])]))
        }
    }

    @Test(
        arguments: [
            (.auto, [.any, .named], 2, nil), (.any, [.any, .named], 2, #"{"any":{}}"#), (.any, [], 2, nil),
            (.any, [.named], 2, nil), (.any, [.named], 1, #"{"tool":{"name":"now"}}"#),
            (.tool("now"), [.any, .named], 2, #"{"tool":{"name":"now"}}"#), (.tool("now"), [.any], 2, nil),
            (.tool("now"), [.any], 1, #"{"any":{}}"#), (.tool("other"), [.named], 2, nil),
        ] as [(ToolChoice, Set<ToolTraits.Choice>, Int, String?)])
    func `a choice is said as the model knows it`(
        choice: ToolChoice, known: Set<ToolTraits.Choice>, count: Int, written: String?
    ) throws {
        let tools = ToolUse(definitions: Array([clock, weather].prefix(count)), choice: choice)
        let config = try request(tools, ToolTraits(choices: known)).body["toolConfig"]
        #expect(config?["tools"]?.array?.count == count)
        #expect(config?["toolChoice"]?.text() == written)
    }

    @Test func `calls one by one are asked for where the model knows how`() throws {
        let tools = ToolUse(definitions: [clock], choice: .any, allowsParallelCalls: false)
        #expect(try request(tools).body["additionalModelRequestFields"] == nil)
        let traits = ToolTraits(choices: [.any], canCallOneByOne: true)
        let body = try request(tools, traits).body
        #expect(
            body["additionalModelRequestFields"]?.text()
                == #"{"tool_choice":{"type":"any","disable_parallel_tool_use":true}}"#)
        // One question has one answer.
        #expect(body["toolConfig"]?["toolChoice"] == nil)
    }

    @Test func `a model that takes tools only in one piece is not streamed, but without tools it is`() throws {
        let traits = ToolTraits(areTakenInStreams: false)
        #expect(try !request(ToolUse(definitions: [clock]), traits).isStreamed)
        #expect(try request([.user("Hi")], nil, traits).isStreamed)
    }

    // MARK: - Calls and results

    private func call(_ id: String, _ name: String = "now") -> ChatContent {
        .toolCall(ToolCall(id: id, name: name, input: ["a": 1]))
    }

    private func result(_ id: String, _ text: String = "ok", isError: Bool = false) -> ChatContent {
        .toolResult(ToolResult(callID: id, content: [.text(text)], isError: isError))
    }

    private func turns(_ messages: [ChatMessage], offered: Bool = true) throws -> [String] {
        describe(try request(messages, offered ? ToolUse(definitions: [clock]) : nil))
    }

    @Test func `parallel calls and their results stand in their order`() throws {
        let messages: [ChatMessage] = [
            .user("What time?"),
            ChatMessage(role: .assistant, content: [call("c1"), .text("Wait."), call("c2")]),
            ChatMessage(role: .user, content: [.text("here"), result("c1")]),
            ChatMessage(role: .user, content: [result("c2", isError: true)]),
        ]
        #expect(
            try turns(messages) == [
                "user: What time?", "assistant: Wait. | call c1 | call c2",
                "user: result c1 success | result c2 error | here",
            ])
    }

    @Test func `without tools on offer calls become text`() throws {
        let messages: [ChatMessage] = [
            .user("What time?"), ChatMessage(role: .assistant, content: [call("c1")]),
            ChatMessage(role: .user, content: [result("c1", "noon", isError: true)]),
        ]
        #expect(
            try turns(messages, offered: false) == [
                "user: What time?", #"assistant: [Called now with {"a":1}]"#,
                "user: [Result of now, an error:] | noon",
            ])
    }

    @Test func `a call without a result, a result without a call and a second one become text`() throws {
        let messages: [ChatMessage] = [
            ChatMessage(role: .user, content: [.text("Go"), result("ghost")]),
            ChatMessage(role: .assistant, content: [call("c1"), call("c2"), call("c1")]),
            ChatMessage(role: .user, content: [result("c1"), result("c1"), result("c9")]),
            ChatMessage(role: .assistant, content: [call("c3")]),
        ]
        #expect(
            try turns(messages) == [
                "user: Go | [Result:] | ok",
                #"assistant: [Called now with {"a":1}] | [Called now with {"a":1}] | call c1"#,
                "user: result c1 success | [Result of now:] | ok | [Result:] | ok",
                #"assistant: [Called now with {"a":1}]"#, "user: Continue.",
            ])
    }

    @Test func `ids are made such as the service takes, and come once`() throws {
        let long = String(repeating: "x", count: 70)
        let messages: [ChatMessage] = [
            .user("Go"), ChatMessage(role: .assistant, content: [call("a b"), call("a_b"), call(long)]),
            ChatMessage(role: .user, content: [result("a b"), result("a_b"), result(long)]),
            ChatMessage(role: .assistant, content: [call("a b")]),
            ChatMessage(role: .user, content: [result("a b")]),
        ]
        let cut = String(repeating: "x", count: 64)
        #expect(
            try turns(messages) == [
                "user: Go", "assistant: call a_b | call a_b-2 | call \(cut)",
                "user: result a_b success | result a_b-2 success | result \(cut) success", "assistant: call a_b-3",
                "user: result a_b-3 success",
            ])
    }

    @Test func `a result without content says that it is empty`() throws {
        let messages: [ChatMessage] = [
            .user("Go"), ChatMessage(role: .assistant, content: [call("c1")]),
            ChatMessage(role: .user, content: [.toolResult(ToolResult(callID: "c1", content: []))]),
        ]
        let result = try request(messages, ToolUse(definitions: [clock])).body["messages"]?.array?.last
        #expect(result?["content"]?.array?.first?["toolResult"]?["content"]?.text() == #"[{"text":"(empty)"}]"#)
    }
}
