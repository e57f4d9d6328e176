import AWSClient
import AWSSigning
import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import Logging
import ModelCatalog
import Testing

/// What bots of different models ask of Bedrock.
struct BedrockChatRequestTests {
    private struct Unreachable: Error {}

    /// How a bot would call its model.
    private func described(_ model: String, _ members: String = "", region: String = "us-east-1") throws
        -> UpstreamDescription
    {
        let stored = """
            {"kind":"chat","model":{"provider":"bedrock","region":"\(region)","upstream":{"\(region)":"\(model)"}},\
            "schema":\(BotSchema.version)\(members.isEmpty ? "" : "," + members)}
            """
        let config = try BotConfig(stored: Array(stored.utf8), name: "bot", catalog: .embedded)
        let client = AWSClient(
            transport: HTTPTransport { _, _ in throw Unreachable() },
            credentials: StaticCredentialProvider(SigningCredentials(accessKeyID: "A", secretAccessKey: "b")))
        let registration = HandlerRegistration.bedrockChat(
            clients: { _ in client }, endpoints: AWSEndpointResolver(variables: [:]), logger: Logger(label: "test"))
        return try BotFactory(registrations: [registration]).makeHandler(for: config).describe().upstream
    }

    @Test(
        arguments: [
            (
                "us.anthropic.claude-3-7-sonnet-20250219-v1:0", "low",
                #"{"thinking":{"type":"enabled","budget_tokens":2048}}"#
            ),
            (
                "us.anthropic.claude-sonnet-4-6", "high",
                #"{"thinking":{"type":"adaptive"},"output_config":{"effort":"high"}}"#
            ),
            ("us.anthropic.claude-opus-4-7", "max", nil),
            (
                "us.anthropic.claude-opus-4-7", "xhigh",
                #"{"thinking":{"type":"adaptive"},"output_config":{"effort":"xhigh"}}"#
            ),
            (
                "us.amazon.nova-2-lite-v1:0", "low",
                #"{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"low"}}"#
            ),
            ("openai.gpt-oss-120b-1:0", "high", #"{"reasoning_effort":"high"}"#),
            ("openai.gpt-oss-120b-1:0", "none", #"{"reasoning_effort":"low"}"#),
            ("openai.gpt-6-sol", "none", #"{"reasoning":{"effort":"none"}}"#),
            ("moonshotai.kimi-k3", "medium", #"{"reasoning_effort":"low"}"#),
            ("deepseek.r1-v1:0", "high", nil), ("amazon.nova-micro-v1:0", "high", nil),
        ] as [(String, String, String?)])
    func `reasoning is asked for in the family's own way`(model: String, effort: String, fields: String?) throws {
        let body = try described(model, #""parameters":{"reasoning":"\#(effort)"}"#).exampleRequest
        #expect(body["additionalModelRequestFields"]?.text() == fields)
    }

    @Test func `a guardrail of the config watches every request`() throws {
        let guarded = try described(
            "amazon.nova-micro-v1:0", #""guardrail":{"id":"abc","mode":"async","version":"2"}"#)
        #expect(
            guarded.exampleRequest["guardrailConfig"]?.text()
                == #"{"guardrailIdentifier":"abc","guardrailVersion":"2","streamProcessingMode":"async"}"#)
    }

    @Test(arguments: [
        ("us.anthropic.claude-sonnet-4-6", "auto", true), ("us.anthropic.claude-sonnet-4-6", "none", false),
        ("us.amazon.nova-lite-v1:0", "auto", true), ("openai.gpt-6-sol", "auto", false),
        ("us.deepseek.r1-v1:0", "auto", false), ("mistral.mistral-large-2402-v1:0", "auto", false),
    ])
    func `cache points are set where config and model want them`(model: String, cache: String, isMarked: Bool) throws {
        let prompt = String(repeating: "word ", count: 5000)
        let body = try described(model, #""cache":"\#(cache)","system_prompt":"\#(prompt)""#).exampleRequest
        #expect(body.text().contains("cachePoint") == isMarked)
    }

    @Test func `a top_k goes where Nova looks for it`() throws {
        let body = try described("amazon.nova-micro-v1:0", #""parameters":{"additional":{"top_k":40}}"#).exampleRequest
        #expect(body["additionalModelRequestFields"]?.text() == #"{"inferenceConfig":{"topK":40}}"#)
    }

    @Test func `a model that has no system messages gets the instructions first`() throws {
        let body = try described("mistral.mistral-7b-instruct-v0:2", #""system_prompt":"Be brief.""#).exampleRequest
        #expect(body["system"] == nil)
        #expect(body["messages"]?.text().contains("Be brief.") == true)
    }

    @Test func `model ids and ARNs are one segment of the path`() throws {
        let description = try described("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc")
        #expect(description.operation == "ConverseStream")
        #expect(
            description.url.hasSuffix(
                "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fabc"
                    + "/converse-stream"))
    }
}
