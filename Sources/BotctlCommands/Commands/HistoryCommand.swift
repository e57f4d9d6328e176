import ArgumentParser
import BotConfiguration
import Deployment
import JSONCoding
import WallClock

/// Shows what was deployed when, by whom, and how it went.
struct HistoryCommand: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show what was deployed when, by whom, and how it went.",
        usage: "botctl history [<options>]",
        discussion: """
            EXAMPLES
              botctl history
              botctl history --limit 50 -o json
            """)

    @Option(name: .shortAndLong, help: "How many deploys to show, newest first.")
    var limit = 20

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        // The history stands by itself: a broken bot file must not hide it.
        let environment = try project.loadEnvironment(in: context)
        let store = try context.stateStore(at: environment.settings.state, root: environment.root)
        var entries: [HistoryView.Entry] = []
        for manifest in try await store.history(limit: limit) {
            entries.append(
                HistoryView.Entry(manifest: manifest, outcome: try await store.outcome(of: manifest.serial)))
        }
        let view = HistoryView(environment: environment.settings.name, entries: entries)
        switch try output.format(in: context) {
        case .json: context.terminal.outputJSON(view.json)
        case .human: view.show(context.terminal)
        }
        return .ok
    }
}
