import BotConfiguration
import Deployment
import Gateway
import Logging
import PoeProtocol
import Rollout
import Secrets
import SmokeTesting

/// The deploy of `up`: into a state of its own, behind the gateway of the same process.
struct LocalDeployment: Sendable {
    let project: Project
    let store: StateStore
    let context: CommandContext
    let logger: Logger
    /// The one key of all bots.
    let accessKey: PoeAccessKey
    /// Whether the key was made for the occasion, and is shown.
    let showsKey: Bool
    /// The key of the OpenAI-compatible door, made for the occasion.
    let apiKey: Secret
    /// Where the project is, for commands that go on with it.
    let flags: PlaceFlags

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
        run.accessKey = accessKey
        let progress = RolloutProgress(terminal: terminal)
        let options = RolloutOptions(by: context.actor, tool: Version.tool)
        let end = try await run.deploy(plan, options: options, onEvent: progress.show)
        guard case .deployed(_, _, let smoke) = end else {
            let view = RolloutEndView(end: end, environment: project.environment.name, flags: flags)
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
        let key = showsKey ? accessKey.secret.reveal() : "$POE_ACCESS_KEY"
        if showsKey { terminal.note("\(style.bold("key")) for this run: \(key)") }
        terminal.note("try it:")
        terminal.note("  curl -N \(address.url)/bots/\(bot) -H 'content-type: application/json' \\")
        terminal.note("    -H \"authorization: Bearer \(key)\" \\")
        terminal.note(
            "    -d '{\"version\":\"1.2\",\"type\":\"query\",\"query\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'")
        let variable = showsKey ? "POE_ACCESS_KEY=\(key) " : ""
        terminal.note("or talk to it:")
        terminal.note("  \(variable)botctl chat \(bot) --url \(address.url)")
        terminal.note("or from any OpenAI client:")
        terminal.note("  export OPENAI_BASE_URL=\(address.url)/v1 OPENAI_API_KEY=\(apiKey.reveal())")
    }
}
