import BotConfiguration
import BotRuntime
import Deployment
import Gateway
import JSONCoding
import ModelCatalog
import PoeProtocol
import Rollout
import Secrets
import SmokeTesting
import Synchronization
import WallClock

/// Everything around a rollout, with behaviour and without a network: a store, gateways, a clock, and bots that
/// answer as a test wants.
final class RolloutWorld: Sendable {
    /// What answers a case: by default all pass.
    typealias Answer = @Sendable (SmokeTarget) async throws -> SmokeVerdict.Result

    static let start = Timestamp(millisecondsSinceEpoch: 1_795_000_000_000)
    static let liveKey = Secret(String(repeating: "k", count: 32))

    let objects = InMemoryObjectStore()
    let clock = TestClock()
    let fleet: Fleet
    let store: StateStore
    let wallClock: WallClock
    private let answer = Mutex<Answer>({ _ in .pass })
    private let eventHook = Mutex<@Sendable (RolloutEvent) -> Void>({ _ in })
    private let state = Mutex((asked: [SmokeTarget](), events: [RolloutEvent]()))

    init() {
        store = StateStore(objects)
        wallClock = WallClock { [clock] in Self.start.advanced(by: clock.now.offset) }
        fleet = Fleet(store: store, clock: wallClock)
        clock.onSleep { [fleet] in try await fleet.look() }
    }

    /// The targets that were asked, in order.
    var asked: [SmokeTarget] { state.withLock { $0.asked } }
    /// What the last rollout told.
    var events: [String] { state.withLock { $0.events.map(\.shortName) } }

    /// Sets what answers.
    func answers(_ body: @escaping Answer) { answer.withLock { $0 = body } }

    /// Sets what happens at an event, in the rollout's own task.
    func onEvent(_ body: @escaping @Sendable (RolloutEvent) -> Void) { eventHook.withLock { $0 = body } }

    /// A bot whose configuration holds this prompt.
    static func bot(_ name: String, _ prompt: String, isEnabled: Bool = true) -> DesiredBot {
        let stored = StoredConfiguration(canonical: [
            "kind": "chat",
            "model": ["region": "us-east-1", "upstream": ["us-east-1": "amazon.nova-micro-v1:0"]],
            "schema": .integer(BotSchema.version), "system_prompt": .string(prompt),
        ])
        return DesiredBot(name: name, kind: "chat", isEnabled: isEnabled, stored: stored)
    }

    func plan(_ bots: [DesiredBot]) async throws -> Plan {
        try await Plan(
            environment: "test", desired: bots, base: try await store.currentManifest(),
            blob: { [store] in try await store.blob($0) })
    }

    static var options: RolloutOptions {
        var options = RolloutOptions(by: "ana", tool: "botctl 0.1.0")
        options.guards.prune = true
        return options
    }

    /// Deploys these bots, all that are wanted.
    @discardableResult
    func deploy(_ bots: [DesiredBot], options: RolloutOptions = RolloutWorld.options) async throws -> RolloutEnd {
        try await run(try await plan(bots), bots, options: options)
    }

    func run(
        _ plan: Plan, _ bots: [DesiredBot], options: RolloutOptions = RolloutWorld.options,
        candidate: any CandidateHost = FakeCandidate(), store: StateStore? = nil,
        accessKey: @escaping @Sendable (BotConfig) throws -> PoeAccessKey = { _ in
            try PoeAccessKey(RolloutWorld.liveKey)
        }
    ) async throws -> RolloutEnd {
        state.withLock { $0 = ([], []) }
        var subjects: [String: RolloutBot] = [:]
        for bot in bots {
            subjects[bot.name] = RolloutBot(
                config: try BotConfig(stored: bot.stored.bytes, name: bot.name, catalog: .embedded), cases: [])
        }
        let dependencies = RolloutDependencies(
            store: store ?? self.store, candidate: candidate, smoke: self, gatewayURL: "http://live/",
            upstream: "simulator", accessKey: accessKey, wallClock: wallClock, clock: MonotonicClock(clock),
            randomText: { String(repeating: "r", count: 32) })
        return try await Rollout(plan, bots: subjects, options: options, dependencies: dependencies)
            .run { event in
                self.state.withLock { $0.events.append(event) }
                self.eventHook.withLock { $0 }(event)
            }
    }

    /// The prompts that are deployed, by bot; nil when nothing is.
    ///
    /// Everything that the manifest names is read.
    func deployed() async throws -> [String: String]? {
        guard let current = try await store.currentManifest() else { return nil }
        var prompts: [String: String] = [:]
        for (name, bot) in current.manifest.bots {
            prompts[name] = try JSONParser.parse(try await store.blob(bot.digest))["system_prompt"]?.string
        }
        return prompts
    }

    func serial() async throws -> Int? { try await store.currentManifest()?.serial }
}

extension RolloutWorld: SmokeTester {
    func run(
        _ targets: [SmokeTarget], upstream: String, onVerdict: (SmokeVerdict) -> Void
    ) async throws -> SmokeReport {
        var verdicts: [SmokeVerdict] = []
        for target in targets {
            state.withLock { $0.asked.append(target) }
            let result = try await answer.withLock { $0 }(target)
            try Task.checkCancellation()
            verdicts.append(
                SmokeVerdict(
                    bot: target.bot, smokeCase: "pong", result: result,
                    reason: result == .pass ? nil : "expected 'pong'", total: .milliseconds(5)))
        }
        for verdict in verdicts { onVerdict(verdict) }
        return SmokeReport(upstream: upstream, verdicts: verdicts)
    }
}

/// A gateway for candidates that is an address only.
struct FakeCandidate: CandidateHost {
    static let url = "http://candidate"

    /// What stops it from serving.
    var failure: (any Error & Sendable)?

    func serve<Value: Sendable>(
        _ bots: [GatewayBot], accessKey: Secret, _ body: (String) async throws -> Value
    ) async throws -> Value {
        if let failure { throw failure }
        return try await body(Self.url)
    }
}

extension SmokeTarget {
    /// Whether it is the bot of a candidate.
    var isCandidate: Bool { url.hasPrefix(FakeCandidate.url) }
}

extension RolloutEvent {
    /// The event in a word or two, for comparing.
    var shortName: String {
        switch self {
        case .waiting(let lease): "waiting for \(lease.holder)"
        case .smokeStarted(let stage, let bots): "\(stage.rawValue) smoke of \(bots)"
        case .verdict(_, let verdict): "\(verdict.bot) \(verdict.result.rawValue)"
        case .smokeFinished(let stage, let report): "\(stage.rawValue) \(report.result.rawValue)"
        case .inconclusiveAccepted(let reason): "accepted: \(reason)"
        case .written(let serial): "written \(serial)"
        case .converging(let state): "\(state.ready.count) of \(state.liveCount)"
        case .rollingBack(let serial, _): "rolling back \(serial)"
        case .rolledBack(let serial, let next): "rolled back \(serial) to \(next)"
        case .outcomeNotKept(let serial, _): "outcome of \(serial) not kept"
        }
    }
}
