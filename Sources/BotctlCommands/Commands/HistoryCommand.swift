import ArgumentParser
import BotConfiguration
import Deployment
import WallClock

/// Shows what was deployed when, by whom, and how it went.
struct HistoryCommand: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show what was deployed when, by whom, and how it went.",
        usage: "botctl history [<serial>] [<options>]",
        discussion: """
            With a serial: that deploy and its bots.

            EXAMPLES
              botctl history
              botctl history 12
              botctl history --limit 50 -o json
            """)

    @Argument(help: "The deploy to show; the latest ones where none is named.")
    var serial: Int?

    @Option(name: .shortAndLong, help: "How many deploys to show, newest first.")
    var limit = 20

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        // The history stands by itself: a broken bot file must not hide it.
        let environment = try project.loadEnvironment(in: context, format: format)
        let store = try context.stateStore(at: environment.settings.state, root: environment.root)
        if let serial {
            let view = try await view(of: serial, in: store, environment: environment.settings.name)
            context.terminal.output(view, as: format)
            return .ok
        }
        var entries: [HistoryView.Entry] = []
        for manifest in try await store.history(limit: limit) {
            entries.append(
                HistoryView.Entry(manifest: manifest, outcome: try await store.outcome(of: manifest.serial)))
        }
        let view = HistoryView(environment: environment.settings.name, entries: entries)
        context.terminal.output(view, as: format)
        return .ok
    }

    private func view(of serial: Int, in store: StateStore, environment: String) async throws -> ManifestView {
        guard let manifest = try await store.history(limit: Self.searchedDeploys).first(where: { $0.serial == serial })
        else {
            throw CommandFailure(
                .failure, "\(environment) has no serial \(serial)", hint: "'botctl history' shows the deploys there are"
            )
        }
        return ManifestView(environment: environment, manifest: manifest, outcome: try await store.outcome(of: serial))
    }

    /// How many deploys back a serial is looked for.
    private static let searchedDeploys = 10_000
}
