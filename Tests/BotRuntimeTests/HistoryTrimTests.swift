import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import ScriptedUpstream
import Synchronization
import Testing

/// What becomes of conversations that are too long.
struct HistoryTrimTests {
    private func message(_ role: ChatMessage.Role, _ name: String) -> ChatMessage {
        // About a hundred tokens each.
        ChatMessage(role: role, text: name + String(repeating: ".", count: 400 - name.count))
    }

    /// The names of the messages that reach the model, or how the answer failed.
    private func asked(_ messages: [ChatMessage], limit: Int, trim: String = "oldest") async throws
        -> (names: [String]?, answer: Answer)
    {
        let config = try sampleBot(
            members: #""history":{"trim":"\#(trim)"},"limits":{"max_input_tokens":\#(limit)}"#)
        let seen = Mutex<[ChatMessage]?>(nil)
        let upstream = ScriptedUpstream { request, deliver in
            seen.withLock { $0 = request.messages }
            try await deliver([.text("Hi"), .finished(.endOfTurn)])
        }
        var sink = RecordingSink()
        let handler = ChatBotHandler(config: config, upstream: upstream, services: ServiceManager())
        let answer = await handler.answer(
            ChatRequest(messages: messages), call: AnswerCall(requestID: "r"), to: &sink)
        let names = seen.withLock { $0 }?.map { message in
            message.text.isEmpty ? "tool" : String(message.text.prefix { $0 != "." })
        }
        return (names, answer)
    }

    private var chat: [ChatMessage] {
        [
            message(.system, "s"), message(.user, "u1"), message(.assistant, "a1"), message(.user, "u2"),
            message(.assistant, "a2"), message(.user, "u3"),
        ]
    }

    @Test(
        arguments: [
            (700, ["s", "u1", "a1", "u2", "a2", "u3"], 0), (500, ["s", "u2", "a2", "u3"], 2),
            (300, ["s", "u3"], 4), (210, ["s", "u3"], 4),
        ] as [(Int, [String], Int)])
    func `the oldest exchanges go until the rest fits`(limit: Int, names: [String], leftOut: Int) async throws {
        let result = try await asked(chat, limit: limit)
        #expect(result.names == names)
        #expect(result.answer.leftOutMessages == leftOut)
    }

    @Test func `a newest message that does not fit by itself is refused`() async throws {
        let result = try await asked(chat, limit: 50)
        #expect(result.names == nil)
        #expect(result.answer.ending.failureKind == .inputTooLong)
    }

    @Test func `without the setting nothing is left out`() async throws {
        #expect(try await asked(chat, limit: 500, trim: "none").answer.ending.failureKind == .inputTooLong)
    }

    @Test func `a call never loses its result`() async throws {
        let call = ChatMessage(
            role: .assistant, content: [.toolCall(ToolCall(id: "c", name: "now", input: [:]))])
        let result = ChatMessage(
            role: .user, content: [.toolResult(ToolResult(callID: "c", content: [.text("noon")]))])
        let messages = [message(.user, "u1"), call, result, message(.assistant, "a1"), message(.user, "u2")]
        #expect(try await asked(messages, limit: 330).names == ["u1", "tool", "tool", "a1", "u2"])
        #expect(try await asked(messages, limit: 250).names == ["u2"])
    }
}
