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
        try confirm(plan, under: rolloutOptions.guards)
        let progress = RolloutProgress(terminal: context.terminal)
        let run = RolloutRun(project: project, store: store, context: context, logger: logger)
        let (end, signal) = try await SignalCancellation.run {
            try await run.deploy(plan, options: rolloutOptions, onEvent: progress.show)
        }
        let view = RolloutEndView(end: end, environment: project.environment.name)
        if isForPeople { view.show(context.terminal) }
        let document: JSONObject = ["plan": plan.json, "outcome": view.json]
        if case .interrupted = end {
            return End(status: signal == .sigint ? .interrupted : .terminated, document: document)
        }
        return End(status: view.status, document: document)
    }

    private func confirm(_ plan: Plan, under guards: PlanGuards) throws {
        if let refusal = plan.refusals(under: guards).first {
            throw CommandFailure(.refused, refusal.message, hint: refusal.hint)
        }
        guard !plan.isEmpty, !options.yes else { return }
        guard context.terminal.canAsk else {
            throw CommandFailure(.refused, "nobody is here to confirm the deploy", hint: "pass --yes")
        }
        context.terminal.writeError("deploy to \(plan.environment)? [y/N] ")
        guard let answer = context.terminal.readLine()?.lowercased() else {
            context.terminal.note("")
            throw CommandFailure(.refused, "not confirmed; nothing was changed")
        }
        guard ["y", "yes"].contains(answer) else {
            throw CommandFailure(.refused, "not confirmed; nothing was changed")
        }
    }
}
