import ChatEvents
import NIOHTTP1
import OpenAIUpstream
import Secrets
import Synchronization
import Testing

struct OpenAIErrorTests {
    private static let good = ScriptedService.Reply(pieces: [
        stream([#"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#, "[DONE]"])
    ])

    private static func error(_ status: Int, _ body: String = "", headers: [(String, String)] = [])
        -> ScriptedService.Reply
    {
        ScriptedService.Reply(
            status: status, headers: [("content-type", "application/json")] + headers, pieces: [body])
    }

    @Test(arguments: [
        (401, #"{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}"#, ChatFailure.Kind.unauthorized),
        (404, #"{"error":{"message":"no model","code":"model_not_found"}}"#, .misconfigured),
        (429, #"{"error":{"message":"pay","type":"insufficient_quota"}}"#, .quotaExhausted),
        (400, #"{"error":{"message":"long","code":"context_length_exceeded"}}"#, .inputTooLong),
        (400, #"{"error":{"message":"This model's maximum context length is 8192 tokens"}}"#, .inputTooLong),
        (400, #"{"error":{"message":"no","code":"content_policy_violation"}}"#, .contentFiltered),
        (
            400, #"{"error":{"message":"Unsupported parameter: 'temperature'","code":"unsupported_parameter"}}"#,
            .misconfigured
        ),
        (400, #"{"error":{"message":"bad"}}"#, .invalidRequest), (413, "", .inputTooLong),
        (422, #"{"detail":"bad"}"#, .invalidRequest),
    ])
    func `what would fail again is not sent again`(status: Int, body: String, kind: ChatFailure.Kind) async {
        let service = ScriptedService([Self.error(status, body), Self.good])
        let failure = await service.answer().failure
        #expect(failure?.kind == kind)
        #expect(failure?.upstreamStatus == status)
        #expect(service.calls.count == 1)
    }

    @Test(arguments: [500, 502, 503, 504, 529, 408, 429])
    func `what may pass is sent again`(status: Int) async {
        let service = ScriptedService([Self.error(status, "<html>busy</html>"), Self.good])
        let (events, failure) = await service.answer()
        #expect(events == [.text("Hi"), .finished(.endOfTurn)])
        #expect(failure == nil)
        #expect(service.calls.count == 2)
    }

    @Test func `a service says how long to wait`() async {
        let service = ScriptedService([Self.error(429, headers: [("retry-after", "7")]), Self.good])
        #expect(await service.answer().failure == nil)
        #expect(service.pauses == [.seconds(7)])
    }

    @Test func `after the last attempt the failure is the user's`() async {
        let service = ScriptedService([Self.error(503), Self.error(503), Self.error(503), Self.good])
        #expect(await service.answer().failure?.kind == .unavailable)
        #expect(service.calls.count == 3)
    }

    @Test func `a connection that cannot be made is tried again`() async {
        let service = ScriptedService([])
        #expect(await service.answer().failure?.kind == .unavailable)
        #expect(service.calls.count == 3)
    }

    @Test func `nothing is sent again once the user has seen something`() async {
        let broken = stream([
            #"{"choices":[{"delta":{"content":"Hi"}}]}"#, #"{"error":{"message":"busy","code":"server_error"}}"#,
        ])
        let service = ScriptedService([.init(pieces: [broken]), Self.good])
        #expect(await service.answer().failure?.kind == .unavailable)
        #expect(service.calls.count == 1)
    }

    @Test func `an error before anything was seen is tried again, also within a stream`() async {
        let broken = stream([#"{"error":{"message":"busy","code":"server_error"}}"#])
        let service = ScriptedService([.init(pieces: [broken]), Self.good])
        #expect(await service.answer().failure == nil)
        #expect(service.calls.count == 2)
    }

    @Test func `the key goes to the service and into no failure`() async {
        let service = ScriptedService([
            Self.error(401, #"{"error":"Incorrect API key provided: sk-proj-0123456789abcdef.\nAsk again"}"#)
        ])
        let failure = await service.answer().failure
        #expect(service.calls.first?.headers.first(name: "authorization") == "Bearer secret-key")
        #expect(failure?.detail == "Incorrect API key provided: sk-… Ask again")
    }

    @Test(arguments: [
        #"{"error":{"message":"bad key secret-key\r\n\u001b[31mfor you","code":"invalid_api_key"}}"#,
        #"{"error":{"message":"bad key secret-key for you","code":"secret-key"}}"#, "bad key secret-key for you",
    ])
    func `a service that quotes the key does not bring it into the log`(body: String) async {
        let service = ScriptedService([Self.error(401, body)])
        let failure = await service.answer().failure
        #expect(failure?.kind == .unauthorized)
        #expect(failure?.detail.hasPrefix("bad key … ") == true)
        #expect(!"\(String(describing: failure))".contains("secret-key"))
        #expect(failure?.detail.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
    }

    @Test func `a key that is refused is looked up again, once`() async {
        let lookUps = Mutex(0)
        let key = RotatingSecret(Secret("old-key")) { isRefused in
            #expect(isRefused)
            let count = lookUps.withLock { count in
                count += 1
                return count
            }
            return Secret("new-key-\(count)")
        }
        let service = ScriptedService([Self.error(401), Self.error(401), Self.good])
        #expect(await service.answer(key: key).failure?.kind == .unauthorized)
        #expect(
            service.calls.map { $0.headers.first(name: "authorization") } == ["Bearer old-key", "Bearer new-key-1"])
        #expect(service.pauses == [])
        #expect(await service.answer(key: key).failure == nil)
    }

    @Test func `a refused key that has not changed is not sent again`() async {
        let key = RotatingSecret(Secret("old-key")) { _ in Secret("old-key") }
        let service = ScriptedService([Self.error(401), Self.good])
        #expect(await service.answer(key: key).failure?.kind == .unauthorized)
        #expect(service.calls.count == 1)
    }

    @Test func `without a key there is no such header`() async throws {
        let service = ScriptedService([Self.good])
        try await service.upstream(key: nil).answer(
            ChatRequest(messages: [ChatMessage(role: .user, text: "Hi")]), requestID: "r"
        ) { _ in }
        #expect(service.calls.first?.headers.contains(name: "authorization") == false)
    }

    @Test func `every failure's name is unique and its meaning a sentence`() {
        #expect(Set(OpenAIFailures.all.map(\.name)).count == OpenAIFailures.all.count)
        #expect(OpenAIFailures.all.allSatisfy { $0.meaning.hasSuffix(".") })
    }
}
