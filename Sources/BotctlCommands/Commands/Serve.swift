import ArgumentParser
import BotConfiguration
import Deployment
import Gateway
import Logging
import Secrets

/// Runs a gateway.
struct Serve: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve what is deployed, and follow the manifest.",
        usage: "botctl serve [<options>]",
        discussion: """
            Answers the Poe server-bot protocol at POST /bots/NAME for every bot of the environment's manifest, and the \
            OpenAI-compatible API at /v1 for callers with a key that 'botctl key new' made; a new deploy is swapped in \
            within seconds, without a cut stream. The environment says which model service is \
            called. Never reads bots.d. Stops on SIGTERM or Ctrl-C \
            once open answers have ended, or after --drain-timeout. What no flag and no BOTCTL_ variable says is taken \
            from 'gateway' in botctl.yaml; 'botctl config show' shows it.

            EXAMPLES
              botctl serve
              botctl serve -e staging --listen 0.0.0.0:8080 --log-format json
              botctl serve --tokens-per-second 20
            """)

    @OptionGroup var listen: ListenOptions
    @OptionGroup var project: ProjectOptions

    @Option(
        help: ArgumentHelp("The state store to follow. Default: the environment's.", valueName: "dir"),
        completion: .directory)
    var state: String?

    @OptionGroup var pace: PaceOptions

    @Option(
        name: .customLong("drain-timeout"),
        help: ArgumentHelp(
            "How long open answers may go on after a stop, such as 30s, which is the default.", valueName: "duration"))
    var drainTimeout: String?

    @Option(
        name: .customLong("replica-id"),
        help: ArgumentHelp("This gateway's name in the state store. Default: host and process.", valueName: "id"))
    var replicaID: String?

    @OptionGroup var log: LogOptions

    var outputFormat: OutputFormat? { nil }

    func validate() throws {
        if let drainTimeout, DurationText.milliseconds(of: drainTimeout) == nil {
            throw ValidationError("--drain-timeout must be a length of time such as 30s or 5m")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let environment = try project.loadEnvironment(in: context)
        let settings = environment.gateway
        let address = try listen.address(in: context, default: settings.listen)
        let logger = try log.logger(
            "gateway", in: context, default: Logger.Level(rawValue: settings.logLevel) ?? .info,
            format: LogOptions.Format(rawValue: settings.logFormat) ?? .human)
        let store = try context.stateStore(
            at: state.map(context.absolutePath) ?? environment.settings.state, root: environment.root)
        let upstream = environment.settings.upstream
        var configuration = GatewayConfiguration(
            host: address.host, port: address.port, environment: environment.settings.name,
            replicaID: ReplicaReport.identifier(from: replicaID ?? "\(context.actor)-\(context.processID)"),
            upstream: context.gatewayUpstream(upstream, tokensPerSecond: pace.tokensPerSecond), tool: Version.tool)
        configuration.drainTimeout =
            drainTimeout.flatMap(DurationText.milliseconds).map { .milliseconds($0) } ?? settings.drainTimeout
        configuration.limits = GatewayConfiguration.Limits(settings)
        configuration.publicURL = settings.publicURL
        configuration.attachmentOrigins = settings.attachmentOrigins
        let poe = environment.settings.poe
        if poe.sync, poe.charge { configuration.chargingURL = poe.baseURL }
        if poe.sync { configuration.uploadURL = poe.uploadURL }
        let gateway = Gateway(
            configuration: configuration, source: .store(store),
            secrets: context.secretResolver(root: environment.root), catalog: context.catalog,
            wallClock: context.clock, logger: logger)
        let name = environment.settings.name
        try await ServerRun(logger: logger).run { [listen] in
            try await gateway.run { address in
                try listen.writeReadyFile(address.description, in: context)
                let served = "environment \(name), upstream \(upstream.rawValue)"
                context.terminal.note("gateway listens on \(address.url), \(served); stop it with Ctrl-C")
            }
        }
        return .ok
    }
}
