import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import ModelCatalog
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ImageBotTests {
    /// The head of a PNG picture, in base64.
    private static let picture = Base64.encode(
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
            + [0, 0, 4, 0, 0, 0, 4, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0])
    private static let good = #"{"seeds":[1],"finish_reasons":[null],"images":["\#(picture)"]}"#

    private func bot(
        _ model: String = "stability.sd3-5-large-v1:0", members: String = ""
    ) throws -> BotConfig {
        let stored = """
            {"kind":"image","model":{"region":"us-west-2","upstream":{"us-west-2":"\(model)"}},"schema":\(BotSchema.version)\
            \(members.isEmpty ? "" : "," + members)}
            """
        return try BotConfig(stored: Array(stored.utf8), name: "painter", catalog: .embedded)
    }

    private func ask(
        _ service: ScriptedAWS, _ config: BotConfig, _ messages: [ChatMessage], skipsSystemPrompt: Bool = false
    ) async throws -> (answer: Answer, sink: RecordingSink) {
        let handler = try service.factory().makeHandler(for: config)
        var sink = RecordingSink()
        let answer = await handler.answer(
            ChatRequest(messages: messages),
            call: AnswerCall(requestID: "q-1", skipsSystemPrompt: skipsSystemPrompt), to: &sink)
        return (answer, sink)
    }

    private func body(_ service: ScriptedAWS) throws -> JSONValue {
        try JSONParser.parse(Array(try #require(service.requests.first).body.utf8))
    }

    private func message(_ text: String, file: [UInt8]? = nil, role: ChatMessage.Role = .user) -> ChatMessage {
        var message = ChatMessage(role: role, text: text)
        if let file {
            message.content.append(
                .attachment(Attachment(name: "a.png", mediaType: MediaType("image/png"), bytes: file)))
        }
        return message
    }

    @Test func `the newest message is the prompt, and what is made comes as a file with its price`() async throws {
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        let (answer, sink) = try await ask(
            service, try bot(members: #""parameters":{"aspect_ratio":"16:9","seed":7}"#),
            [message("A cat"), message("Here.", role: .assistant), message("A dog")])
        #expect(answer.ending == .complete(.endOfTurn))
        #expect(service.requests.map(\.path) == ["/model/stability.sd3-5-large-v1%3A0/invoke"])
        let body = try body(service)
        #expect(body["prompt"]?.string == "A dog")
        #expect(body["aspect_ratio"]?.string == "16:9")
        #expect(body["seed"]?.integer == 7)
        #expect(body["output_format"]?.string == "png")
        #expect(body["image"] == nil)
        let file = try #require(sink.files.first)
        #expect(file.name == "painter-1.png")
        #expect(file.mediaType.description == "image/png")
        #expect(file.content == .bytes(try #require(Base64.decode(Self.picture))))
        #expect(answer.tokens?.cost?.description == "0.08")
    }

    @Test func `the picture of the newest message is what the model starts from`() async throws {
        let first = try #require(Base64.decode(Self.picture))
        let second = first + [1]
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        _ = try await ask(
            service, try bot(members: #""parameters":{"strength":"0.4"}"#),
            [message("One", file: first), message("As a drawing", file: second)])
        let body = try body(service)
        #expect(body["image"]?.string == Base64.encode(second))
        #expect(body["mode"]?.string == "image-to-image")
        #expect(body["prompt"]?.string == "As a drawing")
        #expect(body["strength"]?.number?.text == "0.4")
    }

    @Test(arguments: ["stability.sd3-5-large-v1:0", "stability.stable-image-core-v1:1"])
    func `a picture of an earlier message has no part in a later prompt`(model: String) async throws {
        let file = try #require(Base64.decode(Self.picture))
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        let (answer, _) = try await ask(service, try bot(model), [message("One", file: file), message("A dog")])
        #expect(answer.ending == .complete(.endOfTurn))
        #expect(try body(service)["image"] == nil)
    }

    @Test func `a picture in a format that the model does not read is refused in words`() async throws {
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        let gif = Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0]
        let (answer, _) = try await ask(service, try bot(), [message("As a drawing", file: gif)])
        guard case .failed(let presented) = answer.ending else {
            Issue.record("\(answer.ending)")
            return
        }
        #expect(presented.text.contains("It reads PNG, JPEG and WebP."))
        #expect(service.requests.isEmpty)
    }

    @Test func `another region is asked where the first cannot answer`() async throws {
        let service = ScriptedAWS { _, number in
            number == 0 ? .init(#"{"message":"slow down"}"#, status: 429) : .init(Self.good)
        }
        let stored = """
            {"kind":"image","model":{"failover_regions":["us-east-1"],"region":"us-west-2","upstream":\
            {"us-east-1":"us.stability.sd3-5-large-v1:0","us-west-2":"stability.sd3-5-large-v1:0"}},\
            "retry":{"max_attempts":1},"schema":\(BotSchema.version)}
            """
        let config = try BotConfig(stored: Array(stored.utf8), name: "painter", catalog: .embedded)
        let (answer, sink) = try await ask(service, config, [message("A cat")])
        #expect(answer.ending == .complete(.endOfTurn))
        #expect(sink.files.count == 1)
        #expect(
            service.requests.map(\.path) == [
                "/model/stability.sd3-5-large-v1%3A0/invoke", "/model/us.stability.sd3-5-large-v1%3A0/invoke",
            ])
    }

    @Test(
        arguments: [
            (good, nil),
            (#"{"amazon-bedrock-guardrailAction":"INTERVENED","output":"no"}"#, ChatFailure.Kind.contentFiltered),
        ] as [(String, ChatFailure.Kind?)])
    func `a guardrail watches the call, and its word counts`(text: String, kind: ChatFailure.Kind?) async throws {
        let service = ScriptedAWS { _, _ in .init(text) }
        let (answer, _) = try await ask(
            service, try bot(members: #""guardrail":{"id":"abc123","version":"2"}"#), [message("A cat")])
        #expect(answer.ending.failureKind == kind)
        let headers = try #require(service.requests.first).headers
        #expect(headers["x-amzn-bedrock-guardrailidentifier"] == "abc123")
        #expect(headers["x-amzn-bedrock-guardrailversion"] == "2")
    }

    @Test func `an answer that comes when files fill the process is refused before anything is paid`() async throws {
        let budget = ByteBudget(limitInBytes: 1000)
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        let share = try #require(budget.share(of: 900))
        let handler = try service.factory(services: ServiceManager(fileBudget: budget)).makeHandler(for: try bot())
        var sink = RecordingSink()
        let request = ChatRequest(messages: [message("A cat")])
        let refused = await handler.answer(request, call: AnswerCall(requestID: "q-1"), to: &sink)
        #expect(refused.ending.failureKind == .overloaded)
        #expect(service.requests.isEmpty)
        share.release()
        let answered = await handler.answer(request, call: AnswerCall(requestID: "q-2"), to: &sink)
        #expect(answered.ending == .complete(.endOfTurn))
        #expect(budget.usedBytes == 0)
    }

    @Test func `an order that takes more than all there is waits for the others only`() async throws {
        let budget = ByteBudget(limitInBytes: 1)
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        let handler = try service.factory(services: ServiceManager(fileBudget: budget)).makeHandler(for: try bot())
        var sink = RecordingSink()
        let request = ChatRequest(messages: [message("A cat")])
        let answered = await handler.answer(request, call: AnswerCall(requestID: "q-1"), to: &sink)
        #expect(answered.ending == .complete(.endOfTurn))
        #expect(budget.usedBytes == 0)
    }

    @Test(arguments: [(false, "In oil.\n\nA cat"), (true, "A cat")])
    func `the bot's instructions stand in front of the prompt`(skips: Bool, prompt: String) async throws {
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        _ = try await ask(
            service, try bot(members: #""system_prompt":"In oil.""#), [message("A cat")], skipsSystemPrompt: skips)
        #expect(try body(service)["prompt"]?.string == prompt)
    }

    @Test(arguments: [
        (#"{"finish_reasons":["Filter reason: prompt"],"images":[""]}"#, ChatFailure.Kind.contentFiltered),
        (#"{"finish_reasons":["Inference error"],"images":[""]}"#, .modelError),
        (#"{"finish_reasons":[null],"images":[]}"#, .modelError),
        (#"{"finish_reasons":[null],"images":["%%%"]}"#, .modelError),
        ("<html>", .modelError),
    ])
    func `an answer that says success and holds no picture is a failure`(
        text: String, kind: ChatFailure.Kind
    ) async throws {
        let service = ScriptedAWS { _, _ in .init(text) }
        let (answer, sink) = try await ask(service, try bot(), [message("A cat")])
        #expect(answer.ending.failureKind == kind)
        #expect(sink.files.isEmpty)
        // A model that made something is paid for it, though nobody can read it.
        #expect((answer.tokens?.cost?.description == "0.08") == text.contains("%%%"))
    }

    @Test(arguments: [
        ("stability.stable-image-core-v1:1", String(repeating: "a", count: 10_001), "up to 10000 characters"),
        ("stability.stable-image-core-v1:1", "  \n", "Please say in words what to make."),
        ("stability.stable-image-remove-background-v1:0", "Cut it out", "Please attach the one to work on"),
    ])
    func `what the person has to change is said, and nothing is sent`(
        model: String, prompt: String, words: String
    ) async throws {
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        let (answer, _) = try await ask(service, try bot(model), [message(prompt)])
        guard case .failed(let presented) = answer.ending else {
            Issue.record("\(answer.ending)")
            return
        }
        #expect(presented.text.contains(words), "\(presented.text)")
        #expect(service.requests.isEmpty)
    }

    @Test func `a conversation in which nobody has said anything is refused in words`() async throws {
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        let (answer, sink) = try await ask(service, try bot(), [])
        #expect(answer.ending.failureKind == .invalidRequest)
        #expect(sink.ending == answer.ending)
    }

    @Test func `what the service throws ends as that kind of failure`() async throws {
        let service = ScriptedAWS { _, _ in .init(#"{"message":"slow down"}"#, status: 429) }
        let (answer, _) = try await ask(service, try bot(), [message("A cat")])
        #expect(answer.ending.failureKind == .throttled)
    }

    @Test func `a model of no known family cannot be built, and a bot that can says what it would send`() throws {
        let service = ScriptedAWS { _, _ in .init(Self.good) }
        let error = #expect(throws: BotFactoryError.self) {
            try service.factory().makeHandler(for: try bot("acme.painter-v1:0"))
        }
        #expect(error?.code == .cannotBuild)
        let edit = try service.factory().makeHandler(for: try bot("stability.stable-fast-upscale-v1:0")).describe()
        #expect(edit.handler == "ImageBotHandler")
        #expect(edit.upstream.operation == "InvokeModel")
        #expect(edit.upstream.exampleRequest["image"]?.string != nil)
    }
}
