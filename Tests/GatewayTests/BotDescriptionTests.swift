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

    @Test(arguments: [
        ("http://bedrock.example.com", false), ("https://bedrock.example.com", true), ("http://127.0.0.1:9", true),
        ("http://10.0.0.7", true),
    ])
    func `a Bedrock API key is not sent where anybody can read it`(endpoint: String, isMade: Bool) async throws {
        let variables = ["AWS_BEARER_TOKEN_BEDROCK": "key", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": endpoint]
        let config = try sampleBot()
        if isMade {
            _ = try await BotDescription(of: config, variables: variables)
        } else {
            let error = await #expect(throws: BotFactoryError.self) {
                try await BotDescription(of: config, variables: variables)
            }
            #expect(
                error?.message.hasPrefix("the Bedrock API key would be sent to bedrock.example.com without") == true)
        }
    }

    @Test func `profiles and AWS files of the machine do not matter, endpoints do`() async throws {
        // A file that nobody could read as one of AWS's.
        let variables = [
            "AWS_CONFIG_FILE": #filePath, "AWS_SHARED_CREDENTIALS_FILE": #filePath, "AWS_PROFILE": "no-such",
        ]
        let plain = try await BotDescription(of: sampleBot())
        #expect(try await BotDescription(of: sampleBot(), variables: variables) == plain)
        let other = try await BotDescription(
            of: sampleBot(), variables: ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME": "http://127.0.0.1:1"])
        #expect(other.handler.upstream.url.hasPrefix("http://127.0.0.1:1/model/"))
    }

    @Test func `a bot that cannot be made has no description`() async throws {
        var config = try sampleBot()
        config.kind = .video
        await #expect(throws: BotFactoryError.self) { try await BotDescription(of: config) }
    }
}
