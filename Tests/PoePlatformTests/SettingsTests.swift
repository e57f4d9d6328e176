import AsyncHTTPClient
import JSONCoding
import LoopbackServer
import PoePlatform
import PoeProtocol
import Secrets
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SettingsTests {
    private static let key = Secret("k?/23456789012345678901234567890")

    private func update(
        _ handle: String = "Claude", at url: String, settings: PoeSettings = PoeSettings()
    ) async throws -> String {
        try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
            try await PoePlatform(baseURL: url, http: http)
                .updateSettings(settings, of: handle, accessKey: Self.key)
        }
    }

    @Test func `settings are posted to the bot's place, escaped, and Poe's words come back as a line`() async throws {
        var settings = PoeSettings()
        settings.introductionMessage = "Hé"
        try await LoopbackServer.serving({ _ in .whole(type: "text/plain", body: "It\r\n is\u{7} done. ") }) { server in
            let words = try await update("Claude 5/é", at: server.url("/base/"), settings: settings)
            #expect(words == "It is done.")
            let request = try #require(server.requests.first)
            #expect(
                request.requestLine
                    == "POST /base/bot/update_settings/Claude%205%2F%C3%A9/k%3F%2F23456789012345678901234567890/1.2 HTTP/1.1"
            )
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.headers["authorization"] == nil)
            #expect(try JSONParser.parse(request.body) == settings.json)
        }
    }

    @Test(arguments: [
        ("500 Oops", PoePlatformError.Code.unavailable, true), ("503 Busy", .unavailable, true),
        ("403 No", .refused, false), ("429 Slow", .refused, false), ("307 There", .refused, false),
        ("201 Created", .refused, false),
    ])
    func `another status than 200 is an error that says whether a second try is right`(
        status: String, code: PoePlatformError.Code, isWorthRetrying: Bool
    ) async throws {
        let body = "no k?/23456789012345678901234567890 and k%3F%2F23456789012345678901234567890"
        try await LoopbackServer.serving({ _ in
            .whole(status, type: "text/plain", headers: ["location": "http://127.0.0.1:1/"], body: body)
        }) { server in
            let error = await #expect(throws: PoePlatformError.self) { try await update(at: server.url("")) }
            #expect(error?.code == code && error?.isWorthRetrying == isWorthRetrying)
            #expect(error?.message == "status \(status.prefix(3)): no <redacted> and <redacted>")
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a connection that is lost is worth a second try`() async throws {
        try await LoopbackServer.serving({ _ in LoopbackReply(steps: []) }) { server in
            let error = await #expect(throws: PoePlatformError.self) { try await update(at: server.url("")) }
            #expect(error?.code == .unreachable && error?.isWorthRetrying == true)
        }
    }

    @Test func `of an endless report only the beginning is read`() async throws {
        let body = String(repeating: "x", count: 100_000)
        try await LoopbackServer.serving({ _ in .stream([body], ending: .stalled) }) { server in
            let words = try await update(at: server.url(""))
            #expect(words == String(repeating: "x", count: 300))
        }
    }

    @Test(arguments: ["http://poe.example.com", "HTTP://93.184.216.34/x"])
    func `a key does not cross the internet unencrypted`(url: String) async throws {
        let error = await #expect(throws: PoePlatformError.self) { try await update(at: url) }
        #expect(error?.code == .invalidTarget)
    }
}
