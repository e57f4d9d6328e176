import BotConfiguration
import Deployment
import JSONCoding
import Logging
import Rollout
import UnixSignals

/// A deploy as a person starts it: the plan is shown, confirmed and carried out.
struct DeployRun: Sendable {
    let project: Project
    let options: DeployOptions
    /// Where the project is, for commands that go on with it.
    let flags: PlaceFlags
    let context: CommandContext
    let logger: Logger
    /// Whether the plan and the end are for people; else they are only in the document.
    let isForPeople: Bool

    /// How a deploy ended.
    struct End: Sendable {
        let status: CommandStatus
        /// Plan and outcome for scripts.
        let document: JSONObject
    }

    /// Deploys.
    ///
    /// - Throws: ``CommandFailure`` when a guard refuses or nobody confirms, and what stops a rollout.
    func run() async throws -> End {
        let store = try context.stateStore(of: project)
        let plan = try await Plan(of: project, over: try await store.currentManifest(), in: store)
        if isForPeople { PlanView(plan: plan).show(context.terminal) }
        let rolloutOptions = options.rolloutOptions(in: context, root: project.root)
        try DeployConfirmation(options: options, terminal: context.terminal)
            .confirm(plan, under: rolloutOptions.guards)
        let progress = RolloutProgress(terminal: context.terminal)
        let run = RolloutRun(project: project, store: store, context: context, logger: logger)
        let (end, signal) = try await SignalCancellation.run {
            try await run.deploy(plan, options: rolloutOptions, onEvent: progress.show)
        }
        let changed = Set(plan.changes.map(\.name))
        let unknown = project.bots.filter { changed.contains($0.name) && $0.config.model.facts == nil }
        let view = RolloutEndView(
            end: end, environment: project.environment.name, flags: flags,
            unknownModels: project.environment.upstream == .simulator ? unknown.map(\.config.model.upstreamID) : [],
            gatewayURL: project.environment.gatewayURL)
        if isForPeople { view.show(context.terminal) }
        var document: JSONObject = ["plan": plan.json, "outcome": view.json]
        let sync = await sync(changed, after: end, in: store)
        if let sync { document.append("sync", sync.json) }
        if case .interrupted = end {
            return End(status: signal == .sigint ? .interrupted : .terminated, document: document)
        }
        return End(status: sync.map { view.status.followed(by: $0.status) } ?? view.status, document: document)
    }
}
