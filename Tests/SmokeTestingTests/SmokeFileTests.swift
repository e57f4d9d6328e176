import AsyncHTTPClient
import BotConfiguration
import JSONCoding
import LoopbackServer
import PoeProtocol
import Secrets
import SmokeTesting
import Testing

/// Cases that ask for a picture or a video.
@Suite(.timeLimit(.minutes(1)))
struct SmokeFileTests {
    /// A bot whose answer links a file, and the file's host, on one server.
    private func verdict(
        wanted: SmokeFile?, linking file: String?,
        hosting reply: LoopbackReply = .whole("404 Not Found", type: "text/plain", body: "")
    ) async throws -> SmokeVerdict {
        let http = HTTPClient(configuration: PoeClient.httpConfiguration)
        do {
            let verdict = try await LoopbackServer.serving({ request in
                guard request.requestLine.hasPrefix("POST /bots/x ") else { return reply }
                let host = request.headers["host"] ?? ""
                let link = file.map {
                    JSONValue.object([
                        "url": .string("http://\(host)/\($0)"), "content_type": "image/png", "name": .string($0),
                    ]).text()
                }
                return .stream(
                    ["event: meta\ndata: {}\n\n"] + (link.map { ["event: file\ndata: \($0)\n\n"] } ?? [])
                        + ["event: text\ndata: {\"text\":\"\"}\n\n", "event: done\ndata: {}\n\n"])
            }) { server in
                let smokeCase = SmokeCase(name: "draw", prompt: "A fox", expect: SmokeExpectation(file: wanted))
                let target = SmokeTarget(
                    bot: "x", digest: nil, url: server.url("/bots/x"),
                    accessKey: Secret("k0123456789012345678901234567890"), cases: [smokeCase])
                let runner = SmokeRunner(
                    client: PoeClient(http: http),
                    timeouts: PoeClientTimeouts(idle: .seconds(2), total: .seconds(20)))
                return try #require(try await runner.run([target], upstream: "simulator").verdicts.first)
            }
            try await http.shutdown()
            return verdict
        } catch {
            try await http.shutdown()
            throw error
        }
    }

    @Test func `an answer with a file and no text is not empty`() async throws {
        #expect(try await self.verdict(wanted: nil, linking: "a.png").result == .pass)
    }

    @Test func `an answer without the file that is asked for fails`() async throws {
        let verdict = try await self.verdict(wanted: .image, linking: nil)
        #expect(verdict.result == .fail)
    }

    @Test func `a link that gives nothing fails, with why`() async throws {
        let verdict = try await self.verdict(wanted: .image, linking: "a.png")
        #expect(verdict.result == .fail)
        #expect(verdict.reason == "the file 'a.png' cannot be fetched: status 404")
    }

    @Test func `a file counts by its bytes, not by its name`() async throws {
        let text = try await self.verdict(
            wanted: .image, linking: "a.png", hosting: .whole(type: "image/png", body: "<html>no picture</html>"))
        #expect(text.reason == "expected a file of the sort 'image', and 'a.png' (image/png) is none")
        let video = try await self.verdict(
            wanted: .video, linking: "a.mp4", hosting: .whole(type: "video/mp4", body: "\0\0\0\u{18}ftypisom"))
        #expect(video.result == .pass)
        let image = try await self.verdict(
            wanted: .image, linking: "a.webp", hosting: .whole(type: "image/webp", body: "RIFF0000WEBPVP8 "))
        #expect(image.result == .pass)
    }
}
