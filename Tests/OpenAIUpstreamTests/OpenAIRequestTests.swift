import ChatEvents
import JSONCoding
import OpenAIUpstream
import Testing

struct OpenAIRequestTests {
    private func body(_ request: ChatRequest, _ traits: OpenAIModelTraits = OpenAIModelTraits()) -> String {
        ScriptedService([]).upstream(traits: traits).exampleRequest(for: request).body.text()
    }

    @Test func `a question with instructions and parameters`() {
        let request = ChatRequest(
            messages: [ChatMessage(role: .user, text: "Hi")], system: "Be brief.",
            sampling: Sampling(
                temperature: 0.5, topP: 0.9, maxTokens: 100, stopSequences: ["END"],
                additional: JSONObject([("seed", 7)])), thinking: .effort(.low))
        #expect(
            body(request) == #"{"model":"m","messages":[{"role":"system","content":"Be brief."},"#
                + #"{"role":"user","content":"Hi"}],"temperature":0.5,"top_p":0.9,"max_tokens":100,"stop":["END"],"#
                + #""stream":true,"stream_options":{"include_usage":true},"reasoning_effort":"low","seed":7}"#)
    }

    @Test func `the answer's shape and the finer parameters go as the service names them`() {
        let schema = AnswerSchema(
            name: "point", description: "A point.", schema: JSONObject([("type", "object")]), isStrict: true)
        let request = ChatRequest(
            messages: [ChatMessage(role: .user, text: "Hi")],
            sampling: Sampling(
                seed: 7, presencePenalty: 1, frequencyPenalty: -0.5, logitBias: [9: -100],
                additional: JSONObject([("seed", 1)])),
            responseFormat: .jsonSchema(schema), endUser: "u-1")
        #expect(
            body(request).hasSuffix(
                #""response_format":{"type":"json_schema","json_schema":{"name":"point","description":"A point.","#
                    + #""schema":{"type":"object"},"strict":true}},"seed":7,"presence_penalty":1,"#
                    + #""frequency_penalty":-0.5,"logit_bias":{"9":-100},"user":"u-1"}"#))
        var plain = request
        plain.responseFormat = .jsonObject
        #expect(body(plain).contains(#""response_format":{"type":"json_object"}"#))
    }

    @Test func `calls and results of tools stand where the service wants them`() {
        let tool = ToolDefinition(name: "f", description: "F.", inputSchema: JSONObject([("type", "object")]))
        let picture = Attachment(name: "a.png", mediaType: MediaType("image/png"), bytes: [1, 2, 3])
        let request = ChatRequest(
            messages: [
                ChatMessage(role: .user, text: "Go"),
                ChatMessage(
                    role: .assistant,
                    content: [
                        .reasoning(ReasoningBlock(text: "Hm", signature: "s")),
                        .toolCall(ToolCall(id: "a", name: "f", input: JSONObject([("x", 1)]))),
                        .toolCall(ToolCall(id: "b", name: "f", input: JSONObject())),
                    ]),
                ChatMessage(
                    role: .user,
                    content: [
                        .text("And?"),
                        .toolResult(ToolResult(callID: "a", content: [.text("1"), .attachment(picture)])),
                        .toolResult(ToolResult(callID: "b", content: [.text("broken")], isError: true)),
                    ]),
            ], tools: ToolUse(definitions: [tool], choice: .any, allowsParallelCalls: false))
        #expect(
            body(request) == #"{"model":"m","messages":[{"role":"user","content":"Go"},{"role":"assistant","#
                + #""content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}},"#
                + #"{"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]},"#
                + #"{"role":"tool","content":"1","tool_call_id":"a"},"#
                + #"{"role":"tool","content":"Error: broken","tool_call_id":"b"},"#
                + #"{"role":"user","content":[{"type":"text","text":"And?"},"#
                + #"{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]}],"#
                + #""stream":true,"stream_options":{"include_usage":true},"tools":[{"type":"function","function":"#
                + #"{"name":"f","description":"F.","parameters":{"type":"object"}}}],"tool_choice":"required","#
                + #""parallel_tool_calls":false}"#)
    }

    @Test func `files go as the service takes them`() {
        func file(_ name: String, _ type: String, _ text: String) -> ChatContent {
            .attachment(Attachment(name: name, mediaType: MediaType(type), bytes: Array(text.utf8)))
        }
        let request = ChatRequest(messages: [
            ChatMessage(
                role: .user,
                content: [file("a.txt", "text/plain; charset=utf-8", "abc"), file("b.pdf", "application/pdf", "x")])
        ])
        #expect(
            body(request).contains(
                #"{"type":"text","text":"Content of the attached file a.txt:\n\nabc"},"#
                    + #"{"type":"file","file":{"filename":"b.pdf","file_data":"data:application/pdf;base64,eA=="}}"#))
    }

    @Test(arguments: [
        "text/x-swift", "application/json", "application/xml", "application/yaml", "application/x-yaml",
        "application/toml", "application/javascript", "application/x-sh",
    ])
    func `text of every type is read by every model`(type: String) {
        let file = Attachment(name: "a", mediaType: MediaType(type), bytes: Array("b: 1".utf8))
        let request = ChatRequest(messages: [ChatMessage(role: .user, content: [.attachment(file)])])
        #expect(body(request).contains(#"{"role":"user","content":"Content of the attached file a:\n\nb: 1"}"#))
    }

    @Test func `a file that the model does not read is refused before anything is sent`() async throws {
        let service = ScriptedService([])
        let clip = Attachment(name: "clip.mov", mediaType: MediaType("video/quicktime"), bytes: [1])
        let failure = await service.answer(
            to: ChatRequest(messages: [ChatMessage(role: .user, content: [.attachment(clip)])])
        ).failure
        #expect(failure?.kind == .invalidRequest)
        #expect(failure?.advice == .attachmentNotRead(name: "clip.mov", takes: ["PNG", "JPEG", "PDF", "text"]))
        #expect(service.calls.isEmpty)
    }

    @Test func `an unreadable file of an earlier turn is a note`() {
        let clip = Attachment(name: "clip.mov", mediaType: MediaType("video/quicktime"), bytes: [1])
        let request = ChatRequest(messages: [
            ChatMessage(role: .user, content: [.attachment(clip), .text("See")]),
            ChatMessage(role: .assistant, text: "No"), ChatMessage(role: .user, text: "And now?"),
        ])
        let note = #"[Attached file, not shown: clip.mov (video/quicktime)]\n\nSee"#
        #expect(body(request).contains(#"{"role":"user","content":"\#(note)"}"#))
    }

    @Test func `calls and results that do not match become words`() {
        func call(_ id: String) -> ChatContent { .toolCall(ToolCall(id: id, name: "f", input: ["x": 1])) }
        func result(_ id: String) -> ChatContent { .toolResult(ToolResult(callID: id, content: [.text("r-\(id)")])) }
        let messages = [
            ChatMessage(role: .user, content: [result("lost")]),
            ChatMessage(role: .assistant, content: [call("a")]), ChatMessage(role: .assistant, content: [call("b")]),
            ChatMessage(role: .user, content: [.text("Also"), result("b")]),
            ChatMessage(role: .user, content: [result("b")]),
            ChatMessage(role: .assistant, content: [.text("Hm"), call("c")]),
            ChatMessage(role: .user, text: "Never mind"),
        ]
        let expected = """
            [{"role":"user","content":"[Result:]\\n\\nr-lost"},
            {"role":"assistant","content":"[Called f with {\\"x\\":1}]","tool_calls":[{"id":"b",
            "type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}}]},
            {"role":"tool","content":"r-b","tool_call_id":"b"},
            {"role":"user","content":"Also\\n\\n[Result of f:]\\n\\nr-b"},
            {"role":"assistant","content":"Hm\\n\\n[Called f with {\\"x\\":1}]"},
            {"role":"user","content":"Never mind"}]
            """
        let sent = body(ChatRequest(messages: messages))
        #expect(sent.contains(expected.split(separator: "\n").joined()))
    }

    @Test func `instructions within a conversation stay where they are`() {
        let request = ChatRequest(messages: [
            ChatMessage(role: .user, text: "Hi"), ChatMessage(role: .assistant, text: "Hello"),
            ChatMessage(role: .system, text: "Be brief."), ChatMessage(role: .user, text: "Go on"),
        ])
        #expect(
            body(request).contains(
                #"{"role":"assistant","content":"Hello"},{"role":"system","content":"Be brief."},{"role":"user","#))
    }

    @Test(arguments: [(true, true), (false, false)])
    func `no thinking is asked for only where the service knows it`(knows: Bool, says: Bool) {
        let request = ChatRequest(messages: [ChatMessage(role: .user, text: "Hi")], thinking: .off)
        let text = body(request, OpenAIModelTraits(acceptsNoEffort: knows))
        #expect(text.contains(#""reasoning_effort":"none""#) == says)
    }

    @Test func `blank turns are left out, and a user always speaks`() {
        let request = ChatRequest(messages: [
            ChatMessage(role: .assistant, text: "Hello"), ChatMessage(role: .user, text: "  \n"),
        ])
        #expect(
            body(request).hasPrefix(
                #"{"model":"m","messages":[{"role":"assistant","content":"Hello"},{"role":"user","content":"(empty)"}]"#
            ))
    }

    @Test func `a model without sampling parameters is sent none, and the length by its name`() {
        let request = ChatRequest(
            messages: [ChatMessage(role: .user, text: "Hi")], sampling: Sampling(temperature: 1, topP: 1, maxTokens: 5))
        let traits = OpenAIModelTraits(acceptsSamplingParameters: false, lengthKey: "max_completion_tokens")
        let text = body(request, traits)
        #expect(!text.contains("temperature") && !text.contains("top_p"))
        #expect(text.contains(#""max_completion_tokens":5"#))
    }

    @Test(arguments: ["https://models.example/v1", "https://models.example/v1/"])
    func `the endpoint's path follows the base URL`(base: String) {
        let request = ChatRequest(messages: [ChatMessage(role: .user, text: "Hi")])
        let url = ScriptedService([]).upstream(baseURL: base).exampleRequest(for: request).url
        #expect(url == "https://models.example/v1/chat/completions")
    }
}
