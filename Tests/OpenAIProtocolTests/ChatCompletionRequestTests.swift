import JSONCoding
import OpenAIProtocol
import Testing

struct ChatCompletionRequestTests {
    private func request(_ text: String) throws -> ChatCompletionRequest {
        try ChatCompletionRequest(try JSONParser.parse(Array(text.utf8)))
    }

    @Test(arguments: [
        #"{"model":"m","messages":[{"role":"user","content":"Hi"}]}"#,
        #"{"model":"m","messages":[{"role":"system","content":"S"},{"role":"user","content":"Hi"}],"temperature":0.5,"#
            + #""top_p":0.9,"max_completion_tokens":5,"stop":["a","b"],"stream":true,"#
            + #""stream_options":{"include_usage":true}}"#,
        #"{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"Look"},"#
            + #"{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}},"#
            + #"{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AA=="}}]}]}"#,
        #"{"model":"m","messages":[{"role":"user","content":"Sum"},{"role":"assistant","content":null,"tool_calls":["#
            + #"{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]},"#
            + #"{"role":"tool","content":"2","tool_call_id":"c1"}],"tools":[{"type":"function","function":"#
            + #"{"name":"add","description":"Adds.","parameters":{"type":"object"},"strict":true}}],"#
            + #""tool_choice":{"type":"function","function":{"name":"add"}},"parallel_tool_calls":false,"#
            + #""reasoning_effort":"low","seed":7,"logit_bias":{"50256":-100}}"#,
        #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema","#
            + #""json_schema":{"name":"answer","description":"A.","schema":{"type":"object"},"strict":true}},"seed":-1,"#
            + #""presence_penalty":-2,"frequency_penalty":0.5,"logit_bias":{"1":100,"50256":-0.5},"n":1,"user":"u-1"}"#,
        #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_object"}}"#,
    ])
    func `what is read is written as it was`(text: String) throws {
        #expect(try request(text).json().text() == text)
    }

    @Test func `the older name of the length is read, and written where a service knows no other`() throws {
        let request = try request(#"{"model":"m","messages":[{"role":"user","content":"Hi"}],"max_tokens":9}"#)
        #expect(request.maxTokens == 9)
        #expect(request.json(lengthKey: "max_tokens").text().hasSuffix(#""max_tokens":9}"#))
    }

    @Test(arguments: [
        ("[]", nil, "the request must be a JSON object"),
        (#"{"messages":[]}"#, "model", "'model' is missing"),
        (#"{"model":7,"messages":[]}"#, "model", "'model' must be a string, not a number"),
        (#"{"model":"m"}"#, "messages", "'messages' is missing"),
        (#"{"model":"m","messages":[]}"#, "messages", "'messages' must hold at least one message"),
        (
            #"{"model":"m","messages":[{"role":"king","content":"x"}]}"#, "messages[0].role",
            "'messages[0].role' must be one of 'system', 'developer', 'user', 'assistant', 'tool'"
        ),
        (#"{"model":"m","messages":[{"role":"user"}]}"#, "messages[0].content", "'messages[0].content' is missing"),
        (
            #"{"model":"m","messages":[{"role":"tool","content":"x"}]}"#, "messages[0].tool_call_id",
            "'messages[0].tool_call_id' is missing"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":[{"type":"sound"}]}]}"#,
            "messages[0].content[0].type",
            "'messages[0].content[0].type' must be 'text', 'image_url' or 'file', not 'sound'"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":3}"#, "temperature",
            "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead."
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"stop":["1","2","3","4","5"]}"#, "stop",
            "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length 5 instead."
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"stop":["a",1]}"#, "stop[1]",
            "'stop[1]' must be a string, not a number"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"stop":{}}"#, "stop",
            "'stop' must be a string or a list of up to 4 strings, not an object"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{}]}"#, "tools[0].function",
            "'tools[0].function' is missing"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":"x"}]}]}"#,
            "messages[0].content[0].image_url",
            "'messages[0].content[0].image_url' must be an object, not a string"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"function":{"name":"a b"}}]}"#,
            "tools[0].function.name", "'tools[0].function.name' must be 1 to 64 letters, digits, '_' or '-'"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"xml"}}"#,
            "response_format.type",
            "'response_format.type' must be 'text', 'json_object' or 'json_schema', not 'xml'"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema"}}"#,
            "response_format.json_schema", "'response_format.json_schema' is missing"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","#
                + #""json_schema":{"name":"a b"}}}"#, "response_format.json_schema.name",
            "'response_format.json_schema.name' must be 1 to 64 letters, digits, '_' or '-'"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"n":0}"#, "n",
            "Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 instead."
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"logit_bias":{"hello":1}}"#, "logit_bias",
            "'logit_bias' must map up to 1024 tokens' numbers to -100 to 100"
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"}],"tool_choice":"maybe"}"#, "tool_choice",
            "'tool_choice' must be 'none', 'auto', 'required' or name a function"
        ),
    ])
    func `what is wrong is told with its place`(text: String, param: String?, message: String) throws {
        let value = try JSONParser.parse(Array(text.utf8))
        let error = #expect(throws: OpenAIError.self) { try ChatCompletionRequest(value) }
        #expect(error?.message == message)
        #expect(error?.param == param)
        #expect(error?.type == "invalid_request_error")
        #expect(error?.code != nil)
    }

    @Test(arguments: [
        (#"{"error":{"message":"No","type":"requests","code":"rate_limit_exceeded"}}"#, "No", "rate_limit_exceeded"),
        (#"{"error":"No"}"#, "No", nil), (#"{"message":"No","code":429}"#, "No", "429"),
        (#"[{"error":{"message":"No","status":"UNAVAILABLE","code":503}}]"#, "No", "503"),
        (#"{"detail":"No"}"#, "No", nil),
    ])
    func `errors of compatible services are read in all their shapes`(
        text: String, message: String, code: String?
    ) throws {
        let error = try #require(OpenAIError(try JSONParser.parse(Array(text.utf8))))
        #expect(error.message == message)
        #expect(error.code == code)
    }

    @Test(arguments: [#"{"choices":[]}"#, #"{"error":null}"#, "7"])
    func `what is no error is none`(text: String) throws {
        #expect(OpenAIError(try JSONParser.parse(Array(text.utf8))) == nil)
    }
}
