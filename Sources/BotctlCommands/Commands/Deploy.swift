import ArgumentParser
import JSONCoding
import Logging

/// Deploys the project.
struct Deploy: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Deploy the project: smoke-test it, write the manifest, verify it live, or roll it back.",
        usage: "botctl deploy [<options>]",
        discussion: """
            1. validates, and shows what would change (confirm, or --yes)
            2. candidate smoke: the real gateway, in this process, serves what changed
            3. one conditional write of the manifest: the only step that changes anything
            4. waits until every live gateway serves it
            5. live smoke; when a case fails, everything is rolled back by itself
            6. tells Poe the settings of what changed, where the environment's 'poe.sync' is true; a failure undoes \
            nothing, and 'botctl sync' repeats it

            Exit status: 0 deployed or nothing to do, 1 deployed but Poe did not take the settings, 4 the candidate failed (nothing was written) or the live smoke \
            told nothing, 5 rolled back or not converged, 6 somebody else deployed, 7 not confirmed or refused by a \
            guard.

            EXAMPLES
              botctl deploy
              botctl deploy --yes -m 'warmer claude'
              botctl deploy -e staging --yes --max-changes 20% -o json
            """)

    @OptionGroup var options: DeployOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var log: LogOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let project = try await project.loadChecked(in: context, format: format, rules: rules)
        let run = DeployRun(
            project: project, options: options, flags: self.project.flags, context: context,
            logger: try log.logger("candidate", in: context, default: .error), isForPeople: format == .human)
        let end = try await run.run()
        if format == .json { context.terminal.outputJSON(end.document) }
        return end.status
    }
}
