import AsyncHTTPClient
import JSONCoding
import LoopbackServer
import PoeProtocol
import Secrets
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PoeClientTests {
    private static let meta = "event: meta\ndata: {}\n\n"
    private static let done = "event: done\ndata: {}\n\n"
    private static let key = "k0123456789012345678901234567890"

    @Test func `a good answer is handed out event by event`() async throws {
        let reply = LoopbackReply.stream(
            [
                ": ping\n\n", Self.meta + "event: te", "xt\r\ndata: {\"text\":\r\ndata: \"Hi\"}\r\n\r\n",
                Self.done + "junk",
            ],
            headers: ["x-request-id": "r-1", "x-bot-digest": "d-1"])
        let result = try await ask(reply)
        #expect(result.events == [.meta(PoeMeta()), .text("Hi"), .done])
        #expect(result.answer.failure == nil && result.answer.eventCount == 3)
        #expect(result.answer.requestID == "r-1" && result.answer.botDigest == "d-1")
        let request = try #require(result.requests.first)
        #expect(request.requestLine == "POST /bots/nova HTTP/1.1")
        #expect(request.headers["authorization"] == "Bearer \(Self.key)")
        #expect(request.headers["accept"] == "text/event-stream")
        #expect(request.headers["content-type"] == "application/json")
        #expect(try PoeRequest.decode(request.body) == .query(Self.query))
    }

    @Test func `an error event is a result, with and without done`() async throws {
        let error =
            "event: error\ndata: {\"allow_retry\":false,\"text\":\"no\",\"error_type\":\"user_caused_error\"}\n\n"
        let failure = PoeErrorEvent(allowsRetry: false, text: "no", errorType: "user_caused_error")
        for chunks in [[Self.meta, error, Self.done], [Self.meta, error], [error, Self.done]] {
            let result = try await ask(.stream(chunks))
            #expect(result.answer.failure == failure)
        }
    }

    @Test func `unknown events and a late meta are handed out and do no harm`() async throws {
        let result = try await ask(
            .stream([Self.meta, "data: x\n\n", "event: text\ndata: {\"text\":\"\"}\n\n", Self.meta, Self.done]))
        #expect(
            result.events == [
                .meta(PoeMeta()), .unknown(name: "message", data: "x"), .text(""), .meta(PoeMeta()), .done,
            ])
    }

    @Test(arguments: [
        ([meta, "event: text\ndata: {\"text\":\"x\"}\n\n"], "the stream ended without 'done', after 2 events"),
        (
            [meta, "event: text\ndata: {\"text\":\"x\"}\n\nevent: done\ndata: {}\n"],
            "the stream ended without 'done', within an event"
        ),
        ([], "the stream ended without 'done', after 0 events"),
        ([done], "the first event must be 'meta', not 'done'"),
        (["event: text\ndata: {\"text\":\"x\"}\n\n", done], "the first event must be 'meta', not 'text'"),
        ([meta, done], "the answer has neither a 'text' nor an 'error' event"),
        (
            [meta, "event: text\ndata: x\n\n"],
            "the event 'text' is broken: its data is no JSON: invalid JSON at byte 0: expected a value"
        ),
    ])
    func `a stream that breaks the protocol is a fault`(chunks: [String], message: String) async throws {
        let error = await failure(.stream(chunks, headers: ["x-request-id": "r-2"]))
        #expect(error?.code == .protocolFault)
        #expect(error?.message == message)
        #expect(error?.status == 200 && error?.requestID == "r-2")
    }

    @Test func `a connection cut within the answer is a fault`() async throws {
        let error = await failure(.stream([Self.meta], ending: .cut))
        #expect(error?.code == .protocolFault)
        #expect(error?.message.hasPrefix("the connection was lost within the answer") == true)
    }

    @Test func `done ends the answer although the connection stays open`() async throws {
        let result = try await ask(
            .stream([Self.meta, "event: text\ndata: {\"text\":\"x\"}\n\n", Self.done], ending: .stalled))
        #expect(result.events.last == .done)
    }

    @Test(arguments: [
        ("401 Unauthorized", 401), ("404 Not Found", 404), ("503 Service Unavailable", 503), ("307 Moved", 307),
    ])
    func `another status is a refusal that tells the body`(line: String, status: Int) async throws {
        let error = await failure(
            .whole(line, type: "application/json", headers: ["x-bot-digest": "d"], body: "{\"detail\":\n\"why\"}"))
        #expect(error?.code == .refused)
        #expect(error?.status == status)
        #expect(error?.botDigest == "d")
        #expect(error?.message == "status \(status): {\"detail\": \"why\"}")
    }

    @Test(arguments: ["application/json", "", "text/event-streams"])
    func `another content type is a fault`(type: String) async throws {
        let error = await failure(.whole(type: type, body: Self.meta))
        #expect(error?.code == .protocolFault)
        #expect(error?.message == "the content type must be text/event-stream, not \(type.isEmpty ? "none" : type)")
    }

    @Test func `a stalled answer ends with the idle timeout`() async throws {
        let error = await failure(
            .stream([Self.meta], ending: .stalled), timeouts: PoeClientTimeouts(idle: .seconds(4)))
        #expect(error?.code == .timedOut)
        #expect(error?.message == "nothing came for 4 s")
        #expect(error?.status == 200)
    }

    @Test func `a bot that never answers ends with the idle timeout`() async throws {
        let error = await failure(
            LoopbackReply(steps: [.stall]), timeouts: PoeClientTimeouts(idle: .milliseconds(500)))
        #expect(error?.code == .timedOut)
        #expect(error?.status == nil)
    }

    @Test func `an answer that goes on too long ends with the total timeout`() async throws {
        let error = await failure(
            .stream([Self.meta], ending: .stalled),
            timeouts: PoeClientTimeouts(idle: .seconds(30), total: .milliseconds(500)))
        #expect(error?.code == .timedOut)
        #expect(error?.message == "the answer was not complete after 0.5 s")
    }

    @Test(arguments: [
        (PoeClientLimits(bytes: 1000), "the answer is longer than 1000 bytes"),
        (PoeClientLimits(eventBytes: 1000), "a server-sent event has more than the 1000 bytes allowed"),
        (PoeClientLimits(events: 1), "the answer has more than 1 events"),
    ])
    func `an answer past a bound is given up`(limits: PoeClientLimits, message: String) async throws {
        let text = String(repeating: "x", count: 2000)
        let error = await failure(
            .stream([Self.meta, "event: text\ndata: {\"text\":\"\(text)\"}\n\n", Self.done]), limits: limits)
        #expect(error?.code == .tooLarge)
        #expect(error?.message == message)
    }

    @Test func `nobody at the port is unreachable, at once`() async throws {
        let port = try await LoopbackServer.serving { _ in
            .stream([])
        } body: {
            $0.port
        }
        let error = await failure(of: "http://127.0.0.1:\(port)/", key: Self.key)
        #expect(error?.code == .unreachable)
        #expect(error?.status == nil)
        #expect(error?.message == "no connection: Connection refused")
    }

    @Test(arguments: [
        ("nonsense", key), ("http://", key), ("http://127.0.0.1:1/", ""), ("http://127.0.0.1:1/", "a\r\nb"),
        ("http://203.0.113.5:1/", key), ("http://bots.example.com/bots/nova", key), ("HTTP://134744072/", key),
    ])
    func `a target that cannot be used is told apart and the key stays secret`(url: String, key: String) async throws {
        let error = await failure(of: url, key: key)
        #expect(error?.code == .invalidTarget)
        #expect(key.isEmpty || error?.message.contains(key) == false)
    }

    @Test func `a host that is not there is told in words for people`() async throws {
        // A label that is longer than names can be, so that nobody is asked for it.
        let host = String(repeating: "x", count: 64) + ".invalid"
        let error = await failure(of: "https://\(host)/bots/nova", key: Self.key)
        #expect(error?.code == .unreachable)
        #expect(error?.message.hasPrefix("no connection: no host '\(host)' is found") == true)
        #expect(error?.message.contains("Error") == false)
    }

    @Test func `what the consumer throws ends the request and comes back`() async throws {
        struct Enough: Error {}
        await #expect(throws: Enough.self) {
            try await ask(.stream([Self.meta], ending: .stalled)) { _ in throw Enough() }
        }
    }

    @Test func `a cancelled caller gets a cancellation`() async throws {
        let (started, continuation) = AsyncStream<Void>.makeStream()
        let task = Task {
            try await ask(.stream([Self.meta], ending: .stalled)) { _ in continuation.yield() }
        }
        var first = started.makeAsyncIterator()
        await first.next()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `settings are read with the headers of their answer`() async throws {
        let reply = LoopbackReply.whole(
            type: "application/json", headers: ["x-bot-digest": "d-7"], body: "{\"response_version\":2}")
        try await LoopbackServer.serving { _ in
            reply
        } body: { server in
            try await Self.withHTTPClient { http in
                let answer = try await PoeClient(http: http)
                    .settings(of: server.url(), accessKey: Secret(Self.key))
                #expect(answer.settings == ["response_version": 2])
                #expect(answer.requestID == nil && answer.botDigest == "d-7")
                #expect(try PoeRequest.decode(#require(server.requests.first).body) == .settings)
            }
        }
    }

    @Test(arguments: ["[]", "{"])
    func `settings that are no object are a fault`(body: String) async throws {
        let reply = LoopbackReply.whole(type: "application/json", body: body)
        try await LoopbackServer.serving { _ in
            reply
        } body: { server in
            try await Self.withHTTPClient { http in
                let error = await #expect(throws: PoeClientError.self) {
                    try await PoeClient(http: http).settings(of: server.url(), accessKey: Secret(Self.key))
                }
                #expect(error?.code == .protocolFault)
            }
        }
    }

    // MARK: - Asking

    private static let query = PoeQuery(messages: [PoeMessage(role: .user, content: "Hello?")])

    private struct Outcome: Sendable {
        var answer: PoeAnswer
        var events: [PoeEvent]
        var requests: [LoopbackRequest]
    }

    @discardableResult
    private func ask(
        _ reply: LoopbackReply, limits: PoeClientLimits = PoeClientLimits(),
        timeouts: PoeClientTimeouts = PoeClientTimeouts(), onEvent: (PoeEvent) throws -> Void = { _ in }
    ) async throws -> Outcome {
        try await LoopbackServer.serving { _ in
            reply
        } body: { server in
            try await Self.withHTTPClient { http in
                var events: [PoeEvent] = []
                let answer = try await PoeClient(http: http, limits: limits).stream(
                    Self.query, to: server.url("/bots/nova"), accessKey: Secret(Self.key), timeouts: timeouts
                ) { event, _ in
                    events.append(event)
                    try onEvent(event)
                }
                return Outcome(answer: answer, events: events, requests: server.requests)
            }
        }
    }

    private func failure(
        _ reply: LoopbackReply, limits: PoeClientLimits = PoeClientLimits(),
        timeouts: PoeClientTimeouts = PoeClientTimeouts()
    ) async -> PoeClientError? {
        await #expect(throws: PoeClientError.self) { try await ask(reply, limits: limits, timeouts: timeouts) }
    }

    private func failure(of url: String, key: String) async -> PoeClientError? {
        await #expect(throws: PoeClientError.self) {
            try await Self.withHTTPClient { http in
                _ = try await PoeClient(http: http).stream(Self.query, to: url, accessKey: Secret(key)) { _, _ in }
            }
        }
    }

    private static func withHTTPClient<Result>(_ body: (HTTPClient) async throws -> Result) async throws -> Result {
        let http = HTTPClient(configuration: PoeClient.httpConfiguration)
        do {
            let result = try await body(http)
            try await http.shutdown()
            return result
        } catch {
            try await http.shutdown()
            throw error
        }
    }
}
