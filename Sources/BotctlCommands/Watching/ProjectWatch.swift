import BotConfiguration
import Deployment
import FileAccess
import Gateway
import Logging
import PoeProtocol
import Rollout

/// Brings every change of a project's files into the gateway of `up`, as soon as it is saved and if it is good.
///
/// A change takes the way of any deploy: a candidate, smoke cases, the manifest, which the gateway follows; bots that
/// did not change keep their handlers.
struct ProjectWatch: Sendable {
    let context: CommandContext
    /// The project's root.
    let root: String
    let store: StateStore
    let logger: Logger
    /// The one key of all bots.
    let accessKey: PoeAccessKey
    /// Loads the project through the files of a context, and shows what is wrong in it.
    let load: @Sendable (CommandContext) async throws -> Project
    /// What the project was loaded from that is served first.
    let files: FileWatch

    /// Watches until the task is cancelled.
    func run(behind address: GatewayAddress) async {
        let view = WatchView(terminal: context.terminal)
        var files = files
        view.begin()
        while let changed = try? await files.nextChange() {
            let start = ContinuousClock.now
            let recorded = RecordedFiles(context.files)
            let outcome = await take(behind: address, through: recorded, view)
            files = files.adding(recorded.watch)
            guard !Task.isCancelled else { return }
            view.show(outcome, files: changed.map(shortened), after: start.duration(to: .now))
        }
    }

    /// Loads the project anew and deploys what is different.
    private func take(
        behind address: GatewayAddress, through files: RecordedFiles, _ view: WatchView
    ) async -> WatchOutcome {
        var context = context
        context.files = files
        do {
            let project = try await load(context)
            let plan = try await Plan(of: project, over: try await store.currentManifest(), in: store)
            guard !plan.isEmpty else { return .same }
            var run = RolloutRun(project: project, store: store, context: context, logger: logger)
            run.gatewayURL = address.url
            run.accessKey = accessKey
            let options = RolloutOptions(
                by: context.actor, tool: Version.tool, guards: PlanGuards(prune: true))
            let end = try await run.deploy(plan, options: options, onEvent: view.show)
            let changed = Set(plan.changes.map(\.name))
            return .rolledOut(
                plan.changes, end, environment: project.environment.name,
                files: project.bots.filter { changed.contains($0.name) }.map(\.file))
        } catch {
            return .refused(Failures.failure(for: error))
        }
    }

    /// A path as people know it.
    private func shortened(_ path: String) -> String {
        path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
    }
}

/// What came of a change of files.
enum WatchOutcome: Sendable {
    /// No bot is different.
    case same
    /// The files are those of the bots that are different.
    case rolledOut([BotChange], RolloutEnd, environment: String, files: [String])
    /// What is served stays, for this reason.
    case refused(CommandFailure)
}
