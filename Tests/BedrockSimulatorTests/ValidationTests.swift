import BedrockSimulator
import JSONCoding
import ModelCatalog
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ValidationTests {
    /// A request and the error that it gets.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let request: JSONValue
        var model = SimulatorClient.model
        var region = "us-east-1"
        var operation = "converse"
        var code = "ValidationException"
        let message: String

        var testDescription: String { "\(operation) \(model): \(message)" }
    }

    private static let hello = conversation("Hello")
    private static let sonnet5 = "us.anthropic.claude-sonnet-5-5"
    private static let haiku45 = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
    private static let opus46 = "us.anthropic.claude-opus-4-6-v1"
    private static let invalid = "The provided model identifier is invalid."
    private static let tool: JSONObject = [
        "toolConfig": ["tools": [["toolSpec": ["name": "look", "inputSchema": ["json": ["type": "object"]]]]]]
    ]

    private static func request(_ messages: JSONValue...) -> JSONValue { ["messages": .array(messages)] }

    private static func inference(_ values: JSONValue) -> JSONValue {
        conversation("Hello", adding: ["inferenceConfig": values])
    }

    private static func constraint(_ value: String, _ path: String, _ must: String) -> String {
        "1 validation error detected: Value \(value) at '\(path)' failed to satisfy constraint: Member must \(must)"
    }

    private func check(_ refusal: Refusal) async throws {
        try await withSimulator { client in
            var client = client
            client.region = refusal.region
            let answer = try await client.call(refusal.operation, refusal.model, refusal.request)
            #expect(answer.message == refusal.message)
            #expect(answer.status == 400)
            #expect(answer.errorCode == refusal.code)
            #expect(
                answer.header("x-amzn-errortype")
                    == "\(refusal.code):http://internal.amazon.com/coral/com.amazon.bedrock/")
            #expect(answer.header("content-type") == "application/json")
            #expect(answer.header("x-amzn-requestid")?.count == 36)
        }
    }

    private static func onDemand(_ id: String) -> String {
        "Invocation of model ID \(id) with on-demand throughput isn\u{2019}t supported. Retry your request with the ID "
            + "or ARN of an inference profile that contains this model."
    }

    @Test(arguments: [
        Refusal(request: hello, model: "acme.rocket-v9:0", message: invalid),
        Refusal(request: hello, model: "us.acme.rocket-v9:0", operation: "converse-stream", message: invalid),
        Refusal(
            request: hello, model: "arn:aws:bedrock:us-east-1:1:application-inference-profile/abcdefghijkl",
            message: invalid),
        Refusal(
            request: hello, model: "anthropic.claude-sonnet-5-5", message: onDemand("anthropic.claude-sonnet-5-5")),
        Refusal(
            request: hello, model: "amazon.nova-micro-v1:0", region: "us-west-2", operation: "converse-stream",
            message: onDemand("amazon.nova-micro-v1:0")),
        Refusal(request: hello, model: "deepseek.r1-v1:0", region: "eu-west-1", message: invalid),
        Refusal(request: hello, model: "us.amazon.nova-micro-v1:0", region: "eu-west-1", message: invalid),
        Refusal(request: hello, model: "jp.amazon.nova-micro-v1:0", region: "ap-northeast-1", message: invalid),
        Refusal(request: hello, model: "google.gemma-4-31b", message: invalid),
        Refusal(
            request: hello, model: "amazon.titan-embed-text-v2:0",
            message: "This action doesn't support the model that you provided. Try again with a supported text or chat "
                + "model."),
    ])
    func `a model that cannot be called is refused`(refusal: Refusal) async throws {
        try await check(refusal)
    }

    @Test(arguments: [
        Refusal(
            request: ["messages": [message(role: "assistant", ["text": "Hi"]), message(role: "user", ["text": "Hi"])]],
            message: "A conversation must start with a user message. Try again with a conversation that starts with a "
                + "user message."),
        Refusal(
            request: ["messages": []],
            message: "A conversation must start with a user message. Try again with a conversation that starts with a "
                + "user message."),
        Refusal(
            request: [:],
            message: "A conversation must start with a user message. Try again with a conversation that starts with a "
                + "user message."),
        Refusal(
            request: ["messages": [message(role: "user", ["text": "a"]), message(role: "user", ["text": "b"])]],
            message: "A conversation must alternate between user and assistant roles. Make sure the conversation "
                + "alternates between user and assistant roles and try again."),
        Refusal(
            request: ["messages": [message(role: "user", ["text": "a"], ["text": " \n\t"])]],
            message: "The text field in the ContentBlock object at messages.0.content.1 is blank. Add text to the text "
                + "field, and try again."),
        Refusal(
            request: conversation("a", "", "b"),
            message: "The text field in the ContentBlock object at messages.1.content.0 is blank. Add text to the text "
                + "field, and try again."),
        Refusal(
            request: conversation("a", adding: ["system": [["text": "x"], ["text": ""]]]),
            message: "The text field in the SystemContentBlock object at system.1 is blank. Add text to the text "
                + "field, and try again."),
        Refusal(
            request: ["messages": [message(role: "user")]],
            message: "The content field in the Message object at messages.0 is empty. Add a ContentBlock object to the "
                + "content field and try again."),
        Refusal(
            request: ["messages": [message(role: "user", [:])]],
            message: "The ContentBlock object at messages.0.content.0 must set one of the following keys: text, image, "
                + "toolUse, toolResult, document, video, cachePoint."),
        Refusal(
            request: ["messages": [message(role: "tool", ["text": "a"])]],
            message: constraint("'tool'", "messages.1.member.role", "satisfy enum value set: [user, assistant]")),
        Refusal(
            request: ["messages": [message(role: "user", ["text": "a"]), message(role: "system", ["text": "a"])]],
            message: constraint("'system'", "messages.2.member.role", "satisfy enum value set: [user, assistant]")),
        Refusal(
            request: ["messages": [["content": [["text": "a"]]]]],
            message: constraint("null", "messages.1.member.role", "not be null")),
        Refusal(
            request: ["messages": [["role": "user"]]],
            message: constraint("null", "messages.1.member.content", "not be null")),
    ])
    func `a conversation of another shape is refused`(refusal: Refusal) async throws {
        try await check(refusal)
    }

    @Test(arguments: [
        Refusal(
            request: inference(["maxTokens": 0]),
            message: constraint("'0'", "inferenceConfig.maxTokens", "have value greater than or equal to 1")),
        Refusal(
            request: inference(["temperature": .number(JSONNumber(text: "1.5")!)]),
            message: constraint("'1.5'", "inferenceConfig.temperature", "have value less than or equal to 1")),
        Refusal(
            request: inference(["temperature": -1]),
            message: constraint("'-1'", "inferenceConfig.temperature", "have value greater than or equal to 0")),
        Refusal(
            request: inference(["topP": .number(JSONNumber(text: "1e999")!)]),
            message: constraint("'1e999'", "inferenceConfig.topP", "have value less than or equal to 1")),
        Refusal(
            request: inference(["stopSequences": ["a", ""]]),
            message: constraint(
                "''", "inferenceConfig.stopSequences.2.member", "have length greater than or equal to 1")),
        Refusal(
            request: inference(["stopSequences": .array(Array(repeating: "a", count: 2501))]),
            message: constraint(
                "'[2501 elements]'", "inferenceConfig.stopSequences", "have length less than or equal to 2500")),
        Refusal(
            request: inference(["maxTokens": 10_001]),
            message: "The maximum tokens you requested exceed the model limit of 10000. Try again with a maximum "
                + "tokens value lower than 10000."),
    ])
    func `a value out of range is refused`(refusal: Refusal) async throws {
        try await check(refusal)
    }

    @Test(arguments: [
        Refusal(
            request: conversation("a", adding: ["system": [["text": "x"]]]),
            model: "mistral.mistral-7b-instruct-v0:2",
            message: "This model doesn't support system messages. Try again without a system message or use a model "
                + "that supports system messages."),
        Refusal(
            request: inference(["temperature": 0]), model: sonnet5,
            message: "The model returned the following errors: `temperature` is not supported for this model."),
        Refusal(
            request: inference(["topP": 1]), model: sonnet5,
            message: "The model returned the following errors: `top_p` is not supported for this model."),
        Refusal(
            request: conversation("a", adding: ["additionalModelRequestFields": ["top_k": 5]]), model: sonnet5,
            message: "The model returned the following errors: `top_k` is not supported for this model."),
        Refusal(
            request: inference(["temperature": 1, "topP": 1]), model: haiku45,
            message: "The model returned the following errors: `temperature` and `top_p` cannot both be specified for "
                + "this model. Please use only one."),
        Refusal(
            request: inference(["temperature": 1, "topP": 1]), model: opus46, operation: "converse-stream",
            message: "The model returned the following errors: `temperature` and `top_p` cannot both be specified for "
                + "this model. Please use only one."),
        Refusal(
            request: conversation("a", "b"), model: sonnet5,
            message: "This model does not support assistant message prefill. The conversation must end with a user "
                + "message."),
        Refusal(
            request: conversation("a", adding: tool), model: "us.deepseek.r1-v1:0",
            message: "This model doesn't support tool use."),
        Refusal(
            request: conversation("a", adding: tool), model: "us.meta.llama3-3-70b-instruct-v1:0",
            operation: "converse-stream", message: "This model doesn't support tool use in streaming mode."),
        Refusal(
            request: ["messages": [message(role: "user", ["text": "a"], ["image": ["format": "png"]])]],
            message: "This model doesn't support the image content block that you provided."),
        Refusal(
            request: ["messages": [message(role: "user", ["text": "a"], ["document": ["format": "pdf"]])]],
            message: "This model doesn't support the document content block that you provided."),
        Refusal(
            request: conversation("a", adding: ["system": [["text": "x"], ["cachePoint": ["type": "default"]]]]),
            model: "us.deepseek.r1-v1:0",
            message: "This model doesn't support the cachePoint field. Remove cachePoint and try again."),
    ])
    func `what the model does not take is refused`(refusal: Refusal) async throws {
        try await check(refusal)
    }

    @Test func `a model that does not stream is refused as a stream only`() async throws {
        var model = ModelFacts(id: "acme.slow", maker: "Acme", displayName: "Slow", kind: .text)
        model.capabilities.streaming = false
        let catalog = ModelCatalog(models: [model])
        try await withSimulator {
            $0.catalog = catalog
        } _: { client in
            #expect(try await client.call("converse", "acme.slow", Self.hello).status == 200)
            let refused = try await client.call("converse-stream", "acme.slow", Self.hello)
            #expect(refused.status == 400)
            #expect(refused.message == "The model is unsupported for streaming.")
        }
    }

    @Test(
        arguments: [
            (conversation("a", adding: ["inferenceConfig": ["temperature": 1]]), haiku45),
            (conversation("a", adding: ["inferenceConfig": ["topP": 1]]), haiku45),
            (conversation("a", adding: ["inferenceConfig": ["temperature": 1, "topP": 0]]), "amazon.nova-micro-v1:0"),
            (conversation("a", adding: ["inferenceConfig": ["maxTokens": 10_000]]), "amazon.nova-micro-v1:0"),
            (conversation("a", "b"), haiku45),
            (conversation("a", adding: tool), "us.meta.llama3-3-70b-instruct-v1:0"),
            (
                conversation("a", adding: ["unknown": 1, "inferenceConfig": .null, "toolConfig": ["tools": []]]),
                sonnet5
            ),
            (request(message(role: "user", ["newKind": ["a": 1]], ["text": "b"])), sonnet5),
            (request(message(role: "user", ["text": "a"]), message(role: "system", ["text": "b"])), sonnet5),
        ] as [(JSONValue, String)])
    func `what the model takes is answered`(request: JSONValue, model: String) async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse", model, request)
            #expect(answer.status == 200, "\(answer.message ?? "")")
        }
    }

    @Test(arguments: [
        ("", "The request body is invalid JSON at byte 0: the text ends too early."),
        ("{", "The request body is invalid JSON at byte 1: expected a member name in quotes."),
        ("[]", "START_ARRAY can not be converted to a Structure"),
        (#"{"messages":"a"}"#, "STRING_VALUE can not be converted to a List"),
        (#"{"messages":[1]}"#, "NUMBER_VALUE can not be converted to a Structure"),
        (#"{"messages":[{"role":1}]}"#, "NUMBER_VALUE can not be converted to a String"),
        (#"{"messages":[{"role":"user","content":{}}]}"#, "START_OBJECT can not be converted to a List"),
        (#"{"messages":[],"inferenceConfig":{"maxTokens":1.5}}"#, "NUMBER_VALUE can not be converted to Integer"),
        (#"{"messages":[],"inferenceConfig":{"topP":true}}"#, "TRUE_VALUE can not be converted to a Number"),
    ])
    func `a body of other types is a serialization error`(body: String, text: String) async throws {
        try await withSimulator { client in
            let answer = try await client.send(
                target: "/model/amazon.nova-micro-v1%3A0/converse", body: Array(body.utf8))
            #expect(answer.status == 400)
            #expect(answer.errorCode == "SerializationException")
            #expect(answer.message == text)
        }
    }

    @Test func `nesting without end is refused`() async throws {
        try await withSimulator { client in
            let body = Array(String(repeating: "[", count: 100_000).utf8)
            let answer = try await client.send(target: "/model/amazon.nova-micro-v1%3A0/converse", body: body)
            #expect(answer.status == 400)
            #expect(answer.errorCode == "SerializationException")
        }
    }

    @Test func `a body over the limit is refused`() async throws {
        try await withSimulator {
            $0.limits.bodyBytes = 1000
        } _: { client in
            let long = String(repeating: "a", count: 1000)
            let answer = try await client.call("converse", conversation(long))
            #expect(answer.status == 413)
            #expect(answer.errorCode == "RequestEntityTooLargeException")
        }
    }

    @Test(arguments: [
        "/", "/model", "/model/a/apply", "/model/amazon.nova-micro-v1%3A0/converse/", "//model/a/converse",
        "/model/arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0/converse",
    ])
    func `another path is no operation`(target: String) async throws {
        try await withSimulator { client in
            let answer = try await client.send(target: target, body: Self.hello.encoded())
            #expect(answer.status == 404)
            #expect(answer.errorCode == "UnknownOperationException")
        }
    }

    @Test func `another method is no operation`() async throws {
        try await withSimulator { client in
            let answer = try await client.send(.GET, target: "/model/amazon.nova-micro-v1%3A0/converse")
            #expect(answer.status == 404)
        }
    }

    @Test(arguments: [
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-micro-v1:0",
    ])
    func `an ARN in one encoded segment is the model`(arn: String) async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse", arn, Self.hello)
            #expect(answer.status == 200)
            #expect(answer.text?.contains(arn) == true)
        }
    }
}
