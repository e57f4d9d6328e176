import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import ModelCatalog
import Testing

struct TokenServiceTests {
    private let service = TokenService()

    private func request(_ text: String, system: String = "") -> ChatRequest {
        ChatRequest(messages: [ChatMessage(role: .user, text: text)], system: system)
    }

    @Test(arguments: [
        ("", 4), (String(repeating: "a", count: 400), 104), (String(repeating: "é", count: 100), 54),
        (String(repeating: "語", count: 100), 104), (String(repeating: "🙂", count: 100), 104),
    ])
    func `the estimate follows the script`(text: String, tokens: Int) {
        #expect(TokenEstimate(of: request(text)).tokens == tokens)
    }

    @Test func `counts that no answer can have stop nothing`() {
        let usage = TokenUsage(input: .max, output: .max, cacheRead: .max, cacheWrite: .min, statedTotal: 5)
        #expect(usage.total == 3 << 40)
        #expect(usage.cacheWrite == 0)
    }

    @Test func `the system text counts`() {
        #expect(TokenEstimate(of: request("", system: String(repeating: "a", count: 40))).tokens == 14)
    }

    @Test func `an operator's limit is kept to the letter`() throws {
        let config = try sampleBot(members: #""limits":{"max_input_tokens":100}"#)
        #expect(try service.checkBudget(of: request(String(repeating: "a", count: 384)), for: config) == 100)
        let failure = #expect(throws: ChatFailure.self) {
            try service.checkBudget(of: request(String(repeating: "a", count: 388)), for: config)
        }
        #expect(failure?.kind == .inputTooLong)
        #expect(failure?.advice == .shortenConversation(estimate: 101, limit: 100))
    }

    @Test func `the model's own context is kept with room for a wrong estimate`() throws {
        let config = try sampleBot()
        let context = try #require(config.model.facts?.contextTokens)
        let near = request(String(repeating: "a", count: context * 5))
        #expect(try service.checkBudget(of: near, for: config) > context)
        let far = request(String(repeating: "a", count: context * 7))
        #expect(throws: ChatFailure.self) { try service.checkBudget(of: far, for: config) }
    }

    @Test(arguments: [
        // 7.5 MB of film are about half a minute: thousands of tokens, never more than the longest film's.
        ("video/mp4", 7_500_000, 7_000...30_000), ("video/mp4", 500_000_000, 276_000...277_000),
        ("audio/mpeg", 1_000_000, 500...5_000),
        // Text is what it is, packed documents are a guess.
        ("text/plain", 40_000, 10_000...10_100), ("application/json", 40_000, 10_000...10_100),
        ("application/pdf", 1_000_000, 50_000...70_000), ("image/png", 3_000_000, 1_600...1_700),
    ])
    func `each sort of file has an estimate of its own`(type: String, size: Int, tokens: ClosedRange<Int>) {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: size)
        let file = ChatEvents.Attachment(name: "a", mediaType: MediaType(type), bytes: bytes)
        let request = ChatRequest(messages: [ChatMessage(role: .user, content: [.attachment(file)])])
        #expect(tokens.contains(TokenEstimate(of: request).tokens))
    }

    @Test func `tools, calls and files count`() {
        let schema = JSONObject([("type", "object")])
        let tools = ToolUse(definitions: [ToolDefinition(name: "look", description: "Looks.", inputSchema: schema)])
        let picture = Attachment(name: "a.png", mediaType: MediaType("image/png"), bytes: [1])
        let paper = Attachment(
            name: "a.pdf", mediaType: MediaType("application/pdf"), bytes: [UInt8](repeating: 1, count: 4096))
        func estimate(_ content: [ChatContent], tools: ToolUse? = nil) -> Int {
            TokenEstimate(of: ChatRequest(messages: [ChatMessage(role: .user, content: content)], tools: tools)).tokens
        }
        #expect(estimate([], tools: tools) > estimate([]))
        #expect(estimate([.attachment(picture)]) == 1604)
        #expect(estimate([.attachment(paper)]) == 304)
        let call = ToolCall(id: "1", name: "look", input: JSONObject([("at", "the sky")]))
        #expect(estimate([.toolCall(call)]) > estimate([]))
        #expect(estimate([.toolResult(ToolResult(callID: "1", content: [.text("blue sky")]))]) == 6)
    }

    @Test func `the model's own count wins`() throws {
        let usage = TokenUsage(input: 10, output: 20, cacheRead: 30, cacheWrite: 40, statedTotal: 100)
        let account = service.account(
            usage: usage, estimatedInput: 99, outputSizeInBytes: 99, for: try sampleBot())
        #expect(account.usage == usage)
        #expect(!account.isEstimate)
        #expect(account.usage.total == 100)
        #expect(account.addsUp)
    }

    @Test func `a total that is not the sum of its parts is noticed and counted`() throws {
        let broken = TokenUsage(input: 110, output: 20, cacheRead: 100, statedTotal: 130)
        let whole = TokenUsage(input: 110, output: 20, statedTotal: 130)
        let accounts = try [broken, whole, broken].map {
            service.account(usage: $0, estimatedInput: 0, outputSizeInBytes: 0, for: try sampleBot())
        }
        #expect(accounts.map(\.addsUp) == [false, true, false])
        #expect(accounts.map(\.mismatches) == [1, nil, 2])
    }

    @Test func `without the model's count the account says that it is an estimate`() throws {
        let account = service.account(usage: nil, estimatedInput: 7, outputSizeInBytes: 9, for: try sampleBot())
        #expect(account.usage == TokenUsage(input: 7, output: 3))
        #expect(account.isEstimate)
        #expect(account.addsUp)
    }
}
