import BotConfiguration
import Deployment
import JSONCoding
import Rollout
import UnixSignals

extension DeployRun {
    /// What a deploy told Poe.
    struct SyncEnd: Sendable {
        var status: CommandStatus
        /// What came of it, for scripts.
        var json: JSONValue
    }

    /// Tells Poe the settings of what a deploy changed, where the environment asks for it; a failure undoes nothing.
    ///
    /// Only what every live gateway serves is told: Poe must not offer a control that the bot does not know yet.
    ///
    /// - Parameters:
    ///   - changed: The bots that the deploy changed.
    ///   - end: How the deploy ended.
    ///   - store: What is deployed.
    /// - Returns: What came of it; nil where Poe is not to be told.
    func sync(_ changed: Set<String>, after end: RolloutEnd, in store: StateStore) async -> SyncEnd? {
        let environment = project.environment
        guard environment.poe.sync else { return nil }
        let command = command("sync")
        switch end {
        case .deployed, .liveInconclusive: break
        case .unserved, .notConverged:
            let reason = "Poe was not told the settings, as not every gateway serves them yet"
            if isForPeople {
                note("not synced", reason)
                help("'\(command)' tells Poe once they do")
            }
            return SyncEnd(status: .ok, json: ["result": "not_told", "message": .string(reason)])
        case .nothingToDo, .refused, .candidateFailed, .candidateCannotBuild, .candidateInconclusive, .rolledBack,
            .notRolledBack, .interrupted:
            return nil
        }
        do {
            if isForPeople { context.terminal.note("\(context.terminal.errorStyle.bold("Poe")): sending settings") }
            let run = SettingsSyncRun(
                environment: environment, root: project.root, store: store, catalog: project.catalog, context: context,
                hasReport: !isForPeople)
            let (report, signal) = try await run.run(changed)
            let view = SettingsSyncView(report: report, command: command)
            if isForPeople { view.showSummary(context.terminal) }
            let status = signal.map { $0 == .sigint ? CommandStatus.interrupted : .terminated } ?? view.status
            return SyncEnd(status: status, json: .object(view.json))
        } catch {
            let failure = Failures.failure(for: error)
            context.terminal.note("\(context.terminal.errorStyle.red("not synced")): \(failure.message)")
            help("the deploy stands; '\(command)' tells Poe again")
            return SyncEnd(
                status: .failure, json: ["result": "failed", "message": .string(failure.message)])
        }
    }

    private func command(_ name: String) -> String {
        var flags = flags
        flags.environment = ["-e", project.environment.name]
        return flags.command(name)
    }

    private func note(_ heading: String, _ text: String) {
        context.terminal.note("\(context.terminal.errorStyle.yellow(heading)): \(text)")
    }

    private func help(_ text: String) {
        context.terminal.note("  \(context.terminal.errorStyle.cyan("help:")) \(text)")
    }
}
