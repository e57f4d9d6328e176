import ArgumentParser
import BotConfiguration
import Deployment
import WallClock

/// Lists the keys of an environment.
struct KeyList: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the keys: what for, by whom, which bots, until when.",
        usage: "botctl key list [<options>]",
        discussion: """
            EXAMPLES
              botctl key list
              botctl key list -e staging -o json
            """)

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let environment = try project.loadEnvironment(in: context, format: format)
        let store = try context.stateStore(at: environment.settings.state, root: environment.root)
        let view = KeyListView(
            environment: environment.settings.name, keys: try await store.apiKeys(), now: context.clock.now())
        context.terminal.output(view, as: format)
        return .ok
    }
}
