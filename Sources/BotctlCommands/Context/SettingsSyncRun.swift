import AsyncHTTPClient
import BotConfiguration
import Deployment
import ModelCatalog
import PoePlatform
import PoeProtocol
import Rollout
import UnixSignals

/// A sync of settings with the real collaborators, shown as it goes.
struct SettingsSyncRun: Sendable {
    let environment: EnvironmentSettings
    /// The project's root.
    let root: String
    let store: StateStore
    let catalog: ModelCatalog
    let context: CommandContext
    /// Whether a report that names what failed follows; else it is named as it comes.
    var hasReport = true

    /// Tells Poe the settings of deployed bots; a signal ends it between two bots.
    ///
    /// - Parameter names: The bots; nil for all.
    /// - Returns: What came of it, and the signal that ended it, if one did.
    /// - Throws: What keeps it from beginning: see ``SettingsSync/run(_:onWait:onOutcome:)``, ``PoePlatformError``.
    func run(_ names: Set<String>? = nil) async throws -> (report: SettingsSyncReport, signal: UnixSignal?) {
        let progress = SettingsSyncProgress(terminal: context.terminal, hasReport: hasReport)
        let (report, signal) = try await SignalCancellation.run {
            try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
                let sync = SettingsSync(
                    platform: try PoePlatform(baseURL: environment.poe.baseURL, http: http), store: store,
                    secrets: context.secretResolver(root: root), environment: environment.name, catalog: catalog,
                    by: context.actor, wallClock: context.clock)
                let report = try await sync.run(names, onWait: progress.show, onOutcome: progress.show)
                progress.clear()
                return report
            }
        }
        return (report, signal)
    }
}
