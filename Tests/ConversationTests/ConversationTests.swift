import AsyncHTTPClient
import Conversation
import JSONCoding
import LoopbackServer
import PoeProtocol
import Secrets
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConversationTests {
    private static func event(_ name: String, _ data: JSONValue) -> String {
        "event: \(name)\ndata: \(data.text())\n\n"
    }

    private static func answer(_ text: String) -> LoopbackReply {
        .stream([event("meta", [:]), event("text", ["text": .string(text)]), event("done", [:])])
    }

    /// Talks to bots of a server of its own.
    private func talk<Value: Sendable>(
        to names: [String] = ["x"], _ reply: @escaping @Sendable (LoopbackRequest) -> LoopbackReply,
        _ body: (Conversation) async throws -> Value
    ) async throws -> (Value, [JSONValue]) {
        let http = HTTPClient(configuration: PoeClient.httpConfiguration)
        let result: Result<(Value, [JSONValue]), any Error>
        do {
            let value = try await LoopbackServer.serving(reply) { server in
                let partners = names.map {
                    ChatPartner(
                        name: $0, url: server.url("/bots/\($0)"), accessKey: Secret("k0123456789012345678901234567890"))
                }
                let conversation = Conversation(
                    with: partners, client: PoeClient(http: http),
                    timeouts: PoeClientTimeouts(idle: .seconds(5), total: .seconds(20)))
                let value = try await body(conversation)
                return (value, try server.requests.map { try JSONParser.parse($0.body) })
            }
            result = .success(value)
        } catch {
            result = .failure(error)
        }
        try await http.shutdown()
        return try result.get()
    }

    private static func said(_ request: JSONValue) -> [String] {
        (request["query"]?.array ?? []).map { "\($0["role"]?.string ?? ""): \($0["content"]?.string ?? "")" }
    }

    @Test func `a bot is reminded of what was said`() async throws {
        let (_, requests) = try await talk({ _ in Self.answer("Fine.") }) { conversation in
            _ = await conversation.ask(Question("How are you?")) { _, _ in }
            _ = await conversation.ask(Question("Really?")) { _, _ in }
        }
        #expect(
            requests.map(Self.said) == [["user: How are you?"], ["user: How are you?", "bot: Fine.", "user: Really?"]])
    }

    @Test func `a question that failed is as if it had not been asked`() async throws {
        let count = Mutex(0)
        let (ends, requests) = try await talk({ _ in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            guard isFirst else { return Self.answer("Fine.") }
            return .stream([Self.event("meta", [:]), Self.event("error", ["allow_retry": true, "text": "Not now."])])
        }) { conversation in
            let first = await conversation.ask(Question("One")) { _, _ in }
            return first + (await conversation.ask(Question("Two")) { _, _ in })
        }
        #expect(ends.map(\.isAnswered) == [false, true])
        guard case .failed(let error) = ends[0].outcome else { return #expect(Bool(false), "\(ends[0])") }
        #expect(error.text == "Not now.")
        #expect(requests.map(Self.said) == [["user: One"], ["user: Two"]])
    }

    @Test func `several bots are asked at once, and each keeps its own conversation`() async throws {
        let texts = Mutex<[Int: String]>([:])
        let (ends, requests) = try await talk(
            to: ["a", "b"], { Self.answer($0.requestLine.contains("/bots/a ") ? "I am A." : "I am B.") }
        ) { conversation in
            let ends = await conversation.ask(Question("Who?")) { index, progress in
                if case .event(.text(let text)) = progress { texts.withLock { $0[index, default: ""] += text } }
            }
            _ = await conversation.ask(Question("Sure?")) { _, _ in }
            return ends
        }
        #expect(ends.map(\.isAnswered) == [true, true])
        #expect(texts.withLock { $0 } == [0: "I am A.", 1: "I am B."])
        let second = Set(requests.suffix(2).map(Self.said))
        #expect(
            second == [
                ["user: Who?", "bot: I am A.", "user: Sure?"], ["user: Who?", "bot: I am B.", "user: Sure?"],
            ])
    }

    @Test func `a bot that is not there is an outcome`() async throws {
        let http = HTTPClient(configuration: PoeClient.httpConfiguration)
        let partner = ChatPartner(
            name: "x", url: "http://127.0.0.1:1/bots/x", accessKey: Secret("k0123456789012345678901234567890"))
        let ends = await Conversation(with: [partner], client: PoeClient(http: http)).ask(Question("Hi")) { _, _ in }
        try await http.shutdown()
        guard case .notAnswered(let error)? = ends.first?.outcome else { return #expect(Bool(false), "\(ends)") }
        #expect(error.code == .unreachable)
    }

    @Test func `files travel within the question`() async throws {
        let files = try AttachedFile.read(
            [(written: "a.txt", path: "/d/a.txt")], with: FilesInMemory(["/d/a.txt": Array("Hello".utf8)]))
        let (_, requests) = try await talk({ _ in Self.answer("Read.") }) { conversation in
            _ = await conversation.ask(Question("Read it.", files: files)) { _, _ in }
        }
        let attachment = requests.first?["query"]?.array?.first?["attachments"]?.array?.first
        #expect(attachment?["url"] == "data:text/plain;base64,SGVsbG8=")
        #expect(attachment?["content_type"] == "text/plain")
        #expect(attachment?["name"] == "a.txt")
    }
}
