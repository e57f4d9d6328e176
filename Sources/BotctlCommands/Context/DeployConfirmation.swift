import BotConfiguration
import Deployment

/// The guards of a deploy, and the question to a person before it.
struct DeployConfirmation: Sendable {
    let options: DeployOptions
    let terminal: Terminal

    /// Sees that guards let a plan pass and that somebody wants it.
    ///
    /// - Throws: ``CommandFailure`` with the status for a refusal.
    func confirm(_ plan: Plan, under guards: PlanGuards) throws {
        if let refusal = plan.refusals(under: guards).first {
            throw CommandFailure(.refused, refusal.message, hint: refusal.hint)
        }
        try requireSomebody(for: plan)
        guard !plan.isEmpty, !options.yes else { return }
        guard terminal.confirms("deploy to \(plan.environment)?") else {
            throw CommandFailure(.refused, "not confirmed; nothing was changed")
        }
    }

    /// Sees that a plan is empty, confirmed by a flag, or that a person can be asked.
    ///
    /// - Throws: ``CommandFailure`` with the status for a refusal.
    private func requireSomebody(for plan: Plan, saying outcome: String = "") throws {
        guard !plan.isEmpty, !options.yes, !terminal.canAsk else { return }
        throw CommandFailure(.refused, "nobody is here to confirm the deploy\(outcome)", hint: "pass --yes")
    }

    /// Sees that the deploy of a project whose files are not written yet could be confirmed.
    ///
    /// - Throws: ``CommandFailure`` with the status for a refusal; `StateStoreError`.
    func requireSomebody(toDeploy project: Project, in context: CommandContext) async throws {
        guard !options.yes, !terminal.canAsk else { return }
        let store = try context.stateStore(of: project)
        let plan = try await Plan(of: project, over: try await store.currentManifest(), in: store)
        try requireSomebody(for: plan, saying: "; nothing was written")
    }
}
