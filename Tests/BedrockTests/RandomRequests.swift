import Bedrock
import ChatEvents
import JSONCoding
import TestSupport

/// Conversations and models made up by chance, among them such as no door would let in.
struct RandomRequests {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private static let texts = [
        "", " ", "\n\t", "Hello", "Hello again", "ä 😀 \u{0}\u{1F}", "\u{2003}", "x\n", "<think>", "\"quoted\" \\",
        String(repeating: "word ", count: 1500),
    ]
    private static let types = [
        "image/png", "image/jpeg", "image/bmp", "application/pdf", "text/csv", "text/markdown", "application/zip",
        "video/mp4", "audio/mpeg", "TEXT/PLAIN; charset=utf-8", "", "x",
    ]
    private static let ids = ["a", "b", "c", "", "call 1", "ä", String(repeating: "x", count: 80), "tooluse_Abc-1.2:3"]
    private static let tools = ["now", "get_weather", "search"]

    mutating func chatRequest() -> ChatRequest {
        var messages = (0..<random.number(below: 9)).map { _ in message() }
        while random.once(in: 2) {
            messages.insert(contentsOf: toolExchange(), at: random.number(below: messages.count + 1))
        }
        let sampling = Sampling(
            temperature: random.pick([nil, 0, 0.5, 1]), topP: random.pick([nil, 0.25]),
            maxTokens: random.pick([nil, 1, 900, 4096, 100_000]),
            stopSequences: random.pick([[], ["END"], ["", " ", "a", "b", "c", "d", "e"]]),
            additional: random.pick([[:], ["top_k": 5], ["thinking": ["type": "adaptive"]], ["x": ["y": [1, .null]]]]))
        return ChatRequest(
            messages: messages, system: random.pick(Self.texts), sampling: sampling,
            tools: random.once(in: 2) ? nil : toolUse(),
            thinking: random.pick([.asTheModelDoes, .off] + Thinking.Effort.allCases.map(Thinking.effort)))
    }

    mutating func traits() -> ConverseModelTraits {
        ConverseModelTraits(
            modelID: random.pick(["m", ""]), streams: !random.once(in: 4),
            supportsSystemMessages: !random.once(in: 3), acceptsAssistantPrefill: random.once(in: 2),
            maxOutputTokens: random.pick([nil, 2000, 8192]), stopSequenceLimit: random.pick([nil, 4]),
            topKPlace: random.pick([.asWritten, .novaInferenceConfig, .k, .nowhere]),
            attachments: AttachmentTraits(
                takesImages: !random.once(in: 4), documents: random.pick([.taken, .untold, .refused]),
                takesVideo: random.once(in: 2), takesAudio: random.once(in: 2),
                takesImagesInToolResults: random.once(in: 2), imageLimit: random.pick([20, 2]),
                documentLimit: random.pick([5, 1])),
            tools: ToolTraits(
                areTakenInStreams: random.once(in: 2),
                choices: random.pick([[], [.any], [.named], [.any, .named]]),
                canBeStrict: random.once(in: 2), canCallOneByOne: random.once(in: 2)),
            thinking: ThinkingTraits(
                form: random.pick([.none, .budget, .adaptive, .novaReasoningConfig, .effortWord, .effortObject]),
                takesNone: random.once(in: 2), isAlwaysOn: random.once(in: 5)),
            cache: random.once(in: 2) ? CacheTraits(leastTokens: random.pick([1, 1024])) : nil,
            guardrail: random.once(in: 4) ? GuardrailReference(id: "gr1", version: "DRAFT") : nil)
    }

    private mutating func message() -> ChatMessage {
        let role = random.pick([ChatMessage.Role.user, .user, .assistant, .assistant, .system])
        return ChatMessage(role: role, content: (0..<random.number(below: 4)).map { _ in content() })
    }

    /// A model's calls, and what most of them gave.
    private mutating func toolExchange() -> [ChatMessage] {
        let ids = Self.ids.prefix(1 + random.number(below: 4)).filter { _ in !random.once(in: 4) }
        let thought = ReasoningBlock(text: "Hm.", signature: "sig==", modelID: "m")
        let calls = ids.map { ChatContent.toolCall(ToolCall(id: $0, name: random.pick(Self.tools), input: [:])) }
        let results = ids.filter { _ in !random.once(in: 5) }.map { id in
            ChatContent.toolResult(ToolResult(callID: id, content: [.text("ok")]))
        }
        return [
            ChatMessage(role: .assistant, content: calls + [.reasoning(thought), .text("Let me see.")]),
            ChatMessage(role: .user, content: results),
        ]
    }

    private mutating func content() -> ChatContent {
        switch random.number(below: 6) {
        case 0, 1: .text(random.pick(Self.texts))
        case 2: .attachment(attachment())
        case 3:
            .toolCall(
                ToolCall(id: random.pick(Self.ids), name: random.pick(Self.tools + ["a b", ""]), input: ["a": 1]))
        case 4:
            .toolResult(
                ToolResult(
                    callID: random.pick(Self.ids),
                    content: random.pick([[], [.text("ok")], [.text(" ")], [.attachment(attachment())]]),
                    isError: random.once(in: 2)))
        default:
            .reasoning(
                ReasoningBlock(
                    text: random.pick(["", "Hm."]), signature: random.pick([nil, "sig=="]),
                    redacted: random.pick([nil, nil, "b3BhcXVl"]), modelID: random.pick([nil, "m", "other"])))
        }
    }

    private mutating func attachment() -> ChatEvents.Attachment {
        ChatEvents.Attachment(
            name: random.pick(["a.pdf", "a.pdf", "", "Ä/ö  x.y.z", String(repeating: "n", count: 300)]),
            mediaType: MediaType(random.pick(Self.types)), bytes: random.pick([[], [0x61, 0x62], [0xFF]]))
    }

    private mutating func toolUse() -> ToolUse {
        let definitions = Self.tools.prefix(random.number(below: 4)).map { name in
            ToolDefinition(
                name: name, description: random.pick(["", "Does it."]),
                inputSchema: random.pick([[:], ["type": "object", "properties": [:]]]),
                isStrict: random.once(in: 2))
        }
        return ToolUse(
            definitions: definitions, choice: random.pick([.auto, .none, .any, .tool("now"), .tool("ghost")]),
            allowsParallelCalls: random.pick([nil, true, false]))
    }
}
