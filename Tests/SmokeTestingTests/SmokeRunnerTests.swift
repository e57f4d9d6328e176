import AsyncHTTPClient
import BotConfiguration
import JSONCoding
import LoopbackServer
import PoeProtocol
import Secrets
import SmokeTesting
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SmokeRunnerTests {
    private static let digest = ContentDigest(of: [1, 2, 3])

    private static func answer(_ text: String, digest: ContentDigest = digest) -> LoopbackReply {
        let data = JSONValue.object(["text": .string(text)]).text()
        return .stream(
            ["event: meta\ndata: {}\n\n", "event: text\ndata: \(data)\n\n", "event: done\ndata: {}\n\n"],
            headers: ["x-bot-digest": digest.text, "x-request-id": "req-1"])
    }

    private static func error(_ json: String) -> LoopbackReply {
        .stream(["event: meta\ndata: {}\n\n", "event: error\ndata: \(json)\n\n", "event: done\ndata: {}\n\n"])
    }

    private func report(
        _ reply: LoopbackReply, expect: SmokeExpectation? = SmokeExpectation(contains: "pong")
    ) async throws -> SmokeReport {
        try await LoopbackServer.serving({ _ in reply }) { server in
            let cases = expect.map { [SmokeCase(name: "pong", prompt: "Say pong.", expect: $0)] } ?? []
            return try await run([target(server.url("/bots/x"), cases)])
        }
    }

    private func target(_ url: String, _ cases: [SmokeCase]) -> SmokeTarget {
        SmokeTarget(
            bot: "x", digest: Self.digest, url: url, accessKey: Secret("k0123456789012345678901234567890"), cases: cases
        )
    }

    private func run(_ targets: [SmokeTarget], concurrency: Int = 4) async throws -> SmokeReport {
        let http = HTTPClient(configuration: PoeClient.httpConfiguration)
        let runner = SmokeRunner(
            client: PoeClient(http: http), concurrency: concurrency,
            timeouts: PoeClientTimeouts(idle: .seconds(2), total: .seconds(20)))
        let result: Result<SmokeReport, any Error>
        do {
            result = .success(try await runner.run(targets, upstream: "simulator"))
        } catch {
            result = .failure(error)
        }
        try await http.shutdown()
        return try result.get()
    }

    @Test(arguments: ["pong", "Pong.", "well: PONG it is"])
    func `an answer that holds the text passes, case aside`(text: String) async throws {
        let verdict = try #require(try await report(Self.answer(text)).verdicts.first)
        #expect(verdict.result == .pass)
        #expect(verdict.reason == nil)
        #expect(verdict.requestID == "req-1")
        #expect(verdict.firstEvent != nil)
    }

    @Test func `another answer fails and says what was expected and what came`() async throws {
        let verdict = try #require(try await report(Self.answer("ping\nping")).verdicts.first)
        #expect(verdict.result == .fail)
        #expect(verdict.reason == "expected 'pong', got 'ping ping'")
    }

    @Test(arguments: [
        ("cat.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] as [UInt8], "image/png", "iVBORw0KGgo="),
        ("notes.TXT", Array("hi".utf8), "text/plain", "aGk="),
        ("strange", [1, 2, 3], "application/octet-stream", "AQID"),
    ])
    func `a case brings its files whole, with the type that they have`(
        name: String, bytes: [UInt8], type: String, base64: String
    ) async throws {
        let requests = Mutex<[LoopbackRequest]>([])
        let file = ConfigFile(path: "smoke/\(name)", bytes: bytes)
        let smokeCase = SmokeCase(name: "a", prompt: "b", attachments: [file], expect: SmokeExpectation())
        let report = try await LoopbackServer.serving({ request in
            requests.withLock { $0.append(request) }
            return Self.answer("pong")
        }) { server in
            try await run([target(server.url("/bots/x"), [smokeCase])])
        }
        #expect(report.result == .pass)
        let sent = try #require(requests.withLock { $0.first })
        let query = try JSONParser.parse(sent.body)
        let attachment = try #require(query["query"]?.array?.last?["attachments"]?.array?.first)
        #expect(attachment["url"]?.string == "data:\(type);base64,\(base64)")
        #expect(attachment["content_type"]?.string == type)
        #expect(attachment["name"]?.string == name)
    }

    @Test(arguments: ["", " \n"])
    func `a bot without cases must answer something`(text: String) async throws {
        #expect(try await report(Self.answer("anything"), expect: nil).verdicts.map(\.smokeCase) == ["answers"])
        #expect(try await report(Self.answer("anything"), expect: nil).result == .pass)
        #expect(try await report(Self.answer(text), expect: nil).result == .fail)
    }

    @Test func `a first event that comes too late fails`() async throws {
        let late = try await report(
            Self.answer("pong"), expect: SmokeExpectation(contains: "pong", firstEventWithin: .zero))
        #expect(late.result == .fail)
        #expect(late.verdicts[0].reason?.hasPrefix("expected the first event within 0 ms") == true)
    }

    @Test func `an answer of another generation fails`() async throws {
        let verdict = try await report(Self.answer("pong", digest: ContentDigest(of: [9]))).verdicts[0]
        #expect(verdict.result == .fail)
        #expect(verdict.reason?.contains("it is behind") == true)
    }

    @Test func `an error of another generation fails although it may pass`() async throws {
        var reply = Self.error(#"{"allow_retry":true}"#)
        #expect(try await report(reply).result == .inconclusive)
        reply = .stream(
            ["event: error\ndata: {\"allow_retry\":true}\n\n"], headers: ["x-bot-digest": ContentDigest(of: [9]).text])
        #expect(try await report(reply).result == .fail)
    }

    @Test func `an answer that names no digest fails where one is expected`() async throws {
        let reply = LoopbackReply.stream([
            "event: meta\ndata: {}\n\n", "event: text\ndata: {\"text\":\"pong\"}\n\n", "event: done\ndata: {}\n\n",
        ])
        #expect(try await report(reply).verdicts[0].reason == "the answer does not say which configuration gave it")
    }

    @Test(arguments: [
        (#"{"allow_retry":true,"text":"busy"}"#, SmokeVerdict.Result.inconclusive),
        (#"{"allow_retry":false,"text":"no"}"#, .fail),
        (#"{"allow_retry":true,"text":"no","error_type":"user_caused_error"}"#, .fail),
    ])
    func `an error that may pass tells nothing of the bot`(json: String, result: SmokeVerdict.Result) async throws {
        #expect(try await report(Self.error(json)).result == result)
    }

    @Test(arguments: [
        ("quotaExhausted", false, SmokeVerdict.Result.inconclusive), ("throttled", true, .inconclusive),
        ("unavailable", true, .inconclusive), ("timedOut", true, .inconclusive), ("modelError", true, .fail),
        ("internalError", true, .fail), ("misconfigured", false, .fail), ("unauthorized", false, .fail),
        ("something new", true, .inconclusive), ("something new", false, .fail),
    ])
    func `the kind of failure says whose fault it is`(
        kind: String, allowsRetry: Bool, result: SmokeVerdict.Result
    ) async throws {
        let json = #"{"allow_retry":\#(allowsRetry),"text":"no","raw_response":"\#(kind)"}"#
        #expect(try await report(Self.error(json)).result == result)
    }

    @Test(arguments: [
        (401, SmokeVerdict.Result.fail), (404, .fail), (501, .fail), (502, .inconclusive), (503, .inconclusive),
    ])
    func `a status says whether the bot or its gateway is at fault`(
        status: Int, result: SmokeVerdict.Result
    ) async throws {
        let report = try await report(.whole("\(status) Nope", type: "application/json", body: "{}"))
        #expect(report.result == result)
        #expect(report.verdicts[0].reason?.contains("status \(status)") == true)
    }

    @Test func `a stream that breaks the protocol fails, and silence is inconclusive`() async throws {
        #expect(try await report(.stream(["event: meta\ndata: {}\n\n"])).result == .fail)
        #expect(try await report(.stream([], ending: .stalled)).result == .inconclusive)
    }

    @Test func `a gateway that is not there is inconclusive`() async throws {
        let report = try await run([target("http://127.0.0.1:1/bots/x", [])])
        #expect(report.result == .inconclusive)
    }

    @Test func `verdicts keep the order of the cases however they come`() async throws {
        let report = try await LoopbackServer.serving({ _ in Self.answer("pong") }) { server in
            let cases = (0..<20).map { SmokeCase(name: "c\($0)", prompt: "p", expect: SmokeExpectation()) }
            return try await run([target(server.url(), cases)], concurrency: 3)
        }
        #expect(report.verdicts.map(\.smokeCase) == (0..<20).map { "c\($0)" })
        #expect(report.summary == "20 passed on the simulator")
        #expect(report.json["passed"] == 20)
    }
}
