import BotConfiguration
import BotRuntime
import ChatEvents
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
        #expect(service.estimate(request(text)) == tokens)
    }

    @Test func `the system text counts`() {
        #expect(service.estimate(request("", system: String(repeating: "a", count: 40))) == 14)
    }

    @Test func `an operator's limit is kept to the letter`() throws {
        let config = try sampleBot(members: #""limits":{"max_input_tokens":100}"#)
        #expect(try service.checkBudget(of: request(String(repeating: "a", count: 384)), for: config) == 100)
        #expect(throws: TokenBudgetExceeded(estimate: 101, limit: 100)) {
            try service.checkBudget(of: request(String(repeating: "a", count: 388)), for: config)
        }
    }

    @Test func `the model's own context is kept with room for a wrong estimate`() throws {
        let config = try sampleBot()
        let context = try #require(config.model.facts?.contextTokens)
        let near = request(String(repeating: "a", count: context * 5))
        #expect(try service.checkBudget(of: near, for: config) > context)
        let far = request(String(repeating: "a", count: context * 7))
        #expect(throws: TokenBudgetExceeded.self) { try service.checkBudget(of: far, for: config) }
    }

    @Test func `the model's own count wins`() {
        let usage = TokenUsage(input: 10, output: 20, cacheRead: 30, cacheWrite: 40)
        let account = service.account(usage: usage, estimatedInput: 99, outputSizeInBytes: 99)
        #expect(account == TokenAccount(usage: usage, isEstimate: false))
        #expect(account.usage.total == 100)
    }

    @Test func `without the model's count the account says that it is an estimate`() {
        let account = service.account(usage: nil, estimatedInput: 7, outputSizeInBytes: 9)
        #expect(account == TokenAccount(usage: TokenUsage(input: 7, output: 3), isEstimate: true))
    }
}
