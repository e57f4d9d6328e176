import Bedrock
import ChatEvents
import JSONCoding
import Testing

/// How a model is asked to think, and what follows from it.
struct ThinkingTests {
    private func request(
        _ thinking: Thinking, _ traits: ThinkingTraits, sampling: Sampling = Sampling(),
        messages: [ChatMessage] = [.user("Hi")], tools: ToolUse? = nil, most: Int? = nil
    ) throws -> JSONValue {
        try ConverseRequest(
            ChatRequest(messages: messages, sampling: sampling, tools: tools, thinking: thinking),
            for: ConverseModelTraits(
                modelID: "m", acceptsAssistantPrefill: true, maxOutputTokens: most,
                tools: ToolTraits(choices: [.any]), thinking: traits)
        ).body
    }

    private let all = Set(Thinking.Effort.allCases)

    @Test(
        arguments: [
            (.none, .high, nil), (.effortWord, .high, #"{"reasoning_effort":"high"}"#),
            (.effortWord, .minimal, #"{"reasoning_effort":"low"}"#),
            (.effortWord, .max, #"{"reasoning_effort":"high"}"#),
            (.effortObject, .medium, #"{"reasoning":{"effort":"medium"}}"#),
            (.novaReasoningConfig, .low, #"{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"low"}}"#),
            (.adaptive, .medium, #"{"thinking":{"type":"adaptive"},"output_config":{"effort":"medium"}}"#),
            (.budget, .medium, #"{"thinking":{"type":"enabled","budget_tokens":8192}}"#),
        ] as [(ThinkingTraits.Form, Thinking.Effort, String?)])
    func `an effort is said in the model's own words`(
        form: ThinkingTraits.Form, effort: Thinking.Effort, fields: String?
    ) throws {
        let body = try request(.effort(effort), ThinkingTraits(form: form))
        #expect(body["additionalModelRequestFields"]?.text() == fields)
    }

    @Test(
        arguments: [
            (.effortWord, true, #"{"reasoning_effort":"none"}"#), (.effortWord, false, #"{"reasoning_effort":"low"}"#),
            (.effortObject, true, #"{"reasoning":{"effort":"none"}}"#), (.adaptive, true, nil), (.budget, true, nil),
            (.novaReasoningConfig, true, nil),
        ] as [(ThinkingTraits.Form, Bool, String?)])
    func `no thinking is said where it has to be`(
        form: ThinkingTraits.Form, takesNone: Bool, fields: String?
    ) throws {
        let body = try request(.off, ThinkingTraits(form: form, takesNone: takesNone))
        #expect(body["additionalModelRequestFields"]?.text() == fields)
        let always = try request(.off, ThinkingTraits(form: form, takesNone: takesNone, isAlwaysOn: true))
        #expect(always["additionalModelRequestFields"] == nil)
    }

    @Test(
        arguments: [
            (nil, nil, .high, 16_384, 20_480), (4096, nil, .high, 3072, 4096), (1000, nil, .low, 1024, 2024),
            (100_000, nil, .max, 60_000, 100_000), (100_000, 8192, .max, 6144, 8192), (nil, 4096, .medium, 3072, 4096),
            (1, nil, .minimal, 1024, 1025),
        ] as [(Int?, Int?, Thinking.Effort, Int, Int)])
    func `a budget leaves room for words`(
        asked: Int?, most: Int?, effort: Thinking.Effort, budget: Int, maxTokens: Int
    ) throws {
        let body = try request(
            .effort(effort), ThinkingTraits(form: .budget, efforts: all), sampling: Sampling(maxTokens: asked),
            most: most)
        #expect(body["additionalModelRequestFields"]?["thinking"]?["budget_tokens"]?.integer == budget)
        #expect(body["inferenceConfig"]?["maxTokens"]?.integer == maxTokens)
    }

    @Test(arguments: [ThinkingTraits.Form.budget, .adaptive])
    func `a thinking Claude gets no sampling, no prefill and no forced tool`(form: ThinkingTraits.Form) throws {
        let sampling = Sampling(temperature: 0.5, topP: 0.5, maxTokens: 50_000, additional: ["top_k": 5, "x": 1])
        let tools = ToolUse(definitions: [ToolDefinition(name: "now", inputSchema: [:])], choice: .any)
        let body = try request(
            .effort(.low), ThinkingTraits(form: form), sampling: sampling,
            messages: [.user("a"), .assistant("b")], tools: tools)
        #expect(body["inferenceConfig"]?.text() == #"{"maxTokens":50000}"#)
        #expect(body["additionalModelRequestFields"]?["top_k"] == nil)
        #expect(body["additionalModelRequestFields"]?["x"] == 1)
        #expect(body["toolConfig"]?["toolChoice"] == nil)
        #expect(body["messages"]?.array?.last?["role"] == "user")

        let plain = try request(.asTheModelDoes, ThinkingTraits(form: form), sampling: sampling, tools: tools)
        #expect(plain["inferenceConfig"]?["temperature"]?.double == 0.5)
        #expect(plain["toolConfig"]?["toolChoice"]?.text() == #"{"any":{}}"#)
    }

    @Test func `a Nova that thinks hard gets no length and no sampling`() throws {
        let sampling = Sampling(temperature: 0.5, maxTokens: 100)
        let hard = try request(.effort(.high), ThinkingTraits(form: .novaReasoningConfig), sampling: sampling)
        #expect(hard["inferenceConfig"] == nil)
        let light = try request(.effort(.low), ThinkingTraits(form: .novaReasoningConfig), sampling: sampling)
        #expect(light["inferenceConfig"]?.text() == #"{"maxTokens":100,"temperature":0.5}"#)
    }

    @Test func `what the bot's own fields say of thinking stands`() throws {
        let given: JSONObject = ["thinking": ["type": "enabled", "budget_tokens": 2000]]
        let body = try request(
            .effort(.high), ThinkingTraits(form: .budget),
            sampling: Sampling(temperature: 0.5, maxTokens: 4000, additional: given))
        #expect(body["additionalModelRequestFields"] == .object(given))
        #expect(body["inferenceConfig"]?.text() == #"{"maxTokens":4000}"#)
    }

    // MARK: - Thoughts that go back

    private func conversation(_ block: ReasoningBlock?) -> [ChatMessage] {
        let thoughts = block.map { [ChatContent.reasoning($0)] } ?? []
        return [
            .user("What time?"),
            ChatMessage(
                role: .assistant,
                content: [.toolCall(ToolCall(id: "c1", name: "now", input: [:]))] + thoughts),
            ChatMessage(role: .user, content: [.toolResult(ToolResult(callID: "c1", content: [.text("noon")]))]),
        ]
    }

    private let tools = ToolUse(definitions: [ToolDefinition(name: "now", inputSchema: [:])])

    @Test(arguments: [
        ReasoningBlock(text: "Hm.", signature: "sig==", modelID: "m"),
        ReasoningBlock(redacted: "b3BhcXVl", modelID: "m"),
    ])
    func `the model's own sealed thoughts go back unchanged, before its call`(block: ReasoningBlock) throws {
        let body = try request(
            .effort(.low), ThinkingTraits(form: .budget), messages: conversation(block), tools: tools)
        let first = body["messages"]?.array?[1]["content"]?.array?.first
        let written =
            block.redacted == nil
            ? #"{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"sig=="}}}"#
            : #"{"reasoningContent":{"redactedContent":"b3BhcXVl"}}"#
        #expect(first?.text() == written)
        #expect(body["additionalModelRequestFields"]?["thinking"] != nil)
    }

    @Test(arguments: [
        ReasoningBlock(text: "Hm.", signature: "sig==", modelID: "other"), ReasoningBlock(text: "Hm.", modelID: "m"),
        ReasoningBlock(text: "Hm.", signature: "sig=="), nil,
    ])
    func `thoughts of others, unsealed ones and lost ones do not, and a budget is then not asked for`(
        block: ReasoningBlock?
    ) throws {
        let body = try request(
            .effort(.low), ThinkingTraits(form: .budget), messages: conversation(block), tools: tools)
        #expect(!body.text().contains("reasoningContent"))
        #expect(body["additionalModelRequestFields"] == nil)
        let adaptive = try request(
            .effort(.low), ThinkingTraits(form: .adaptive), messages: conversation(block), tools: tools)
        #expect(adaptive["additionalModelRequestFields"]?["thinking"] != nil)
    }

    @Test func `a model that does not think gets no thoughts`() throws {
        let block = ReasoningBlock(text: "Hm.", signature: "sig==", modelID: "m")
        let body = try request(.off, ThinkingTraits(form: .budget), messages: conversation(block), tools: tools)
        #expect(!body.text().contains("reasoningContent"))
    }
}

/// Where the fields go that are a model's own.
struct AdditionalFieldTests {
    @Test(
        arguments: [
            (.asWritten, #"{"top_k":40,"x":1}"#), (.novaInferenceConfig, #"{"inferenceConfig":{"topK":40},"x":1}"#),
            (.k, #"{"k":40,"x":1}"#), (.nowhere, #"{"x":1}"#),
        ] as [(ConverseModelTraits.TopKPlace, String)])
    func `a top_k goes where the model looks for it`(place: ConverseModelTraits.TopKPlace, fields: String) throws {
        let sampling = Sampling(additional: ["top_k": 40, "x": 1])
        let body = try ConverseRequest(
            ChatRequest(messages: [.user("Hi")], sampling: sampling), for: ConverseModelTraits(topKPlace: place)
        ).body
        #expect(body["additionalModelRequestFields"]?.text() == fields)
    }

    @Test func `what the bot gives wins over what we would say, object by object`() throws {
        let body = try ConverseRequest(
            ChatRequest(
                messages: [.user("Hi")], sampling: Sampling(additional: ["tool_choice": ["type": "any"]]),
                tools: ToolUse(
                    definitions: [ToolDefinition(name: "now", inputSchema: [:])], allowsParallelCalls: false)),
            for: ConverseModelTraits(tools: ToolTraits(canCallOneByOne: true))
        ).body
        #expect(
            body["additionalModelRequestFields"]?.text()
                == #"{"tool_choice":{"type":"any","disable_parallel_tool_use":true}}"#)
    }

    @Test(arguments: [true, false])
    func `a guardrail has a mode only in a stream`(streams: Bool) throws {
        let traits = ConverseModelTraits(
            streams: streams, guardrail: GuardrailReference(id: "gr", version: "DRAFT", mode: .async))
        let body = try ConverseRequest(ChatRequest(messages: [.user("Hi")]), for: traits).body
        #expect(
            body["guardrailConfig"]?.text()
                == #"{"guardrailIdentifier":"gr","guardrailVersion":"DRAFT""#
                + (streams ? #","streamProcessingMode":"async"}"# : "}"))
    }
}
