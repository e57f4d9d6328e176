import ArgumentParser
import BotConfiguration
import Deployment
import Rollout

/// How a deploy is to go.
struct DeployOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Answer questions with yes; guards still refuse.")
    var yes = false

    @Option(name: .shortAndLong, help: ArgumentHelp("Why, for the history.", valueName: "text"))
    var message: String?

    @Flag(help: "Allow bots to be removed that no file describes any more.")
    var prune = false

    @Option(
        name: .customLong("max-changes"),
        help: ArgumentHelp("Refuse to touch more bots: a number, or a share such as 20%.", valueName: "n|p%"))
    var maxChanges: String?

    @Option(
        name: .customLong("accept-inconclusive"),
        help: ArgumentHelp(
            "Deploy although the candidate's smoke cases told nothing, and say why.", valueName: "reason"))
    var acceptInconclusive: String?

    @Option(
        name: .customLong("converge-timeout"),
        help: ArgumentHelp("How long live gateways may take to serve it.", valueName: "duration"))
    var convergeTimeout = "60s"

    @Flag(help: "Exit with 5 when no gateway is live to serve it.")
    var wait = false

    func validate() throws {
        guard DurationText.milliseconds(of: convergeTimeout) != nil else {
            throw ValidationError("--converge-timeout must be a length of time such as 60s")
        }
        if let maxChanges, ChangeLimit(maxChanges) == nil {
            throw ValidationError("--max-changes must be a number, or a share such as 20%")
        }
    }

    /// How the deploy is to go.
    func rolloutOptions(in context: CommandContext, root: String) -> RolloutOptions {
        var options = RolloutOptions(
            by: context.actor, tool: Version.tool, source: context.sourceRevision(of: root), message: message,
            guards: PlanGuards(prune: prune, maxChanges: maxChanges.flatMap(ChangeLimit.init)))
        options.convergeTimeout = .milliseconds(DurationText.milliseconds(of: convergeTimeout) ?? 60_000)
        options.requiresReplica = wait
        options.acceptInconclusive = acceptInconclusive
        return options
    }
}
