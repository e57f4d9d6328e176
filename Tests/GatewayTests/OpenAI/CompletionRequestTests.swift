import BotConfiguration
import ChatEvents
import Gateway
import JSONCoding
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CompletionRequestTests {
    /// What a bot is asked, of a request's body.
    private func asked(
        _ body: String, reasons: Bool = false
    ) async throws -> (reply: WireReply?, request: ChatRequest?) {
        let seen = Mutex<ChatRequest?>(nil)
        var config = try sampleBot()
        // Nothing known of a model means that it takes everything.
        if reasons { config.model.facts = nil }
        let door = try OpenAIDoor(asking: GatewayBot(config: config)) { request, deliver in
            seen.withLock { $0 = request }
            try await deliver([.text("ok"), .finished(.endOfTurn)])
        }
        let reply = try await door.exchange(body: body)
        return (reply, seen.withLock { $0 })
    }

    private func completion(messages: String, _ members: String = "") -> String {
        #"{"model":"Nova","messages":[\#(messages)]\#(members.isEmpty ? "" : "," + members)}"#
    }

    @Test func `a conversation arrives with all its roles`() async throws {
        let (_, request) = try await asked(
            completion(
                messages: #"{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},"#
                    + #"{"role":"assistant","content":"Hello"},{"role":"developer","content":[{"type":"text","#
                    + #""text":"Be kind."}]},{"role":"user","content":[{"type":"text","text":"Who?"}]}"#))
        #expect(request?.system == "Be brief.\n\nBe kind.")
        #expect(
            request?.messages == [
                ChatMessage(role: .user, text: "Hi"), ChatMessage(role: .assistant, text: "Hello"),
                ChatMessage(role: .user, text: "Who?"),
            ])
    }

    @Test func `calls of tools and their results go back to the model`() async throws {
        let (_, request) = try await asked(
            completion(
                messages: #"{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":["#
                    + #"{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}},"#
                    + #"{"id":"b","type":"function","function":{"name":"f","arguments":"{oops"}}]},"#
                    + #"{"role":"tool","tool_call_id":"b","content":"2"},{"role":"tool","tool_call_id":"a","#
                    + #""content":"1"}"#,
                #""tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"#
                    + #""tool_choice":"required","parallel_tool_calls":false"#))
        #expect(
            request?.messages.dropFirst().map(\.content) == [
                [
                    .toolCall(ToolCall(id: "a", name: "f", input: ["x": 1])),
                    .toolCall(ToolCall(id: "b", name: "f", input: ["arguments": "{oops"])),
                ],
                [
                    .toolResult(ToolResult(callID: "b", content: [.text("2")])),
                    .toolResult(ToolResult(callID: "a", content: [.text("1")])),
                ],
            ])
        #expect(
            request?.tools
                == ToolUse(
                    definitions: [ToolDefinition(name: "f", inputSchema: ["type": "object"])], choice: .any,
                    allowsParallelCalls: false))
    }

    @Test func `pictures and files arrive as what they look like`() async throws {
        let picture = Base64.encode([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(repeating: 0, count: 40))
        let text = Base64.encode(Array("a,b\n1,2\n".utf8))
        let (_, request) = try await asked(
            completion(
                messages: #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,"#
                    + picture + #"","detail":"low"}},{"type":"file","file":{"filename":"t.csv","file_data":""# + text
                    + #""}},{"type":"file","file":{"filename":"t.csv","file_data":"data:text/csv;base64,"# + text
                    + #""}}]}"#))
        let files = request?.messages.first?.content.compactMap { content -> ChatEvents.Attachment? in
            if case .attachment(let file) = content { file } else { nil }
        }
        #expect(files?.map(\.mediaType.description) == ["image/png", "text/csv", "text/csv"])
        #expect(files?.last?.name == "t.csv")
    }

    @Test(arguments: [("low", Thinking.effort(.low)), ("xhigh", .effort(.xhigh)), ("none", .off)])
    func `an effort reaches the model`(word: String, thinking: Thinking) async throws {
        let (_, request) = try await asked(OpenAIDoor.body(#""reasoning_effort":"\#(word)""#), reasons: true)
        #expect(request?.thinking == thinking)
    }

    @Test func `what a request sets wins over the bot, and the answer's shape goes along`() async throws {
        let (_, request) = try await asked(
            OpenAIDoor.body(
                #""temperature":0.25,"max_tokens":9,"max_completion_tokens":7,"stop":"END","seed":3,"user":"u","#
                    + #""response_format":{"type":"json_schema","json_schema":{"name":"a","strict":true,"#
                    + #""schema":{"type":"object"}}}"#), reasons: true)
        #expect(request?.sampling.temperature == 0.25)
        #expect(request?.sampling.maxTokens == 7)
        #expect(request?.sampling.stopSequences == ["END"])
        #expect(request?.sampling.seed == 3)
        #expect(request?.endUser == "u")
        #expect(
            request?.responseFormat
                == .jsonSchema(AnswerSchema(name: "a", schema: ["type": "object"], isStrict: true)))
    }

    @Test func `what the bot lets users set is taken as members, within what its controls allow`() async throws {
        let controls = #"""
            "poe":{"parameter_controls":{"sections":[{"controls":[
              {"control":"toggle_switch","label":"Think","parameter_name":"reasoning"},
              {"control":"text_field","label":"Salt","parameter_name":"salt"},
              {"control":"drop_down","label":"Tone","parameter_name":"tone","options":[
                {"value":"dry","name":"Dry"},{"value":"kind","name":"Kind"}]}]}]}}
            """#
        let seen = Mutex<ChatRequest?>(nil)
        var config = try sampleBot(members: controls)
        config.model.facts = nil
        let door = try OpenAIDoor(asking: GatewayBot(config: config)) { request, deliver in
            seen.withLock { $0 = request }
            try await deliver([.text("ok"), .finished(.endOfTurn)])
        }
        try await door.world.running { client in
            func ask(_ members: String) async throws -> WireReply? {
                try await client.exchange(
                    wireRequest("POST", "/v1/chat/completions", key: door.key, body: OpenAIDoor.body(members)))
            }
            #expect(try await ask(#""tone":"dry","reasoning":true,"salt":7"#)?.status == 200)
            #expect(seen.withLock { $0?.sampling.additional["salt"] } == "7")
            #expect(seen.withLock { $0?.sampling.additional["tone"] } == "dry")
            #expect(seen.withLock { $0?.thinking } == .effort(.medium))
            let wrong = try await ask(#""tone":"rude""#)
            #expect(wrong?.status == 400)
            #expect(wrong?.openAIError?["message"]?.string?.contains("Tone") == true)
            #expect(try await ask(#""colour":"red""#)?.status == 400)
            let model = try await client.exchange(wireRequest("GET", "/v1/models/nova", key: door.key))
            #expect(
                model?.json?["parameters"] == [
                    ["name": "reasoning", "schema": ["type": "boolean"], "default_value": .null],
                    ["name": "salt", "schema": ["type": ["string", "number"]], "default_value": .null],
                    [
                        "name": "tone", "schema": ["type": "string", "enum": ["dry", "kind"]], "default_value": .null,
                    ],
                ])
        }
    }

    @Test func `what only colours an answer is ignored`() async throws {
        let (reply, _) = try await asked(
            OpenAIDoor.body(
                #""store":true,"metadata":{},"seed":7,"logit_bias":{"5":-100},"user":"u","n":1,"service_tier":"auto","#
                    + #""presence_penalty":0.5,"prediction":null,"verbosity":"low","stop":["X"],"top_p":0.5"#))
        #expect(reply?.status == 200)
    }

    @Test(arguments: [
        (#""n":2"#, "n", "unsupported_value"), (#""logprobs":true"#, "logprobs", "unsupported_parameter"),
        (#""functions":[]"#, "functions", "unsupported_parameter"),
        (#""modalities":["text","audio"]"#, "modalities", "unsupported_parameter"),
        (#""temperature":3"#, "temperature", "decimal_above_max_value"),
        (#""temperature":"hot""#, "temperature", "invalid_type"),
        (#""max_tokens":0"#, "max_tokens", "integer_below_min_value"), (#""n":0"#, "n", "integer_below_min_value"),
        (#""max_tokens":1.5"#, "max_tokens", "invalid_type"), (#""stream_options":{}"#, "stream_options", nil),
        (#""stream":true,"stream_options":7"#, "stream_options", "invalid_type"),
        (#""temprature":1"#, "temprature", nil),
        (#""reasoning_effort":"much""#, "reasoning_effort", "invalid_value"),
        (#""tool_choice":"auto""#, "tool_choice", "invalid_value"),
        (
            #""tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":{"type":"function","function":{"name":"g"}}"#,
            "tool_choice", "invalid_value"
        ),
    ])
    func `what cannot be served is refused by its name`(members: String, param: String, code: String?) async throws {
        let (reply, request) = try await asked(OpenAIDoor.body(members))
        #expect(reply?.status == 400)
        #expect(reply?.openAIError?["type"] == "invalid_request_error")
        #expect(reply?.openAIError?["param"]?.string == param)
        #expect(reply?.openAIError?["code"]?.string == code)
        #expect(request == nil)
    }

    @Test(arguments: [
        (
            #"{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"","format":"wav"}}]}"#,
            "messages[0].content[0].type"
        ),
        (
            #"{"role":"user","content":[{"type":"image_url","image_url":"https://example.com/a.png"}]}"#,
            "messages[0].content[0].image_url"
        ),
        (
            #"{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}"#,
            "messages[0].content[0].file.file_id"
        ),
        (
            #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,!!"}}]}"#,
            "messages[0].content[0].image_url.url"
        ),
        (
            #"{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}"#,
            "messages[0].content[0].image_url.url"
        ),
        (
            #"{"role":"user","content":[{"type":"file","file":{"file_data":"%%%"}}]}"#,
            "messages[0].content[0].file.file_data"
        ),
        (#"{"role":"tool","tool_call_id":"x","content":"1"}"#, "messages.[0].role"),
        (#"{"role":"king","content":"x"}"#, "messages[0].role"), ("7", "messages[0]"),
    ])
    func `a message that cannot be served is refused by its place`(message: String, param: String) async throws {
        let (reply, request) = try await asked(completion(messages: message))
        #expect(reply?.status == 400)
        #expect(reply?.openAIError?["param"]?.string == param)
        #expect(request == nil)
    }

    @Test(arguments: ["", "{", "[]", "null", "\"x\"", "{\"model\":7}", "{\"model\":\"nova\"}", "{\"messages\":[]}"])
    func `what is no request is a 400 with an error`(body: String) async throws {
        let (reply, _) = try await asked(body)
        #expect(reply?.status == 400)
        #expect(reply?.openAIError?["message"]?.string?.isEmpty == false)
    }

    @Test func `nesting without end is refused`() async throws {
        let deep = String(repeating: "[", count: 5_000)
        let (reply, _) = try await asked(#"{"model":"nova","messages":\#(deep)"#)
        #expect(reply?.status == 400)
    }
}
