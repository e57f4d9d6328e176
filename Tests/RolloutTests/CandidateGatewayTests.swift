import AsyncHTTPClient
import BotConfiguration
import FileAccess
import Gateway
import JSONCoding
import Logging
import ModelCatalog
import PoeProtocol
import Rollout
import Secrets
import SmokeTesting
import TestSupport
import Testing

/// The real candidate: a gateway in this process with the embedded simulator behind it.
@Suite(.timeLimit(.minutes(1)))
struct CandidateGatewayTests {
    private let host = CandidateGateway(
        environment: "test", upstream: .simulator(), tool: "test",
        secrets: SecretResolver(variables: [:], files: InMemoryFiles(files: [:]), directory: "/"),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

    private func bot(model: String = "amazon.nova-micro-v1:0") throws -> BotConfig {
        let stored = StoredConfiguration(canonical: [
            "kind": "chat", "model": ["region": "us-east-1", "upstream": ["us-east-1": .string(model)]],
            "schema": .integer(BotSchema.version),
        ])
        return try BotConfig(stored: stored.bytes, name: "nova", catalog: .embedded)
    }

    private func report(on bot: BotConfig, expecting word: String) async throws -> SmokeReport {
        let key = Secret(String(repeating: "c", count: 32))
        let pong = SmokeCase(
            name: "pong", prompt: "Reply with the single word pong.", expect: SmokeExpectation(contains: word))
        return try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
            try await host.serve([GatewayBot(config: bot)], accessKey: key) { url in
                try await SmokeRunner(client: PoeClient(http: http)).run(
                    [
                        SmokeTarget(
                            bot: "nova", digest: bot.digest, url: url + "/bots/nova", accessKey: key, cases: [pong])
                    ], upstream: "simulator")
            }
        }
    }

    @Test func `a candidate answers through its own door, without the bot's own key`() async throws {
        let report = try await report(on: try bot(), expecting: "pong")
        #expect(report.result == .pass, "\(report.verdicts)")
    }

    @Test func `a candidate whose answer is wrong fails`() async throws {
        #expect(try await report(on: try bot(), expecting: "ping").result == .fail)
    }

    @Test func `a candidate of a model that does not exist fails`() async throws {
        #expect(try await report(on: try bot(model: "amazon.nova-nano-v9:0"), expecting: "pong").result == .fail)
    }
}
