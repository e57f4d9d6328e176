import AWSClient
import AWSSigning
import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import ModelCatalog
import Testing

@Suite(.timeLimit(.minutes(1)))
struct VideoBotTests {
    private static let arn = "arn:aws:bedrock:us-west-2:123456789012:async-invoke/abc123"
    private static let video: [UInt8] = [0, 0, 0, 24] + Array("ftypmp42".utf8) + [0, 0, 0, 0]

    private func bot(output: String? = "s3://videos/ray", members: String = "") throws -> BotConfig {
        let output = output.map { #","output":"\#($0)""# } ?? ""
        let stored = """
            {"kind":"video","model":{"region":"us-west-2"\(output),"upstream":{"us-west-2":"luma.ray-v2:0"}},\
            "schema":\(BotSchema.version)\(members.isEmpty ? "" : "," + members)}
            """
        return try BotConfig(stored: Array(stored.utf8), name: "ray", catalog: .embedded)
    }

    /// A service whose job is done after some looks at it.
    private func service(
        looks: Int = 2, end: String = #""status":"Completed""#, listed: [String] = ["ray/abc123/output.mp4"]
    ) -> ScriptedAWS {
        ScriptedAWS { request, number in
            if request.method == "POST" { return .init(#"{"invocationArn":"\#(Self.arn)"}"#) }
            if request.path.hasPrefix("/async-invoke/") {
                let output = #""outputDataConfig":{"s3OutputDataConfig":{"s3Uri":"s3://videos/ray/abc123"}}"#
                let status = number < looks ? #""status":"InProgress""# : end
                return .init(#"{"invocationArn":"\#(Self.arn)",\#(status),\#(output)}"#)
            }
            if request.path.contains("list-type=2") {
                let entries = listed.map { "<Contents><Key>\($0)</Key><Size>\(Self.video.count)</Size></Contents>" }
                return .init("<ListBucketResult>\(entries.joined())</ListBucketResult>")
            }
            return .init(bytes: Self.video)
        }
    }

    private func ask(
        _ service: ScriptedAWS, _ config: BotConfig, clock: LeapingClock = LeapingClock(),
        services: ServiceManager = ServiceManager()
    ) async throws -> (answer: Answer, sink: RecordingSink) {
        let handler = try service.factory(clock: MonotonicClock(clock), services: services).makeHandler(for: config)
        var sink = RecordingSink()
        let answer = await handler.answer(
            ChatRequest(messages: [ChatMessage(role: .user, text: "A lighthouse")]),
            call: AnswerCall(requestID: "q-1"), to: &sink)
        return (answer, sink)
    }

    @Test func `a job is started, asked after and its result fetched from the store`() async throws {
        let service = service(looks: 3)
        let clock = LeapingClock()
        let shelf = MemoryFileShelf()
        let (answer, sink) = try await ask(
            service,
            try bot(
                members: """
                    "cost":{"usd_per_second":"0.75"},\
                    "parameters":{"aspect_ratio":"16:9","loop":true,"resolution":"540p","seconds":9}
                    """), clock: clock, services: ServiceManager(files: shelf))
        #expect(answer.ending == .complete(.endOfTurn))
        let file = try #require(sink.files.first)
        #expect(file.name == "ray.mp4")
        #expect(try await bytes(of: file, in: shelf) == Self.video)
        #expect(answer.tokens?.cost?.description == "6.75")
        #expect(clock.waits == [.milliseconds(500), .milliseconds(750), .milliseconds(1125)])

        let paths = service.requests.map(\.path)
        #expect(paths.first == "/async-invoke")
        #expect(paths.dropFirst().prefix(3).allSatisfy { $0.hasPrefix("/async-invoke/arn%3Aaws%3Abedrock") })
        #expect(paths[4].hasPrefix("/videos?list-type=2"))
        #expect(paths[4].contains("prefix=ray%2Fabc123%2F") || paths[4].contains("prefix=ray/abc123/"))
        #expect(paths.last == "/videos/ray/abc123/output.mp4")

        let body = try JSONParser.parse(Array(try #require(service.requests.first).body.utf8))
        #expect(body["modelId"]?.string == "luma.ray-v2:0")
        #expect(body["outputDataConfig"]?["s3OutputDataConfig"]?["s3Uri"]?.string == "s3://videos/ray")
        #expect(
            body["modelInput"]
                == [
                    "prompt": "A lighthouse", "aspect_ratio": "16:9", "loop": true, "duration": "9s",
                    "resolution": "540p",
                ])
    }

    /// What clients get under a file's link.
    private func bytes(of file: GeneratedFile, in shelf: any FileShelf) async throws -> [UInt8] {
        guard case .kept(let path, let size) = file.content else { return [] }
        let parts = path.split(separator: "/").map(String.init)
        let key = try #require(FileKey(token: parts[1], name: parts[2]))
        let kept = try #require(try await shelf.file(key))
        #expect(kept.size == size)
        return Array(try kept.read(0..<size))
    }

    @Test func `waits grow to ten seconds, and each look is told`() async throws {
        let clock = LeapingClock()
        let (_, sink) = try await ask(service(looks: 12), try bot(), clock: clock)
        #expect(clock.waits.count == 12)
        #expect(clock.waits.max() == .seconds(10))
        #expect(clock.waits == clock.waits.sorted())
        #expect(sink.statuses.first == "Making the video. This takes some minutes.")
        #expect(sink.statuses.last == "Fetching the video…")
    }

    @Test(arguments: [
        ("The prompt was blocked by our content moderation policy", ChatFailure.Kind.contentFiltered),
        ("An internal error occurred", .modelError),
    ])
    func `a job that failed is a failure by what it says`(text: String, kind: ChatFailure.Kind) async throws {
        let service = service(end: #""status":"Failed","failureMessage":"\#(text)""#)
        let (answer, sink) = try await ask(service, try bot(members: #""cost":{"usd_per_second":"1"}"#))
        #expect(answer.ending.failureKind == kind)
        #expect(sink.files.isEmpty)
        #expect(answer.tokens == nil)
    }

    @Test(
        arguments: [
            ([], nil), (["ray/abc123/manifest.json"], nil),
            (["ray/abc123/shot_0001.mp4", "ray/abc123/output.mp4"], "/videos/ray/abc123/output.mp4"),
            (["ray/abc123/other.mp4"], "/videos/ray/abc123/other.mp4"),
        ] as [([String], String?)])
    func `the whole video is found whatever it is called`(listed: [String], fetched: String?) async throws {
        let service = service(listed: listed)
        let (answer, _) = try await ask(service, try bot())
        if let fetched {
            #expect(service.requests.last?.path == fetched)
            #expect(answer.ending == .complete(.endOfTurn))
        } else {
            #expect(answer.ending.failureKind == .modelError)
        }
    }

    @Test func `a store that refuses is the operator's matter`() async throws {
        let service = ScriptedAWS { request, number in
            guard request.path.contains("list-type=2") else {
                return request.method == "POST"
                    ? .init(#"{"invocationArn":"\#(Self.arn)"}"#)
                    : .init(#"{"invocationArn":"\#(Self.arn)","status":"Completed"}"#)
            }
            return .init("<Error><Code>AccessDenied</Code><Message>no</Message></Error>", status: 403)
        }
        let (answer, _) = try await ask(service, try bot())
        #expect(answer.ending.failureKind == .misconfigured)
    }

    @Test func `what is paid for and cannot be fetched is counted`() async throws {
        let service = ScriptedAWS { request, _ in
            if request.method == "POST" { return .init(#"{"invocationArn":"\#(Self.arn)"}"#) }
            if request.path.hasPrefix("/async-invoke/") {
                return .init(#"{"invocationArn":"\#(Self.arn)","status":"Completed"}"#)
            }
            return .init("<Error><Code>AccessDenied</Code><Message>no</Message></Error>", status: 403)
        }
        let (answer, sink) = try await ask(service, try bot(members: #""cost":{"usd_per_second":"0.75"}"#))
        #expect(answer.ending.failureKind == .misconfigured)
        #expect(sink.files.isEmpty)
        #expect(answer.tokens?.cost?.description == "3.75")
    }

    @Test func `a job that goes on when nobody waits any more is counted`() async throws {
        let service = service(looks: .max)
        let clock = LeapingClock()
        let handler = try service.factory(clock: MonotonicClock(clock)).makeHandler(
            for: try bot(members: #""cost":{"usd_per_second":"0.75"}"#))
        var sink = RecordingSink()
        sink.beforeWrite = { number in if number == 3 { throw RecordingSink.Gone() } }
        let answer = await handler.answer(
            ChatRequest(messages: [ChatMessage(role: .user, text: "A lighthouse")]),
            call: AnswerCall(requestID: "q-1"), to: &sink)
        #expect(answer.ending == .abandoned)
        #expect(answer.tokens?.cost?.description == "3.75")
    }

    @Test func `one bad look at a job does not lose it`() async throws {
        let service = ScriptedAWS { request, number in
            if request.method == "POST" { return .init(#"{"invocationArn":"\#(Self.arn)"}"#) }
            if request.path.hasPrefix("/async-invoke/") {
                if number < 4 { return .init(#"{"message":"slow down"}"#, status: 429) }
                return .init(#"{"invocationArn":"\#(Self.arn)","status":"Completed"}"#)
            }
            if request.path.contains("list-type=2") {
                return .init(
                    """
                    <ListBucketResult><Contents><Key>ray/abc123/output.mp4</Key><Size>16</Size></Contents>\
                    </ListBucketResult>
                    """)
            }
            return .init(bytes: Self.video)
        }
        #expect(try await ask(service, try bot()).answer.ending == .complete(.endOfTurn))
    }

    @Test func `a job that nobody may look at ends the answer soon, and is counted`() async throws {
        let service = ScriptedAWS { request, _ in
            if request.method == "POST" { return .init(#"{"invocationArn":"\#(Self.arn)"}"#) }
            return .init(#"{"message":"User is not authorized to perform: bedrock:GetAsyncInvoke"}"#, status: 403)
        }
        let clock = LeapingClock()
        let bot = try bot(members: #""cost":{"usd_per_second":"0.75"}"#)
        let answer = try await ask(service, bot, clock: clock).answer
        #expect(answer.ending.failureKind == .unauthorized)
        #expect(clock.waits.count == 6)
        #expect(answer.tokens?.cost?.description == "3.75")
    }

    @Test func `nothing is ordered whose result could not be fetched or kept`() async throws {
        struct NoKeys: AWSCredentialProvider {
            func credentials() async throws -> SigningCredentials {
                throw AWSCredentialError(.notFound, message: "no credentials")
            }
            func invalidate(_ keys: SigningCredentials) async {}
        }
        let service = service()
        var sink = RecordingSink()
        let handler = try service.factory(keys: NoKeys()).makeHandler(for: try bot())
        let answer = await handler.answer(
            ChatRequest(messages: [ChatMessage(role: .user, text: "A lighthouse")]),
            call: AnswerCall(requestID: "q-1"), to: &sink)
        #expect(answer.ending.failureKind == .unauthorized)
        let small = ServiceManager(files: MemoryFileShelf(limits: ShelfLimits(bytes: 10, count: 1)))
        #expect(try await ask(service, try bot(), services: small).answer.ending.failureKind == .overloaded)
        #expect(service.requests.isEmpty)
    }

    @Test func `a guardrail that cannot watch a bot keeps it from being built`() throws {
        let error = #expect(throws: BotFactoryError.self) {
            try service().factory().makeHandler(
                for: try bot(members: #""guardrail":{"id":"abc123","version":"1"}"#))
        }
        #expect(error?.code == .cannotBuild)
        #expect(error?.message.contains("guardrail") == true)
    }

    @Test func `a bot without a place for its results cannot be built`() throws {
        let error = #expect(throws: BotFactoryError.self) {
            try service().factory().makeHandler(for: try bot(output: nil))
        }
        #expect(error?.code == .cannotBuild)
        #expect(try service().factory().makeHandler(for: try bot()).describe().handler == "VideoBotHandler")
    }
}
