import ArgumentParser
import BotConfiguration
import Deployment
import WallClock

/// Lists bots with their state.
struct List: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the bots: in the files, in the manifest, and on the gateways.",
        usage: "botctl list [<names> ...] [<options>]",
        discussion: """
            States: new (not deployed yet), changed (a deploy would change it), in sync, disabled, removed (deployed \
            but no longer in the files), lagging (a gateway has not caught up).

            EXAMPLES
              botctl list
              botctl list nova-micro claude-sonnet
              botctl list -e staging -o json
            """)

    @Argument(help: "The bots; all where none is named.", completion: .botNames)
    var names: [String] = []

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let project = try await project.loadValid(in: context, format: format)
        let store = try context.stateStore(of: project)
        let base = try await store.currentManifest()
        let plan = try await Plan(of: project, over: base, in: store)
        let replicas = try await store.liveReplicas(at: context.clock.now())
        let view = BotListView(
            project: project, plan: plan,
            bots: names.isEmpty ? plan.bots : try names.map { try plan.requireBot($0, of: project) },
            replicas: replicas)
        context.terminal.output(view, as: format)
        return .ok
    }
}
