import BotConfiguration
import Deployment
import Gateway
import Logging
import Rollout
import SmokeTesting

/// The deploy of `up`: into a state of its own, behind the gateway of the same process.
struct LocalDeployment: Sendable {
    let project: Project
    let store: StateStore
    let context: CommandContext
    let logger: Logger
    /// The access key that was made for the occasion; nil for the caller's.
    let madeKey: String?

    /// Deploys the project, smoke-tests it, and shows how to use it.
    ///
    /// - Parameter address: Where the gateway answers.
    /// - Returns: How it went.
    /// - Throws: What stops a deploy before it has an end: see ``Rollout/run(onEvent:)``.
    func deploy(behind address: GatewayAddress) async throws -> CommandStatus {
        let terminal = context.terminal
        let plan = try await Plan(of: project, over: nil, in: store)
        var run = RolloutRun(project: project, store: store, context: context, logger: logger)
        run.gatewayURL = address.url
        let progress = RolloutProgress(terminal: terminal)
        let options = RolloutOptions(by: context.actor, tool: Version.tool)
        let end = try await run.deploy(plan, options: options, onEvent: progress.show)
        guard case .deployed(_, _, let smoke) = end else {
            let view = RolloutEndView(end: end, environment: project.environment.name)
            view.show(terminal)
            return view.status
        }
        if let smoke { SmokeReportView(report: smoke).show(terminal) }
        showUse(of: address)
        return .ok
    }

    private func showUse(of address: GatewayAddress) {
        let terminal = context.terminal
        let style = terminal.errorStyle
        let bot = project.bots.first { $0.isEnabled }?.name ?? "NAME"
        terminal.note("")
        terminal.note("\(style.bold("gateway")) on \(address.url), upstream simulator; stop it with Ctrl-C")
        if let madeKey { terminal.note("\(style.bold("key")) for this run: \(madeKey)") }
        terminal.note("try it:")
        terminal.note("  curl -N \(address.url)/bots/\(bot) -H 'content-type: application/json' \\")
        terminal.note("    -H 'authorization: Bearer \(madeKey ?? "'\"$POE_ACCESS_KEY\"'")' \\")
        terminal.note(
            "    -d '{\"version\":\"1.2\",\"type\":\"query\",\"query\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'")
    }
}
