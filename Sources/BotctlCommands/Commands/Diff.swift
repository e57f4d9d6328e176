import ArgumentParser
import BotConfiguration
import Deployment

/// Shows what a deploy would change.
struct Diff: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what a deploy would change, and change nothing.",
        usage: "botctl diff [<names> ...] [<options>]",
        discussion: """
            Compares the project with the deployed manifest, bot by bot: + added, ~ changed, - removed, > renamed. \
            Each changed value is shown with the file and line it comes from.

            Exit status: 0, also when there are changes; with --detailed-exitcode 2 when there are changes.

            EXAMPLES
              botctl diff
              botctl diff claude-sonnet
              botctl diff -e staging --detailed-exitcode
              botctl diff -o json
            """)

    @Argument(help: "The bots; all where none is named.", completion: .botNames)
    var names: [String] = []

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 when there are changes.")
    var detailedExitCode = false

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let project = try await project.loadValid(in: context, format: format)
        let store = try context.stateStore(of: project)
        var plan = try await Plan(of: project, over: try await store.currentManifest(), in: store)
        if !names.isEmpty { plan = plan.keeping(try names.map { try plan.requireBot($0, of: project).name }) }
        context.terminal.output(PlanView(plan: plan), as: format)
        return detailedExitCode && !plan.isEmpty ? .changes : .ok
    }
}
