import ArgumentParser
import BotConfiguration
import Deployment
import JSONCoding
import Logging
import Rollout
import UnixSignals

/// Deploys the project.
struct Deploy: BotctlCommand {
    static let configuration = CommandConfiguration(
        abstract: "Deploy the project: smoke-test it, write the manifest, verify it live, or roll it back.",
        usage: "botctl deploy [<options>]",
        discussion: """
            1. validates, and shows what would change (confirm, or --yes)
            2. candidate smoke: the real gateway in this process serves the changed bots and is asked their smoke cases
            3. one conditional write of the manifest: the only step that changes anything
            4. waits until every live gateway serves it
            5. live smoke; when a case fails, everything is rolled back by itself

            Exit status: 0 deployed or nothing to do, 4 the candidate failed (nothing was written) or the live smoke \
            told nothing, 5 rolled back or not converged, 6 somebody else deployed, 7 not confirmed or refused by a \
            guard.

            EXAMPLES
              botctl deploy
              botctl deploy --yes -m 'warmer claude'
              botctl deploy -e staging --yes --max-changes 20% -o json
            """)

    @OptionGroup var options: DeployOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var log: LogOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let project = try project.loadValid(in: context, format: format)
        let store = try context.stateStore(of: project)
        let plan = try await Plan(of: project, over: try await store.currentManifest(), in: store)
        if format == .human { PlanView(plan: plan).show(context.terminal) }
        let rolloutOptions = options.rolloutOptions(in: context, root: project.root)
        try confirm(plan, under: rolloutOptions.guards, in: context)
        let logger = try log.logger("candidate", in: context, default: .error)
        let progress = RolloutProgress(terminal: context.terminal)
        let run = RolloutRun(project: project, store: store, context: context, logger: logger)
        let (end, signal) = try await SignalCancellation.run {
            try await run.deploy(plan, options: rolloutOptions, onEvent: progress.show)
        }
        let view = RolloutEndView(end: end, environment: project.environment.name)
        switch format {
        case .json: context.terminal.outputJSON(["plan": plan.json, "outcome": view.json])
        case .human: view.show(context.terminal)
        }
        if case .interrupted = end { return signal == .sigint ? .interrupted : .terminated }
        return view.status
    }

    private func confirm(_ plan: Plan, under guards: PlanGuards, in context: CommandContext) throws {
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
