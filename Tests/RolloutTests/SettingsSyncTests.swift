import AsyncHTTPClient
import BotRuntime
import Deployment
import FileAccess
import LoopbackServer
import ModelCatalog
import PoePlatform
import PoeProtocol
import Rollout
import Secrets
import Synchronization
import TestSupport
import Testing
import WallClock

/// What Poe is told of deployed bots, and what becomes of it.
@Suite(.timeLimit(.minutes(1)))
struct SettingsSyncTests {
    private let world = RolloutWorld()

    private func sync(
        at url: String, _ names: Set<String>? = nil,
        variables: [String: String] = ["POE_ACCESS_KEY": String(repeating: "k", count: 32)]
    ) async throws -> SettingsSyncReport {
        try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
            let sync = SettingsSync(
                platform: try PoePlatform(baseURL: url, http: http), store: world.store,
                secrets: SecretResolver(variables: variables, files: InMemoryFiles(files: [:]), directory: "/"),
                environment: "test", catalog: .embedded, by: "ana", wallClock: world.wallClock,
                clock: MonotonicClock(world.clock))
            return try await sync.run(names)
        }
    }

    @Test func `every deployed bot is told, also one that is switched off`() async throws {
        let bots = (0..<20).map { RolloutWorld.bot("bot-\($0)", "x", isEnabled: $0 != 3) }
        try await world.deploy(bots)
        try await LoopbackServer.serving({ _ in .whole(type: "text/plain", body: "ok") }) { server in
            let report = try await sync(at: server.url(""))
            #expect(report.outcomes.count == 20 && report.failures.isEmpty)
            #expect(report.serial == 1 && report.summary == "20 synced")
            #expect(Set(server.requests.map(\.requestLine)).count == 20)
        }
    }

    @Test func `only the named bots are told`() async throws {
        try await world.deploy([RolloutWorld.bot("claude", "x"), RolloutWorld.bot("nova", "x")])
        try await LoopbackServer.serving({ _ in .whole(type: "text/plain", body: "ok") }) { server in
            let report = try await sync(at: server.url(""), ["nova", "gone"])
            #expect(report.outcomes.map(\.bot) == ["nova"])
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a bot is tried three times, with pauses that grow`() async throws {
        try await world.deploy([RolloutWorld.bot("claude", "x")])
        let before = world.clock.now
        try await LoopbackServer.serving({ _ in .whole("502 Bad", type: "text/plain", body: "no") }) { server in
            let outcome = try #require(try await sync(at: server.url("")).outcomes.first)
            #expect(outcome.attempts == 3 && !outcome.isSynced && outcome.status == 502)
            #expect(outcome.message == "status 502: no")
            #expect(server.requests.count == 3)
            #expect(before.duration(to: world.clock.now) == .milliseconds(1500))
        }
    }

    @Test(arguments: [
        ([:], "no Poe access key: no value in ${env:POE_ACCESS_KEY_CLAUDE}, ${env:POE_ACCESS_KEY}"),
        (
            ["POE_ACCESS_KEY": "short"],
            "the Poe access key from ${env:POE_ACCESS_KEY_CLAUDE}, ${env:POE_ACCESS_KEY} must be 32 printable ASCII "
                + "characters, and has 5 bytes"
        ),
    ])
    func `a bot without a usable key is not told, and says why`(
        variables: [String: String], message: String
    ) async throws {
        try await world.deploy([RolloutWorld.bot("claude", "x")])
        let report = try await sync(at: "http://127.0.0.1:1", variables: variables)
        #expect(report.outcomes.map(\.message) == [message])
        #expect(report.outcomes.map(\.attempts) == [0])
    }

    @Test func `nothing is told while somebody else deploys`() async throws {
        try await world.deploy([RolloutWorld.bot("claude", "x")])
        world.clock.onSleep { [world] in
            _ = try await world.store.acquireLease(holder: "ben", token: "other", now: world.wallClock.now())
        }
        _ = try await world.store.acquireLease(holder: "ben", token: "other", now: world.wallClock.now())
        let error = await #expect(throws: StateStoreError.self) { try await sync(at: "http://127.0.0.1:1") }
        #expect(error?.code == .leaseHeld)
    }
}
