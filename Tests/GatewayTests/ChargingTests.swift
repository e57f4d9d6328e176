import BotRuntime
import ChatEvents
import Gateway
import JSONCoding
import LoopbackServer
import Synchronization
import TestSupport
import Testing

/// What users are charged for answers, and what becomes of answers that nobody pays for.
@Suite(.timeLimit(.minutes(1)))
struct ChargingTests {
    private static let success = LoopbackReply.stream(["event: result\ndata: {\"status\": \"success\"}\n\n"])
    private static let insufficient = LoopbackReply.stream(["event: result\ndata: {\"status\": \"no funds\"}\n\n"])
    private static let perToken = #""pricing":{"input_usd_per_million":"3","output_usd_per_million":"15"}"#

    /// A question and what came of it.
    private struct Outcome {
        var reply: WireReply?
        /// Path and amount of each call of Poe's side.
        var calls: [String]
        var line: [String: String]
        var wasAsked: Bool
    }

    /// Asks a bot whose answers Poe is asked to charge.
    ///
    /// - Parameters:
    ///   - members: The bot's members, `pricing` among them.
    ///   - queryID: Poe's id of the query.
    ///   - failing: What the model ends with, after it has said something.
    ///   - poe: What Poe answers to `authorize` or `capture`.
    /// - Returns: What came of it.
    /// - Throws: When the gateway cannot be asked.
    private func ask(
        _ members: String, queryID: String = "d-1/x", failing: ChatFailure? = nil,
        poe: @escaping @Sendable (String) -> LoopbackReply = { _ in success }
    ) async throws -> Outcome {
        try await LoopbackServer.serving({ poe($0.verb) }) { server in
            let asked = AskedFlag()
            var world = try TestGateway(GatewayBot(config: try sampleBot(members: members))) { deliver in
                asked.set()
                try await deliver([.text("Kathmandu.")])
                if let failing { throw failing }
                try await deliver([.finished(.endOfTurn), .usage(TokenUsage(input: 1001, output: 20))])
            }
            world.configuration.chargingURL = server.url("")
            let reply = try await world.running { client in
                let body = queryBody().replacing(#""user_id":"""#, with: #""user_id":"","bot_query_id":"\#(queryID)""#)
                return try await client.exchange(wireRequest("POST", "/bots/nova", key: TestGateway.key, body: body))
            }
            return Outcome(
                reply: reply, calls: server.requests.map(\.costCall), line: world.requestLines.first ?? [:],
                wasAsked: asked.isSet)
        }
    }

    @Test func `the most is reserved before the model is asked, and what it was is charged before the end`()
        async throws
    {
        let outcome = try await ask(Self.perToken + #","parameters":{"max_tokens":1000}"#)
        #expect(outcome.reply?.events == ["meta", "text", "done"])
        #expect(outcome.calls.count == 2)
        // (1001 * 3 + 20 * 15) / 10 = 330.3 milli-cents
        #expect(outcome.calls.last == "POST /bot/cost/d-1%2Fx/capture HTTP/1.1 331")
        #expect(outcome.line["charge"] == "captured")
        #expect(outcome.line["charge.captured_milli_cents"] == "331")
        let reserved = try #require(outcome.line["charge.authorized_milli_cents"].flatMap { Int($0) })
        #expect(outcome.calls.first == "POST /bot/cost/d-1%2Fx/authorize HTTP/1.1 \(reserved)")
        #expect(reserved > 1500)
    }

    @Test(arguments: [
        (#""pricing":{"per_message":"0.0025"}"#, "250"), (#""pricing":{"per_message":"0.00000001"}"#, "1"),
        (
            #""pricing":{"markup":"1.5"},"cost":{"input_usd_per_million":"0.1","output_usd_per_million":"0.7"}"#, "18"
        ),
    ])
    func `a price is exact and rounded up at the end`(members: String, amount: String) async throws {
        let outcome = try await ask(members)
        #expect(outcome.calls.last == "POST /bot/cost/d-1%2Fx/capture HTTP/1.1 \(amount)")
    }

    @Test func `without means there is no answer, and the model is not asked`() async throws {
        let outcome = try await ask(Self.perToken) { _ in Self.insufficient }
        #expect(outcome.reply?.events == ["meta", "error", "done"])
        #expect(outcome.reply?.data(of: "error")?.contains(#""error_type":"insufficient_fund""#) == true)
        #expect(!outcome.wasAsked && outcome.calls.count == 1)
        #expect(outcome.line["charge"] == "insufficientFunds" && outcome.line["outcome"] == "insufficientFunds")
    }

    @Test(arguments: [
        (LoopbackReply.whole("503 Down", type: "text/plain", body: "no"), true), (LoopbackReply(steps: []), true),
        (LoopbackReply.whole("403 No", type: "text/plain", body: "no"), false),
    ])
    func `when Poe cannot be asked there is no answer`(reply: LoopbackReply, allowsRetry: Bool) async throws {
        let outcome = try await ask(Self.perToken) { _ in reply }
        #expect(outcome.reply?.events == ["meta", "error", "done"])
        #expect(outcome.reply?.data(of: "error")?.contains(#""allow_retry":\#(allowsRetry)"#) == true)
        #expect(!outcome.wasAsked && outcome.calls.count == 1)
    }

    @Test func `a charge that fails leaves the answer as it is, and is not made again`() async throws {
        let outcome = try await ask(Self.perToken) { $0 == "capture" ? LoopbackReply(steps: []) : Self.success }
        #expect(outcome.reply?.events == ["meta", "text", "done"])
        #expect(outcome.calls.count == 2)
        #expect(outcome.line["charge"] == "failed")
    }

    @Test func `a charge that is refused for lack of means is told after the answer`() async throws {
        let outcome = try await ask(Self.perToken) { $0 == "capture" ? Self.insufficient : Self.success }
        #expect(outcome.reply?.events == ["meta", "text", "error", "done"])
        #expect(outcome.reply?.data(of: "error")?.contains(#""error_type":"insufficient_fund""#) == true)
    }

    @Test func `an answer that fails costs its user nothing`() async throws {
        let outcome = try await ask(Self.perToken, failing: ChatFailure(.modelError, detail: "x"))
        #expect(outcome.reply?.events.last == "done")
        #expect(outcome.calls.count == 1)
        #expect(outcome.line["charge"] == "released")
    }

    @Test(
        arguments: [
            ("", "d-1", nil), (#""pricing":{"per_message":"0"}"#, "d-1", "free"),
            (#""pricing":{"per_message":"1"}"#, "", "noQuery"),
        ] as [(String, String, String?)])
    func `nobody is charged without a price or a query to charge`(
        members: String, queryID: String, result: String?
    ) async throws {
        let outcome = try await ask(members, queryID: queryID)
        #expect(outcome.reply?.events == ["meta", "text", "done"])
        #expect(outcome.calls.isEmpty)
        #expect(outcome.line["charge"] == result)
    }
}

/// Whether something has happened.
private final class AskedFlag: Sendable {
    private let flag = Mutex(false)

    var isSet: Bool { flag.withLock { $0 } }
    func set() { flag.withLock { $0 = true } }
}

extension LoopbackRequest {
    /// `authorize` or `capture`.
    fileprivate var verb: String {
        requestLine.split(separator: " ").dropFirst().first?.split(separator: "/").last.map(String.init) ?? ""
    }

    /// The request line and the amount.
    fileprivate var costCall: String {
        let amount = (try? JSONParser.parse(body))?["amounts"]?.array?.first?["amount_usd_milli_cents"]?.integer
        return "\(requestLine) \(amount.map(String.init) ?? "?")"
    }
}
