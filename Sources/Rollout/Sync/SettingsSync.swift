import BotConfiguration
package import BotRuntime
package import Deployment
import Gateway
package import ModelCatalog
package import PoePlatform
import PoeProtocol
package import Secrets
package import WallClock

/// Tells Poe the settings of deployed bots, which Poe keeps until it is told others.
///
/// It holds the environment's lease meanwhile, so that of two at once the later one tells what is deployed last, and
/// no deploy comes in between.
package struct SettingsSync: Sendable {
    /// How many bots are told at once.
    package static let concurrency = 8
    /// How often one bot is tried.
    package static let attempts = 3
    /// How long all bots may take together; those that are not begun by then are not tried.
    package static let timeLimit: Duration = .seconds(300)
    /// How long to wait for somebody else's deploy to end.
    private static let leasePatience: Duration = .seconds(60)

    private let platform: PoePlatform
    private let store: StateStore
    private let secrets: SecretResolver
    private let environment: String
    private let catalog: ModelCatalog
    private let by: String
    private let wallClock: WallClock
    private let clock: MonotonicClock

    /// A sync of one environment.
    ///
    /// - Parameters:
    ///   - platform: Poe's side.
    ///   - store: What is deployed.
    ///   - secrets: Where access keys are found.
    ///   - environment: The environment's name, for secret references.
    ///   - catalog: Facts that configurations leave open.
    ///   - by: Who syncs, for others that wait: "ana on build-3".
    ///   - wallClock: Tells when leases end.
    ///   - clock: Measures, and waits between tries.
    package init(
        platform: PoePlatform, store: StateStore, secrets: SecretResolver, environment: String, catalog: ModelCatalog,
        by: String, wallClock: WallClock = .system, clock: MonotonicClock = .continuous
    ) {
        self.platform = platform
        self.store = store
        self.secrets = secrets
        self.environment = environment
        self.catalog = catalog
        self.by = by
        self.wallClock = wallClock
        self.clock = clock
    }

    /// Tells Poe.
    ///
    /// Whatever goes wrong with one bot is its outcome and stops no other. When the task is cancelled, the bots that
    /// are not done have that as their outcome.
    ///
    /// - Parameters:
    ///   - names: The bots; nil for all. What is not deployed (any more) is left out; what is switched off is told too,
    ///     as Poe still shows it.
    ///   - onWait: Called when somebody else holds the lease.
    ///   - onOutcome: Called with each outcome as it comes.
    /// - Returns: All outcomes.
    /// - Throws: ``StateStoreError`` when the lease is not to be had or what is deployed cannot be read,
    ///   `StoredFormError`; nothing was told then.
    package func run(
        _ names: Set<String>? = nil, onWait: (Lease) -> Void = { _ in },
        onOutcome: (SettingsSyncOutcome) -> Void = { _ in }
    ) async throws -> SettingsSyncReport {
        try await store.withLease(
            holder: by, token: Secret.random(count: 32).reveal(), patience: Self.leasePatience, clock: wallClock,
            sleep: { [clock] in try await clock.sleep(for: $0) }, onWait: onWait
        ) {
            let deployed = try await store.currentManifest()
            let bots = try await bots(of: deployed?.manifest, names)
            let outcomes = await tell(bots, onOutcome)
            return SettingsSyncReport(
                environment: environment, baseURL: platform.baseURL, serial: deployed?.serial ?? 0, outcomes: outcomes)
        }
    }

    private func bots(of manifest: Manifest?, _ names: Set<String>?) async throws -> [BotConfig] {
        var bots: [BotConfig] = []
        for (name, bot) in manifest?.bots.sorted(by: { $0.key < $1.key }) ?? [] where names?.contains(name) != false {
            bots.append(try BotConfig(stored: try await store.blob(bot.digest), name: name, catalog: catalog))
        }
        await secrets.prepare(bots.map { ($0.poe.accessKey, $0.name) }, environment: environment)
        return bots
    }

    private func tell(_ bots: [BotConfig], _ onOutcome: (SettingsSyncOutcome) -> Void) async -> [SettingsSyncOutcome] {
        let end = clock.now() + Self.timeLimit
        return await withTaskGroup(of: SettingsSyncOutcome.self) { group in
            var waiting = bots.makeIterator()
            var outcomes: [SettingsSyncOutcome] = []
            for _ in 0..<Self.concurrency {
                guard let bot = waiting.next() else { break }
                group.addTask { await outcome(of: bot, before: end) }
            }
            while let outcome = await group.next() {
                onOutcome(outcome)
                outcomes.append(outcome)
                guard let bot = waiting.next() else { continue }
                group.addTask { await self.outcome(of: bot, before: end) }
            }
            return outcomes.sorted { $0.bot < $1.bot }
        }
    }

    private func outcome(of config: BotConfig, before end: Duration) async -> SettingsSyncOutcome {
        var outcome = SettingsSyncOutcome(bot: config.name, handle: config.poe.handle ?? config.name)
        guard !Task.isCancelled else { return outcome.failing("not tried: stopped before") }
        guard clock.now() < end else {
            return outcome.failing("not tried: \(Self.timeLimit.components.seconds) s were not enough for all bots")
        }
        do {
            let key = try accessKey(of: config)
            let settings = PoeSettings(config)
            while true {
                outcome.attempts += 1
                do {
                    outcome.message = try await platform.updateSettings(settings, of: outcome.handle, accessKey: key)
                    outcome.isSynced = true
                    return outcome
                } catch let error as PoePlatformError
                    where error.isWorthRetrying && outcome.attempts < Self.attempts && clock.now() < end
                {
                    try await clock.sleep(for: .milliseconds(500 << (outcome.attempts - 1)))
                }
            }
        } catch let error as PoePlatformError {
            outcome.status = error.status
            return outcome.failing(error.message)
        } catch is CancellationError {
            return outcome.failing("stopped before it was known whether Poe has them")
        } catch {
            return outcome.failing("\(error)")
        }
    }

    private func accessKey(of config: BotConfig) throws(PoePlatformError) -> Secret {
        do {
            return try secrets.accessKey(from: config.poe.accessKey, forBot: config.name, environment: environment)
                .secret
        } catch {
            throw PoePlatformError(.invalidTarget, error.description)
        }
    }
}
