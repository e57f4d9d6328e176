import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import Testing

/// The example of docs/extending.md, compiled and run.
struct NewProviderExampleTests {
    @Test func `a bot of a new provider answers through the factory`() async throws {
        let phrases = ["hello": "Hello! How are you?"]
        let factory = BotFactory(registrations: [.phraseBookChat(phrases: phrases)])
        let handler = try factory.makeHandler(for: try phraseBookBot())

        var answer = CollectedAnswer()
        let request = ChatRequest(messages: [ChatMessage(role: .user, text: "Hello")])
        let result = await handler.answer(request, call: AnswerCall(requestID: "r-1"), to: &answer)

        #expect(answer.text == "Hello! How are you?")
        #expect(result.ending == .complete(.endOfTurn))
    }

    @Test func `what the new provider cannot answer becomes words for the user`() async throws {
        let factory = BotFactory(registrations: [.phraseBookChat(phrases: [:])])
        let handler = try factory.makeHandler(for: try phraseBookBot())

        var answer = CollectedAnswer()
        let request = ChatRequest(messages: [ChatMessage(role: .user, text: "Hello")])
        let result = await handler.answer(request, call: AnswerCall(requestID: "r-2"), to: &answer)

        guard case .failed(let failure) = result.ending else {
            Issue.record("expected a failure, got \(result.ending)")
            return
        }
        #expect(failure.failure.kind == .invalidRequest)
        #expect(failure.text.contains("r-2"))
    }

    @Test func `the handler's description shows the new provider`() throws {
        let factory = BotFactory(registrations: [.phraseBookChat(phrases: [:])])
        let description = try factory.makeHandler(for: try phraseBookBot()).describe()
        #expect(description.handler == "ChatBotHandler")
        #expect(description.upstream.operation == "LookUp")
    }

    /// A bot whose config names the new provider.
    private func phraseBookBot() throws -> BotConfig {
        var config = try sampleBot("phrases")
        config.model.provider = .openai
        return config
    }
}

/// Answers from a table.
struct PhraseBookUpstream: DescribedUpstream {
    let phrases: [String: String]

    func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        guard let question = request.messages.last?.text, let phrase = phrases[question.lowercased()] else {
            throw ChatFailure(.invalidRequest, detail: "the phrase book holds no such phrase")
        }
        for character in phrase { try await deliver([.text(String(character))]) }
        try await deliver([.finished(.endOfTurn)])
    }

    func describe(_ request: ChatRequest) -> UpstreamDescription {
        UpstreamDescription(operation: "LookUp", method: "GET", url: "memory:phrases", exampleRequest: "hello")
    }
}

extension HandlerRegistration {
    /// Chat bots that answer from a phrase book.
    static func phraseBookChat(phrases: [String: String]) -> HandlerRegistration {
        HandlerRegistration(kind: .chat, provider: .openai) { config, services in
            ChatBotHandler(config: config, upstream: PhraseBookUpstream(phrases: phrases), services: services)
        }
    }
}

/// Keeps an answer's text.
private struct CollectedAnswer: AnswerSink {
    var text = ""

    mutating func write(_ events: [ChatEvent]) -> AnswerProgress {
        for case .text(let more) in events { text += more }
        return .written
    }

    mutating func keepAlive() {}

    mutating func finish(_ events: [ChatEvent], _ ending: AnswerEnding) {
        for case .text(let more) in events { text += more }
    }
}
