import BotConfiguration
import BotRuntime
import Gateway
import JSONCoding
import Testing

struct BotDescriptionTests {
    @Test func `a description shows the call that would be made`() async throws {
        let config = try sampleBot(members: #""parameters":{"max_tokens":512},"system_prompt":"Be brief.""#)
        let description = try await BotDescription(of: config)
        #expect(description.handler.handler == "ChatBotHandler")
        #expect(description.handler.upstream.operation == "ConverseStream")
        #expect(
            description.handler.upstream.url
                == "https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-micro-v1%3A0/converse-stream")
        let example = description.handler.upstream.exampleRequest
        #expect(example["system"]?.array?.first?["text"] == "Be brief.")
        #expect(example["inferenceConfig"]?["maxTokens"] == 512)
        #expect(description.settings["response_version"] == 2)
        #expect(description.json["upstream"]?["method"] == "POST")
    }

    @Test func `a bot that cannot be made has no description`() async throws {
        var config = try sampleBot()
        config.kind = .video
        await #expect(throws: BotFactoryError.self) { try await BotDescription(of: config) }
    }
}
