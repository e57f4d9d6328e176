import BedrockSimulator
import JSONCoding
import Testing

/// Files, cached prefixes, guardrails and the model's own fields.
@Suite(.timeLimit(.minutes(1)))
struct ContentTests {
    private static let nova = "us.amazon.nova-pro-v1:0"
    private static let haiku = "us.anthropic.claude-haiku-4-5-20251001-v1:0"

    /// One red pixel.
    static let png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="

    private static func image(_ format: JSONValue = "png", _ bytes: String = png) -> JSONValue {
        ["image": ["format": format, "source": ["bytes": .string(bytes)]]]
    }

    private static func document(_ name: JSONValue) -> JSONValue {
        ["document": ["format": "txt", "name": name, "source": ["bytes": "aGVsbG8="]]]
    }

    private static func user(_ blocks: JSONValue...) -> JSONValue {
        ["messages": [["role": "user", "content": .array(blocks)]]]
    }

    @Test func `files are counted and told by length and digest`() async throws {
        try await withSimulator { client in
            let request = Self.user(["text": "Look"], Self.image(), Self.document("notes"))
            let answer = try await client.call("converse", Self.nova, request)
            let text = try #require(answer.text, "\(answer.message ?? "")")
            #expect(text.contains("image png of 70 bytes (sha256 "))
            #expect(text.contains("document txt of 5 bytes (sha256 2cf24dba5fb0)"))
            let plain = try await client.call("converse", Self.nova, conversation("Look"))
            let tokens = answer.json?["usage"]?["inputTokens"]?.integer ?? 0
            #expect(tokens > (plain.json?["usage"]?["inputTokens"]?.integer ?? 0))
        }
    }

    @Test(
        arguments: [
            (user(["text": "a"], image("jpg")), "1 validation error detected: Value 'jpg' at"),
            (user(["text": "a"], image("jpeg")), "The model returned the following errors: messages.0.content.1.image"),
            (user(["text": "a"], image("png", "bm8=")), "The model returned the following errors: messages.0"),
            (user(["text": "a"], image("png", "?")), "Bytes are not valid base64"),
            (user(["text": "a"], image("png", "")), "The model returned the following errors"),
            (user(document("notes")), "A text block must be included when using documents."),
            (
                user(["text": "a"], document("notes"), document("notes")),
                "Messages can not contain duplicate document names"
            ),
            (user(["text": "a"], document("a.txt")), "The file name can only contain alphanumeric characters"),
            (user(["text": "a"], document("a  b")), "The file name can only contain alphanumeric characters"),
            (
                user(["text": "a"], ["image": ["format": "png"]]),
                "1 validation error detected: Value null at 'messages.1.member.content.2.member.image.source'"
            ),
        ] as [(JSONValue, String)])
    func `files that the service does not take are refused`(request: JSONValue, message: String) async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse", Self.nova, request)
            #expect(answer.status == 400)
            #expect(answer.message?.hasPrefix(message) == true, "\(answer.message ?? "")")
        }
    }

    @Test func `a prefix is written once and read from then on, counted once`() async throws {
        try await withSimulator { client in
            let long = String(repeating: "word ", count: 4000)
            let request = conversation(
                "Hello", adding: ["system": [["text": .string(long)], ["cachePoint": ["type": "default"]]]])
            let plain = conversation("Hello", adding: ["system": [["text": .string(long)]]])
            let whole = try await client.call("converse", Self.haiku, plain).json?["usage"]
            let first = try await client.call("converse", Self.haiku, request).json?["usage"]
            let second = try await client.call("converse", Self.haiku, request).json?["usage"]
            #expect(whole?["cacheReadInputTokens"] == nil)
            #expect(first?["cacheWriteInputTokens"] == 5000)
            #expect(first?["cacheReadInputTokens"] == 0)
            #expect(second?["cacheReadInputTokens"] == 5000)
            #expect(second?["cacheWriteInputTokens"] == 0)
            for usage in [first, second] { #expect(usage?["totalTokens"] == whole?["totalTokens"]) }
            #expect(first?["inputTokens"] == second?["inputTokens"])
        }
    }

    @Test func `too short a prefix is silently not cached`() async throws {
        try await withSimulator { client in
            let request = conversation(
                "Hello", adding: ["system": [["text": "a"], ["cachePoint": ["type": "default"]]]])
            let usage = try await client.call("converse", Self.haiku, request).json?["usage"]
            #expect(usage?["cacheWriteInputTokens"] == 0)
        }
    }

    @Test func `a guardrail intervenes under status 200`() async throws {
        try await withSimulator { client in
            func request(_ id: JSONValue) -> JSONValue {
                conversation(
                    "Hello",
                    adding: [
                        "guardrailConfig": ["guardrailIdentifier": id, "guardrailVersion": "1", "trace": "enabled"]
                    ])
            }
            let blocked = try await client.call("converse", request("blocked1"))
            #expect(blocked.json?["stopReason"] == "guardrail_intervened")
            #expect(blocked.text == "Sorry, the model cannot answer this question.")
            #expect(blocked.json?["trace"]?["guardrail"]?["inputAssessment"]?["blocked1"] != nil)
            let passed = try await client.call("converse", request("abc123"))
            #expect(passed.json?["stopReason"] == "end_turn")
            #expect(try await client.call("converse", request("No-Such")).status == 400)
        }
    }

    @Test func `fields of the model's own answer come when they are asked for`() async throws {
        try await withSimulator { client in
            let request = conversation(
                "Hello",
                adding: [
                    "inferenceConfig": ["stopSequences": ["Nova"]],
                    "additionalModelResponseFieldPaths": ["/stop_sequence", "/usage/output_tokens", "/none"],
                ])
            let answer = try await client.call("converse", request)
            let fields = answer.json?["additionalModelResponseFields"]
            #expect(fields?["stop_sequence"] == "Nova")
            #expect(fields?["usage"]?["output_tokens"] == answer.json?["usage"]?["outputTokens"])
            #expect(fields?["none"] == nil)
        }
    }

    @Test(
        arguments: [
            ("Trigger the content filter", "content_filtered"),
            ("Overflow the context window, please", "model_context_window_exceeded"),
            ("Answer with nothing", "end_turn"),
        ])
    func `documented words make a model end otherwise`(prompt: String, reason: String) async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse", conversation(prompt))
            #expect(answer.json?["stopReason"]?.string == reason)
            #expect(answer.content.isEmpty)
            let events = try await client.call("converse-stream", conversation(prompt)).events()
            #expect(events.map(\.type) == ["messageStart", "messageStop", "metadata"])
        }
    }
}
