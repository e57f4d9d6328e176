import Bedrock
import ChatEvents
import JSONCoding
import Testing

/// How an answer in JSON is asked for, and what becomes of it.
struct StructuredAnswerTests {
    private let schema = AnswerSchema(
        name: "weather report", description: "The weather.",
        schema: [
            "type": "object",
            "properties": [
                "days": ["type": "array", "items": ["type": "object", "properties": ["rain": ["type": "boolean"]]]],
                "open": ["type": "object", "properties": [:], "additionalProperties": true],
            ],
        ])
    private let forcing = ToolTraits(choices: [.any, .named])

    private func request(
        _ format: ResponseFormat, _ traits: ConverseModelTraits, tools: ToolUse? = nil, system: String = "",
        thinking: Thinking = .asTheModelDoes
    ) throws -> ConverseRequest {
        try ConverseRequest(
            ChatRequest(
                messages: [.user("Hi")], system: system, tools: tools, thinking: thinking, responseFormat: format),
            for: traits)
    }

    private func instructions(_ request: ConverseRequest) -> String {
        request.body["system"]?.array?.first?["text"]?.string ?? ""
    }

    @Test func `a model that knows schemas gets one with its objects closed`() throws {
        let request = try request(.jsonSchema(schema), ConverseModelTraits(tools: forcing, takesTextFormat: true))
        let format = try #require(request.body["outputConfig"]?["textFormat"])
        #expect(format["type"] == "json_schema")
        let definition = try #require(format["structure"]?["jsonSchema"])
        #expect(definition["name"] == "weather_report")
        #expect(definition["description"] == "The weather.")
        #expect(
            definition["schema"]?.string
                == #"{"type":"object","properties":{"days":{"type":"array","items":{"type":"object","#
                + #""properties":{"rain":{"type":"boolean"}},"additionalProperties":false}},"#
                + #""open":{"type":"object","properties":{},"additionalProperties":true}},"additionalProperties":false}"#
        )
        #expect(request.body["toolConfig"] == nil)
        #expect(request.body["system"] == nil)
    }

    @Test func `another model has to call a tool with the answer`() throws {
        let request = try request(.jsonSchema(schema), ConverseModelTraits(tools: forcing))
        let tools = try #require(request.body["toolConfig"])
        #expect(tools["toolChoice"]?.text() == #"{"tool":{"name":"weather_report"}}"#)
        #expect(tools["tools"]?.array?.count == 1)
        #expect(tools["tools"]?.array?.first?["toolSpec"]?["inputSchema"]?["json"] == .object(schema.schema))
        #expect(request.body["outputConfig"] == nil)
        #expect(request.isStreamed)
    }

    @Test func `where no call can be forced the model is asked in words`() throws {
        let thinks = ThinkingTraits(form: .adaptive)
        let own = ToolUse(definitions: [ToolDefinition(name: "now", inputSchema: [:])])
        let list = AnswerSchema(name: "list", schema: ["type": "array"])
        let requests = [
            try request(.jsonSchema(schema), ConverseModelTraits(), system: "Be brief."),
            try request(.jsonSchema(schema), ConverseModelTraits(tools: forcing), tools: own, system: "Be brief."),
            try request(
                .jsonSchema(schema), ConverseModelTraits(tools: forcing, thinking: thinks), system: "Be brief.",
                thinking: .effort(.low)),
            try request(.jsonSchema(list), ConverseModelTraits(tools: forcing), system: "Be brief."),
            try request(.jsonObject, ConverseModelTraits(tools: forcing, takesTextFormat: true), system: "Be brief."),
        ]
        for request in requests {
            #expect(instructions(request).hasPrefix("Be brief.\n\nAnswer with one JSON "))
            #expect(request.body["toolConfig"]?["toolChoice"] == nil)
            #expect(request.body["outputConfig"] == nil)
        }
        #expect(instructions(requests[0]).hasSuffix(JSONValue.object(schema.schema).text()))
        #expect(try request(.text, ConverseModelTraits(tools: forcing)).body["system"] == nil)
    }

    // MARK: - The answer

    private func passed(_ batches: [[ChatEvent]]) -> [ChatEvent] {
        var answer = AnswerFromTool("report")
        return batches.flatMap { answer.pass($0) }
    }

    @Test func `the input of the call is the answer`() {
        let events = passed([
            [.reasoning("Hm."), .text("Here: ")], [.toolCallStarted(index: 0, id: "a", name: "report")],
            [.toolCallInput(index: 0, fragment: #"{"a":"#), .toolCallInput(index: 0, fragment: "1}")],
            [.toolCallStarted(index: 1, id: "b", name: "report"), .toolCallInput(index: 1, fragment: "{}")],
            [.text("Done."), .finished(.toolUse), .usage(TokenUsage(input: 1, output: 2))],
        ])
        #expect(
            events == [
                .reasoning("Hm."), .text(#"{"a":"#), .text("1}"), .finished(.endOfTurn),
                .usage(TokenUsage(input: 1, output: 2)),
            ])
    }

    @Test func `a call without input is an empty object, and one that is cut says so`() {
        #expect(
            passed([[.toolCallStarted(index: 0, id: "a", name: "report"), .finished(.toolUse)]])
                == [.text("{}"), .finished(.endOfTurn)])
        #expect(
            passed([
                [.toolCallStarted(index: 0, id: "a", name: "report")], [.toolCallInput(index: 0, fragment: "{\"a")],
                [.finished(.maxTokens)],
            ]) == [.text("{\"a"), .finished(.maxTokens)])
    }

    @Test func `an answer in words is let through at its end`() {
        #expect(
            passed([[.text("{\"a\":")], [.text("1}")], [.finished(.endOfTurn)]])
                == [.text("{\"a\":"), .text("1}"), .finished(.endOfTurn)])
    }
}
