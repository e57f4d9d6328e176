import Bedrock
import ChatEvents
import JSONCoding
import Testing

struct ConverseRequestTests {
    private func body(
        _ messages: [ChatMessage], system: String = "", sampling: Sampling = Sampling(),
        traits: ConverseModelTraits = ConverseModelTraits()
    ) throws -> String {
        try ConverseRequest(ChatRequest(messages: messages, system: system, sampling: sampling), for: traits).body
            .text()
    }

    private func inference(_ sampling: Sampling, _ traits: ConverseModelTraits = ConverseModelTraits()) throws
        -> String?
    {
        let request = ChatRequest(messages: [.user("Hi")], sampling: sampling)
        return try ConverseRequest(request, for: traits).body["inferenceConfig"]?.text()
    }

    @Test func `a whole request has every part in its place`() throws {
        let sampling = Sampling(
            temperature: 0.7, topP: 0.9, maxTokens: 4096, stopSequences: ["END"], additional: ["top_k": 40])
        #expect(
            try body(
                [.user("Hi"), .assistant("Hello!"), .user("Bye \"you\"")], system: "Be brief.", sampling: sampling)
                == #"{"messages":[{"role":"user","content":[{"text":"Hi"}]},"#
                + #"{"role":"assistant","content":[{"text":"Hello!"}]},"#
                + #"{"role":"user","content":[{"text":"Bye \"you\""}]}],"#
                + #""system":[{"text":"Be brief."}],"#
                + #""inferenceConfig":{"maxTokens":4096,"temperature":0.7,"topP":0.9,"stopSequences":["END"]},"#
                + #""additionalModelRequestFields":{"top_k":40}}"#)
    }

    @Test func `a bare request has nothing but the message`() throws {
        #expect(try body([.user("Hi")]) == #"{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}"#)
    }

    // MARK: - The conversation

    @Test(
        arguments: [
            // Neighbours of one role are one turn.
            (
                [.user("a"), .user("b"), .assistant("c"), .assistant("d"), .user("e")],
                "user a|b, assistant c|d, user e"
            ),
            // Blank texts go, and what they kept apart becomes one turn.
            ([.user("a"), .assistant(" \n\t"), .user("b")], "user a|b"),
            ([.user(""), .user("a")], "user a"),
            // The first turn is the user's.
            ([.assistant("a"), .user("b")], "user (empty), assistant a, user b"),
            // Something is always left.
            ([], "user (empty)"), ([.user("\u{2003}")], "user (empty)"),
            // So is the last turn, where the model takes no prefill.
            ([.user("a"), .assistant("b")], "user a, assistant b, user Continue."),
            // White space around a text that has more is the user's own.
            ([.user(" a ")], "user  a "),
        ] as [([ChatMessage], String)])
    func `the conversation gets the shape that the service takes`(messages: [ChatMessage], turns: String) throws {
        let request = try ConverseRequest(ChatRequest(messages: messages), for: ConverseModelTraits())
        #expect(describe(request) == turns)
    }

    @Test func `a prefill stays last, without white space at its end`() throws {
        let traits = ConverseModelTraits(acceptsAssistantPrefill: true)
        let messages: [ChatMessage] = [.user("a"), .assistant("b "), .assistant("c \n")]
        #expect(try describe(ConverseRequest(ChatRequest(messages: messages), for: traits)) == "user a, assistant b |c")
    }

    @Test func `a call without a result is no prefill`() throws {
        let call = ChatContent.toolCall(ToolCall(id: "a", name: "now", input: [:]))
        let traits = ConverseModelTraits(acceptsAssistantPrefill: true)
        let request = ChatRequest(messages: [
            .user("What time?"), ChatMessage(role: .assistant, content: [.text("Let me see."), call]),
        ])
        #expect(
            turns(try ConverseRequest(request, for: traits))
                == "user What time?, assistant Let me see.|[Called now with {}], user Continue.")
    }

    @Test(.timeLimit(.minutes(1)))
    func `ids that come a thousand times each become ids of their own`() throws {
        let long = String(repeating: "x", count: 80)
        let messages = (0..<6000).flatMap { number -> [ChatMessage] in
            let id = number.isMultiple(of: 2) ? "a" : long + "\(number)"
            return [
                ChatMessage(role: .assistant, content: [.toolCall(ToolCall(id: id, name: "now", input: [:]))]),
                ChatMessage(role: .user, content: [.toolResult(ToolResult(callID: id, content: [.text("noon")]))]),
            ]
        }
        let tools = ToolUse(definitions: [ToolDefinition(name: "now", description: "", inputSchema: [:])])
        let request = try ConverseRequest(
            ChatRequest(messages: [.user("Hi")] + messages, tools: tools), for: ConverseModelTraits())
        var ids: [String] = []
        for turn in request.body["messages"]?.array ?? [] {
            for block in turn["content"]?.array ?? [] {
                if let id = block["toolUse"]?["toolUseId"]?.string { ids.append(id) }
            }
        }
        #expect(ids.count == 6000)
        #expect(Set(ids).count == 6000)
        #expect(ids.allSatisfy { (1...64).contains($0.count) })
    }

    private func turns(_ request: ConverseRequest) -> String {
        (request.body["messages"]?.array ?? []).map { turn in
            let texts = (turn["content"]?.array ?? []).map { block in
                block["text"]?.string ?? block.object?.members.first?.name ?? ""
            }
            return "\(turn["role"]?.string ?? "") \(texts.joined(separator: "|"))"
        }.joined(separator: ", ")
    }

    private static let call = ChatMessage(
        role: .assistant, content: [.toolCall(ToolCall(id: "a", name: "now", input: [:]))])
    private static let result = ChatMessage(
        role: .user, content: [.toolResult(ToolResult(callID: "a", content: [.text("noon")]))])

    @Test(
        arguments: [
            // Between an answer and a question, and between a question and its answer, they stand where they were said.
            ([.user("a"), .assistant("b"), .system("S"), .user("c")], "user a, assistant b, system S, user c", nil),
            ([.user("a"), .system("S"), .assistant("b"), .user("c")], "user a, system S, assistant b, user c", nil),
            (
                [.user("a"), .assistant("b"), .system("S"), .system("T"), .user("c")],
                "user a, assistant b, system S|T, user c", nil
            ),
            // Within or after the user's turn they come before it; the user has the last word.
            (
                [.user("a"), .assistant("b"), .user("c"), .system("S"), .user("d")],
                "user a, assistant b, system S, user c|d", nil
            ),
            ([.user("a"), .assistant("b"), .user("c"), .system("S")], "user a, assistant b, system S, user c", nil),
            ([.user("a"), .assistant("b"), .system("S")], "user a, assistant b, system S, user Continue.", nil),
            // There is no place for them before the first turn, within it, or between a call and its result.
            ([.system("S"), .user("a")], "user a", "S"), ([.user("a"), .system("S")], "user a", "S"),
            ([.user("a"), call, .system("S"), result], "user a, assistant toolUse, user toolResult", "S"),
            ([.user("a"), call, result, .system("S")], "user a, assistant toolUse, user toolResult", "S"),
            ([.user("a"), .assistant("b"), .system(" "), .user("c")], "user a, assistant b, user c", nil),
        ] as [([ChatMessage], String, String?)])
    func `instructions within a conversation stand where a model takes them`(
        messages: [ChatMessage], expected: String, system: String?
    ) throws {
        let request = ChatRequest(
            messages: messages, tools: ToolUse(definitions: [ToolDefinition(name: "now", inputSchema: [:])]))
        let converse = try ConverseRequest(request, for: ConverseModelTraits(takesSystemTurns: true))
        #expect(turns(converse) == expected)
        #expect(converse.body["system"]?.array?.first?["text"]?.string == system)
        #expect(RequestRules.violations(of: converse.body) == [])
    }

    @Test func `system messages join the instructions`() throws {
        let messages: [ChatMessage] = [.system("Be kind."), .user("a"), .system(" "), .system("Be brief."), .user("b")]
        let request = try ConverseRequest(ChatRequest(messages: messages, system: "Be."), for: ConverseModelTraits())
        #expect(request.body["system"]?.text() == #"[{"text":"Be.\n\nBe kind.\n\nBe brief."}]"#)
        #expect(describe(request) == "user a|b")
    }

    @Test(
        arguments: [
            ([.user("a")], "user S\n\n|a"), ([], "user S"),
            ([.assistant("a"), .user("b")], "user S, assistant a, user b"),
        ] as [([ChatMessage], String)])
    func `a model without system messages gets the instructions first`(messages: [ChatMessage], turns: String) throws {
        let traits = ConverseModelTraits(supportsSystemMessages: false)
        let request = try ConverseRequest(ChatRequest(messages: messages, system: "S"), for: traits)
        #expect(request.body["system"] == nil)
        #expect(describe(request) == turns)
    }

    @Test func `blank instructions are none`() throws {
        #expect(try body([.user("a")], system: " \n") == body([.user("a")]))
    }

    private func describe(_ request: ConverseRequest) -> String {
        let turns = request.body["messages"]?.array ?? []
        return turns.map { turn in
            let texts = turn["content"]?.array?.compactMap { $0["text"]?.string } ?? []
            return "\(turn["role"]?.string ?? "") \(texts.joined(separator: "|"))"
        }.joined(separator: ", ")
    }

    // MARK: - Sampling

    @Test(
        arguments: [(0.25, "0.25"), (0, "0.0"), (1e-5, "1e-05"), (.infinity, nil), (.nan, nil)] as [(Double, String?)])
    func `temperature and top-p are sent as they come, where JSON has a word for them`(
        value: Double, written: String?
    ) throws {
        #expect(try inference(Sampling(temperature: value)) == written.map { #"{"temperature":\#($0)}"# })
        #expect(try inference(Sampling(topP: value)) == written.map { #"{"topP":\#($0)}"# })
    }

    @Test func `blank stop sequences are left out`() throws {
        #expect(try inference(Sampling(stopSequences: ["", "\n", "a "])) == #"{"stopSequences":["a "]}"#)
        #expect(try inference(Sampling(stopSequences: ["", " "])) == nil)
    }

    @Test func `additional fields keep the digits of their numbers`() throws {
        let number = try #require(JSONNumber(text: "1.10"))
        let fields = try ConverseRequest(
            ChatRequest(messages: [], sampling: Sampling(additional: ["x": .number(number)])), for: .init())
        #expect(fields.body["additionalModelRequestFields"]?.text() == #"{"x":1.10}"#)
    }
}

extension ChatMessage {
    static func user(_ text: String) -> ChatMessage { ChatMessage(role: .user, text: text) }
    static func assistant(_ text: String) -> ChatMessage { ChatMessage(role: .assistant, text: text) }
    static func system(_ text: String) -> ChatMessage { ChatMessage(role: .system, text: text) }
}
