import Bedrock
import ChatEvents
import JSONCoding
import Testing

/// Where the beginnings of a request are marked for the prompt cache.
struct CachePointTests {
    private let long = String(repeating: "word ", count: 1000)
    private let tool = ToolDefinition(
        name: "now", description: String(repeating: "word ", count: 1000), inputSchema: [:])

    private func request(
        _ messages: [ChatMessage], system: String = "", tools: ToolUse? = nil, cache: CacheTraits? = CacheTraits()
    ) throws -> JSONValue {
        try ConverseRequest(
            ChatRequest(messages: messages, system: system, tools: tools), for: ConverseModelTraits(cache: cache)
        ).body
    }

    private func marks(_ body: JSONValue) -> [String] {
        func isMark(_ block: JSONValue) -> Bool { block.text() == #"{"cachePoint":{"type":"default"}}"# }
        var places: [String] = []
        if body["toolConfig"]?["tools"]?.array?.last.map(isMark) == true { places.append("tools") }
        if body["system"]?.array?.last.map(isMark) == true { places.append("system") }
        for (index, message) in (body["messages"]?.array ?? []).enumerated() {
            let blocks = message["content"]?.array ?? []
            #expect(blocks.dropLast().allSatisfy { !isMark($0) })
            if blocks.last.map(isMark) == true { places.append("message \(index)") }
        }
        return places
    }

    @Test func `tools, instructions and the last two user turns are marked`() throws {
        let messages: [ChatMessage] = [
            .user(long), .assistant("a"), .user("b"), .assistant("c"), .user("d"), .assistant("e"), .user("f"),
        ]
        let body = try request(messages, system: long, tools: ToolUse(definitions: [tool]))
        #expect(marks(body) == ["tools", "system", "message 4", "message 6"])
    }

    @Test func `a beginning that is too short is not`() throws {
        #expect(marks(try request([.user("Hi")], system: "Be brief.")) == [])
        #expect(marks(try request([.user(long)], system: "Be brief.")) == ["message 0"])
        #expect(marks(try request([.user(long)], cache: CacheTraits(leastTokens: 4096))) == [])
    }

    @Test func `a model without a cache gets no mark`() throws {
        #expect(marks(try request([.user(long)], system: long, cache: nil)) == [])
    }

    @Test func `Nova is not marked after tools and beside results`() throws {
        let messages: [ChatMessage] = [
            .user(long),
            ChatMessage(role: .assistant, content: [.toolCall(ToolCall(id: "c", name: "now", input: [:]))]),
            ChatMessage(role: .user, content: [.toolResult(ToolResult(callID: "c", content: [.text("noon")]))]),
        ]
        let tools = ToolUse(definitions: [tool])
        let nova = CacheTraits(marksTools: false, marksToolResults: false)
        #expect(marks(try request(messages, tools: tools, cache: nova)) == ["message 0"])
        #expect(marks(try request(messages, tools: tools)) == ["tools", "message 0", "message 2"])
    }
}
