import ArgumentParser
import AsyncHTTPClient
import BotConfiguration
import Deployment
import Diagnostics
import PoeProtocol
import Rollout
import SmokeTesting

/// Smoke-tests what is deployed.
struct Smoke: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "smoke",
        abstract: "Ask the deployed bots their smoke cases, over the Poe protocol.",
        usage: "botctl smoke [<names> ...] [<options>]",
        discussion: """
            Asks the live endpoint of every bot of the manifest (or those that are named) its smoke cases, several at \
            once; a bot without cases must answer something. A pass on the simulator says that everything but the \
            model works.

            Exit status: 0 all passed, 4 a case failed or was inconclusive.

            EXAMPLES
              botctl smoke
              botctl smoke nova-micro claude-sonnet
              botctl smoke --url http://127.0.0.1:8080 -o json
            """)

    @Argument(help: "The bots; all of the manifest where none is named.", completion: .botNames)
    var names: [String] = []

    @Option(help: ArgumentHelp("The gateway's base URL. Default: the environment's.", valueName: "url"))
    var url: String?

    @Option(help: ArgumentHelp("How many cases are under way at once.", valueName: "n"))
    var concurrency = 16

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func validate() throws {
        guard (1...1000).contains(concurrency) else { throw ValidationError("--concurrency must be from 1 to 1000") }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let url = try url.map(GatewayURL.checked)
        let environment = try project.loadEnvironment(in: context, format: format)
        let settings = environment.settings
        let store = try context.stateStore(at: settings.state, root: environment.root)
        guard let deployed = try await store.currentManifest() else {
            throw CommandFailure.nothingDeployed(in: settings.name)
        }
        let asked = try names.map { try deployed.manifest.requireBot($0) }
        let bots = DeployedBots(
            manifest: deployed.manifest, store: store, secrets: context.secretResolver(root: environment.root),
            environment: settings.name, gatewayURL: url ?? settings.gatewayURL, catalog: context.catalog)
        let targets = try await bots.smokeTargets(asked.isEmpty ? nil : Set(asked))
        guard !targets.isEmpty else {
            throw CommandFailure(.failure, "no bot is switched on: there is nothing to ask")
        }
        let progress = SmokeProgress(terminal: context.terminal, hasReport: true)
        let report = try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
            try await SmokeRunner(client: PoeClient(http: http), concurrency: concurrency)
                .run(targets, upstream: settings.upstream.rawValue, onVerdict: progress.show)
        }
        progress.clear()
        let view = SmokeReportView(report: report)
        context.terminal.output(view, as: format)
        if report.isWithoutGateway, url == nil {
            context.terminal.note(
                RolloutEndView.hintOnGateway(at: settings.gatewayURL, of: settings.name),
                after: "  \(context.terminal.errorStyle.cyan("help:")) ", columns: 8, indent: 8)
        }
        return view.status
    }
}
