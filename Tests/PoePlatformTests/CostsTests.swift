import AsyncHTTPClient
import JSONCoding
import LoopbackServer
import PoePlatform
import PoeProtocol
import Secrets
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CostsTests {
    private static let key = Secret("k0123456789012345678901234567890")

    private func ask(
        _ request: PoePlatform.CostRequest = .authorize, _ queryID: String = "d-1", at url: String,
        within limit: Duration = .seconds(20)
    ) async throws -> CostVerdict {
        try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
            try await PoePlatform(baseURL: url, http: http).ask(
                request, of: CostItem(milliCents: 12, description: "an answer"), for: queryID, accessKey: Self.key,
                within: limit)
        }
    }

    @Test(arguments: [PoePlatform.CostRequest.authorize, .capture])
    func `a cost is posted to the place of its query`(request: PoePlatform.CostRequest) async throws {
        let reply = LoopbackReply.stream([
            ": wait\n\nevent: other\ndata: {\"status\":\"x\"}\n\n",
            "event: result\r\ndata: {\"status\": \"success\"}\r\n\r\n",
        ])
        try await LoopbackServer.serving({ _ in reply }) { server in
            let verdict = try await ask(request, "d-1/../x", at: server.url(""))
            #expect(verdict == .accepted)
            let call = try #require(server.requests.first)
            #expect(call.requestLine == "POST /bot/cost/d-1%2F..%2Fx/\(request.rawValue) HTTP/1.1")
            #expect(call.headers["accept"] == "text/event-stream" && call.headers["authorization"] == nil)
            #expect(
                try JSONParser.parse(call.body) == [
                    "amounts": [["amount_usd_milli_cents": 12, "description": "an answer"]],
                    "access_key": .string(Self.key.reveal()),
                ])
        }
    }

    @Test(arguments: [
        (
            ["event: result\ndata: {\"status\": \"insufficient funds\"}\n\n"],
            CostVerdict.insufficientFunds("insufficient funds")
        ),
        (["event: done\ndata: {}\n\n"], .insufficientFunds("no result")), ([], .insufficientFunds("no result")),
    ])
    func `anything but a success is a lack of means`(chunks: [String], verdict: CostVerdict) async throws {
        try await LoopbackServer.serving({ _ in .stream(chunks) }) { server in
            let answer = try await ask(at: server.url(""))
            #expect(answer == verdict)
        }
    }

    @Test func `a refusal tells the messages of its events, without the key`() async throws {
        let reply = LoopbackReply.whole(
            "403 No", type: "text/event-stream",
            body:
                "event: error\ndata: {\"message\": \"not \"}\n\nevent: error\ndata: {\"message\": \"k0123456789012345678901234567890\"}\n\n"
        )
        try await LoopbackServer.serving({ _ in reply }) { server in
            let error = await #expect(throws: PoePlatformError.self) { try await ask(at: server.url("")) }
            #expect(error?.code == .refused && error?.message == "status 403: not <redacted>")
        }
    }

    @Test func `Poe is not waited for without end`() async throws {
        try await LoopbackServer.serving({ _ in LoopbackReply(steps: [.stall]) }) { server in
            let error = await #expect(throws: PoePlatformError.self) {
                try await ask(at: server.url(""), within: .milliseconds(50))
            }
            #expect(error?.code == .timedOut)
        }
    }

    @Test(arguments: ["", String(repeating: "d", count: 129)])
    func `a query without a usable id is charged nothing`(queryID: String) async throws {
        let error = await #expect(throws: PoePlatformError.self) {
            try await ask(.capture, queryID, at: "http://127.0.0.1:1")
        }
        #expect(error?.code == .invalidTarget)
    }
}
