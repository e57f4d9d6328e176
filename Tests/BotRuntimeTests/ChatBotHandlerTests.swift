import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import ModelCatalog
import Synchronization
import ScriptedUpstream
import Testing

struct ChatBotHandlerTests {
    private let hello = ChatRequest(messages: [ChatMessage(role: .user, text: "Hello")])

    /// What the upstream is asked when a bot gets a request.
    private func asked(
        of config: BotConfig, _ request: ChatRequest, call: AnswerCall = AnswerCall(requestID: "request-1")
    ) async throws -> ChatRequest? {
        let seen = Mutex<ChatRequest?>(nil)
        let upstream = ScriptedUpstream { request, deliver in
            seen.withLock { $0 = request }
            try await deliver([.text("Hi"), .finished(.endOfTurn)])
        }
        var sink = RecordingSink()
        let handler = ChatBotHandler(config: config, upstream: upstream, services: ServiceManager())
        _ = await handler.answer(request, call: call, to: &sink)
        return seen.withLock { $0 }
    }

    @Test func `the bot's instructions stand above the caller's`() async throws {
        var request = hello
        request.system = "Be kind."
        let config = try sampleBot(members: #""system_prompt":"Be brief.""#)
        #expect(try await asked(of: config, request)?.system == "Be brief.\n\nBe kind.")
    }

    @Test func `a caller may ask for no instructions of the bot`() async throws {
        let config = try sampleBot(members: #""system_prompt":"Be brief.""#)
        let call = AnswerCall(requestID: "request-1", skipsSystemPrompt: true)
        #expect(try await asked(of: config, hello, call: call)?.system == "")
    }

    @Test func `what the bot sets wins over the caller's hints`() async throws {
        var request = hello
        request.sampling = Sampling(temperature: 0.1, maxTokens: 1, stopSequences: ["stop"])
        let config = try sampleBot(members: #""parameters":{"max_tokens":77,"temperature":"0.9"}"#)
        let sampling = try await asked(of: config, request)?.sampling
        #expect(sampling?.temperature == 0.9)
        #expect(sampling?.maxTokens == 77)
        #expect(sampling?.stopSequences == ["stop"])
    }

    @Test func `a hint is taken where the bot sets nothing`() async throws {
        var request = hello
        request.sampling = Sampling(temperature: 0.1)
        #expect(try await asked(of: try sampleBot(), request)?.sampling.temperature == 0.1)
    }

    @Test func `what a caller sets wins over the bot, and is brought within what the model takes`() async throws {
        var request = hello
        request.overrides = RequestOverrides(
            temperature: 1.7, maxTokens: 1_000_000, stopSequences: ["own", "END"], additional: ["top_k": 3])
        var config = try sampleBot(
            members: #""parameters":{"max_tokens":77,"stop_sequences":["END"],"temperature":"0.9"}"#)
        config.model.facts?.maxOutputTokens = 500
        let asked = try await asked(of: config, request)
        #expect(
            asked?.sampling
                == Sampling(
                    temperature: 1, maxTokens: 500, stopSequences: ["END", "own"], additional: ["top_k": 3]))
        #expect(asked?.overrides == RequestOverrides())
    }

    @Test func `of two values that exclude each other the caller's is sent`() async throws {
        var request = hello
        request.overrides = RequestOverrides(topP: 0.3)
        var config = try sampleBot(members: #""parameters":{"temperature":"0.9"}"#)
        config.model.facts?.capabilities.temperatureWithTopP = false
        #expect(try await asked(of: config, request)?.sampling == Sampling(topP: 0.3))
    }

    @Test(arguments: [
        (Thinking.effort(.low), Thinking.effort(.low)), (.off, .off), (.asTheModelDoes, .asTheModelDoes),
    ])
    func `a caller may set how hard to think`(set: Thinking, sent: Thinking) async throws {
        var request = hello
        request.overrides = RequestOverrides(thinking: set)
        var config = try sampleBot(members: #""parameters":{"reasoning":"high"}"#)
        config.model.facts = nil
        #expect(try await asked(of: config, request)?.thinking == sent)
    }

    @Test func `the shape of the answer and who asks go to the model service`() async throws {
        var request = hello
        request.responseFormat = .jsonObject
        request.endUser = "u-1"
        request.sampling.seed = 7
        let asked = try await asked(of: try sampleBot(), request)
        #expect(asked?.responseFormat == .jsonObject)
        #expect(asked?.endUser == "u-1")
        #expect(asked?.sampling.seed == 7)
    }

    @Test func `a hint at a temperature is dropped for a model that takes none`() async throws {
        var request = hello
        request.sampling = Sampling(temperature: 0.1)
        var config = try sampleBot()
        config.model.facts?.capabilities.samplingParams = false
        #expect(try await asked(of: config, request)?.sampling.temperature == nil)
    }

    @Test func `a conversation past the bot's limit never reaches the upstream`() async throws {
        let config = try sampleBot(members: #""limits":{"max_input_tokens":16}"#)
        let wasAsked = Mutex(false)
        let upstream = ScriptedUpstream { _, _ in wasAsked.withLock { $0 = true } }
        var sink = RecordingSink()
        let handler = ChatBotHandler(config: config, upstream: upstream, services: ServiceManager())
        let request = ChatRequest(messages: [ChatMessage(role: .user, text: String(repeating: "a", count: 400))])
        let answer = await handler.answer(request, call: AnswerCall(requestID: "request-1"), to: &sink)
        #expect(answer.ending.failureKind == .inputTooLong)
        #expect(sink.ending == answer.ending)
        #expect(answer.tokens == nil)
        #expect(!wasAsked.withLock { $0 })
    }

    @Test func `a conversation without a word of the user is refused`() async throws {
        var sink = RecordingSink()
        let handler = ChatBotHandler(
            config: try sampleBot(), upstream: ScriptedUpstream { _, _ in }, services: ServiceManager())
        let answer = await handler.answer(ChatRequest(messages: []), call: AnswerCall(requestID: "r"), to: &sink)
        #expect(answer.ending.failureKind == .invalidRequest)
    }

    @Test func `the account of an answer is the upstream's`() async throws {
        let upstream = ScriptedUpstream { _, deliver in
            try await deliver([.text("Hi"), .finished(.endOfTurn), .usage(TokenUsage(input: 3, output: 1))])
        }
        var sink = RecordingSink()
        let handler = ChatBotHandler(config: try sampleBot(), upstream: upstream, services: ServiceManager())
        let answer = await handler.answer(hello, call: AnswerCall(requestID: "r"), to: &sink)
        #expect(answer.tokens?.usage == TokenUsage(input: 3, output: 1))
        #expect(answer.tokens?.isEstimate == false)
    }

    @Test func `the description shows services and an example with the bot's instructions`() throws {
        let config = try sampleBot(members: #""system_prompt":"Be brief.""#)
        let handler = ChatBotHandler(config: config, upstream: ScriptedUpstream { _, _ in }, services: ServiceManager())
        let description = handler.describe()
        #expect(description.services.map(\.name) == ["TokenService", "StreamingService", "ErrorService"])
        #expect(description.upstream.exampleRequest == "Be brief.")
    }
}
