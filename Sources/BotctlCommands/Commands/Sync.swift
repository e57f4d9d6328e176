import ArgumentParser
import BotConfiguration
import Deployment
import Rollout
import UnixSignals

/// Tells Poe the settings of what is deployed.
struct Sync: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Tell Poe the settings of the deployed bots.",
        usage: "botctl sync [<names> ...] [<options>]",
        discussion: """
            Poe keeps the settings of a bot (greeting, attachments, controls, prices) until it is told others. This \
            pushes those of every bot of the manifest, or of those that are named, to the environment's \
            'poe.base_url' (https://api.poe.com where botctl.yaml names none), under 'poe.handle' or else the bot's \
            name, with the bot's own access key.

            Poe is called by this command whenever somebody runs it, and by 'botctl deploy' where 'poe.sync' of the \
            environment is true, and then by gateways that charge users ('poe.charge') or upload what bots make \
            ('poe.upload_url'); by nothing else. Several bots are told at once; a bot is tried up to three times \
            where Poe cannot be reached or answers with a status of 500 or more. What is deployed is never changed.

            Exit status: 0 Poe took them all, 1 it did not, 6 somebody else deploys.

            EXAMPLES
              botctl sync -e production
              botctl sync claude-sonnet -e production
              botctl sync -e production -o json
            """)

    @Argument(help: "The bots; all of the manifest where none is named.", completion: .botNames)
    var names: [String] = []

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let environment = try project.loadEnvironment(in: context, format: format)
        let settings = environment.settings
        let store = try context.stateStore(at: settings.state, root: environment.root)
        guard let deployed = try await store.currentManifest() else {
            throw CommandFailure(
                .failure, "nothing is deployed in \(settings.name)",
                hint: "'\(project.flags.command("deploy"))' does")
        }
        let named = try names.map { try deployed.manifest.requireBot($0) }
        guard !deployed.manifest.bots.isEmpty else {
            throw CommandFailure(.failure, "no bot is deployed in \(settings.name): there is nothing to tell")
        }
        let run = SettingsSyncRun(
            environment: settings, root: environment.root, store: store, catalog: context.catalog, context: context)
        let (report, signal) = try await run.run(named.isEmpty ? nil : Set(named))
        let view = SettingsSyncView(report: report, command: project.flags.command("sync"))
        context.terminal.output(view, as: format)
        if let signal { return signal == .sigint ? .interrupted : .terminated }
        return view.status
    }
}
