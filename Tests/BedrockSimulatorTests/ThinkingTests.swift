import BedrockSimulator
import JSONCoding
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ThinkingTests {
    private static let haiku = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
    private static let sonnet5 = "us.anthropic.claude-sonnet-5-5"
    private static let budget: JSONValue = ["thinking": ["type": "enabled", "budget_tokens": 1024]]
    private static let adaptive: JSONValue = ["thinking": ["type": "adaptive"], "output_config": ["effort": "low"]]

    private static func request(
        _ texts: String, _ fields: JSONValue, adding members: JSONObject = [:]
    ) -> JSONValue {
        var members = members
        members["additionalModelRequestFields"] = fields
        if members["inferenceConfig"] == nil { members["inferenceConfig"] = ["maxTokens": 2000] }
        return conversation(texts, adding: members)
    }

    @Test(arguments: [(haiku, budget), (sonnet5, adaptive)] as [(String, JSONValue)])
    func `thoughts come first, signed, and count as output`(model: String, fields: JSONValue) async throws {
        try await withSimulator { client in
            let request = Self.request("Reply with the single word pong", fields)
            let answer = try await client.call("converse", model, request)
            let thoughts = answer.content.first?["reasoningContent"]?["reasoningText"]
            #expect(thoughts?["text"]?.string?.isEmpty == false)
            #expect(thoughts?["signature"]?.string?.isEmpty == false)
            #expect(answer.text == "pong")
            #expect((answer.json?["usage"]?["outputTokens"]?.integer ?? 0) > 20)

            let events = try await client.call("converse-stream", model, request).events()
            let deltas = events.compactMap { $0.payload["delta"]?["reasoningContent"] }
            #expect(deltas.compactMap { $0["text"]?.string }.joined() == thoughts?["text"]?.string)
            #expect(deltas.last?["signature"] == thoughts?["signature"])
            #expect(events.allSatisfy { $0.type != "contentBlockStart" }, "thoughts and text have no start")
        }
    }

    @Test func `thoughts can come hidden`() async throws {
        try await withSimulator { client in
            let answer = try await client.call(
                "converse", Self.haiku, Self.request("Hide your thoughts. What is it?", Self.budget))
            #expect(answer.content.first?["reasoningContent"]?["redactedContent"]?.string?.isEmpty == false)
        }
    }

    @Test func `without being asked a model does not think`() async throws {
        try await withSimulator { client in
            for model in [Self.haiku, Self.sonnet5, "amazon.nova-micro-v1:0"] {
                let answer = try await client.call("converse", model, conversation("Hello"))
                #expect(answer.content.allSatisfy { $0["reasoningContent"] == nil })
            }
        }
    }

    @Test(arguments: [
        ("none", nil), ("text", "messages.1.content.0: Invalid `signature` in `thinking` block"),
        ("signature", "messages.1.content.0: Invalid `signature` in `thinking` block"),
        ("unsigned", "messages.1.content.0.thinking.signature: Field required"),
        ("dropped", "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`."),
    ])
    func `thoughts before a tool's result come back unchanged or are refused`(
        change: String, message: String?
    ) async throws {
        try await withSimulator { client in
            let tools: JSONValue = [
                "tools": [["toolSpec": ["name": "look", "inputSchema": ["json": ["type": "object"]]]]]
            ]
            let prompt = "Call the tool look with {}"
            let first = try await client.call(
                "converse", Self.haiku, Self.request(prompt, Self.budget, adding: ["toolConfig": tools]))
            let thinking = try #require(first.content.first?["reasoningContent"]?["reasoningText"])
            let call = try #require(first.content.compactMap { $0["toolUse"] }.first)
            let id = try #require(call["toolUseId"])
            var block: JSONObject = ["text": thinking["text"] ?? "", "signature": thinking["signature"] ?? ""]
            switch change {
            case "text": block["text"] = "Other thoughts"
            case "signature": block["signature"] = "c2ltdWxhdG9y"
            case "unsigned": block["signature"] = nil
            default: break
            }
            let thoughts: [JSONValue] =
                change == "dropped" ? [] : [["reasoningContent": ["reasoningText": .object(block)]]]
            let request: JSONValue = [
                "messages": [
                    BedrockSimulatorTests.message(role: "user", ["text": .string(prompt)]),
                    ["role": "assistant", "content": .array(thoughts + [["toolUse": call]])],
                    [
                        "role": "user",
                        "content": [["toolResult": ["toolUseId": id, "content": [["text": "done"]]]]],
                    ],
                ],
                "toolConfig": tools, "additionalModelRequestFields": Self.budget,
                "inferenceConfig": ["maxTokens": 2000],
            ]
            let answer = try await client.call("converse", Self.haiku, request)
            if let message {
                #expect(answer.status == 400)
                let text = "The model returned the following errors: \(message)"
                #expect(answer.message?.hasPrefix(text) == true, "\(answer.message ?? "")")
            } else {
                #expect(answer.status == 200, "\(answer.message ?? "")")
            }
        }
    }

    @Test(
        arguments: [
            (
                haiku, ["thinking": ["type": "enabled", "budget_tokens": 100]], [:],
                "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024"
            ),
            (
                haiku, ["thinking": ["type": "enabled", "budget_tokens": 2000]], [:],
                "`max_tokens` must be greater than `thinking.budget_tokens`."
            ),
            (haiku, ["thinking": ["type": "adaptive"]], [:], "adaptive thinking is not supported on this model"),
            (haiku, ["surprise": 1], [:], "surprise: Extra inputs are not permitted"),
            (
                haiku, budget, ["inferenceConfig": ["maxTokens": 2000, "temperature": 0]],
                "`temperature` may only be set to 1 when thinking is enabled."
            ),
            (
                "us.amazon.nova-2-lite-v1:0",
                ["reasoningConfig": ["type": "enabled", "maxReasoningEffort": "high"]], [:],
                "maxTokens, temperature and topP must be unset"
            ),
            (
                "global.openai.gpt-6-sol", ["reasoning": ["effort": "minimal"]], [:],
                "Unsupported value: 'minimal' is not supported"
            ),
            (
                sonnet5, ["thinking": ["type": "enabled", "budget_tokens": 1024]], [:],
                "\"thinking.type.enabled\" is not supported for this model."
            ),
        ] as [(String, JSONValue, JSONObject, String)])
    func `settings that a model does not take are refused`(
        model: String, fields: JSONValue, members: JSONObject, message: String
    ) async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse", model, Self.request("Hello", fields, adding: members))
            #expect(answer.status == 400)
            let text = "The model returned the following errors: \(message)"
            #expect(answer.message?.hasPrefix(text) == true, "\(answer.message ?? "")")
        }
    }
}
