import JSONCoding
import OpenAIProtocol
import Testing

struct ChatCompletionAnswerTests {
    private func value(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    @Test func `a completion is read as it was written`() throws {
        let completion = ChatCompletion(
            id: "c", created: 1, model: "m",
            message: ChatCompletionMessage(
                role: .assistant, content: [.text("Hi")],
                toolCalls: [ChatCompletionToolCall(id: "1", name: "f", arguments: "{}")], reasoning: "Hm"),
            finishReason: .toolCalls, usage: CompletionUsage(promptTokens: 5, completionTokens: 2, totalTokens: 7))
        #expect(ChatCompletion(completion.json) == completion)
    }

    @Test func `a chunk is read as it was written`() {
        let chunk = ChatCompletionChunk(
            id: "c", created: 1, model: "m",
            delta: ChatCompletionChunk.Delta(
                role: "assistant", content: "Hi", reasoning: "Hm",
                toolCalls: [ChatCompletionChunk.ToolCallDelta(index: 0, id: "1", name: "f", arguments: "{")]),
            finishReason: .stop)
        #expect(ChatCompletionChunk(chunk.json) == chunk)
    }

    @Test func `the chunk of the usage has no choices`() throws {
        let chunk = ChatCompletionChunk(
            id: "c", created: 1, model: "m", usage: CompletionUsage(promptTokens: 5, completionTokens: 2))
        #expect(chunk.json["choices"] == [])
        #expect(chunk.json["usage"]?["total_tokens"] == 7)
    }

    @Test(arguments: [
        #"{"prompt_tokens":10,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":99}}"#,
        #"{"prompt_tokens":10,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":10}}"#,
    ])
    func `the cache never holds more than the prompt`(text: String) throws {
        let usage = try #require(CompletionUsage(try value(text)))
        #expect(usage.cachedTokens == 10)
    }

    @Test(arguments: ["{}", "null", #"{"prompt_tokens":-1}"#, "[]"])
    func `what is no usage is none`(text: String) throws {
        #expect(CompletionUsage(try value(text)) == nil)
    }
}
