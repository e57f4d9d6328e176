import ArgumentParser
import BotConfiguration
import Deployment
import FileAccess
import Gateway
import Logging
import PoeProtocol
import Rollout
import Secrets
import WallClock

/// Runs everything on this machine.
struct Up: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Run everything on this machine: simulator, gateway, deploy, smoke.",
        usage: "botctl up [<options>]",
        discussion: """
            Deploys the project into a state that lasts as long as the command, serves it over the embedded simulator \
            and smoke-tests every bot. No AWS account, no Poe account. The bots answer to POE_ACCESS_KEY, or to a key \
            that is made for the occasion and printed; so is a key of the OpenAI-compatible API at /v1.

            With --watch a bot is swapped in as soon as its file is saved, or the template, prompt or facts that it is \
            made of: after its smoke test, without a cut answer, and all other bots go on as they are. What is wrong \
            is shown, and the last good bots stay.

            EXAMPLES
              botctl up
              botctl up --watch
              botctl up --listen 127.0.0.1:0 --tokens-per-second 20
              botctl up --set parameters.max_tokens=100
            """)

    @Flag(help: "Bring changes of the project's files in as soon as they are saved.")
    var watch = false

    @OptionGroup var listen: ListenOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var rules: RuleOptions

    @OptionGroup var assigned: AssignmentOptions

    @OptionGroup var pace: PaceOptions

    @OptionGroup var log: LogOptions

    var outputFormat: OutputFormat? { nil }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let address = try listen.address(in: context, default: "127.0.0.1:8080")
        let assignments = try assigned.assignments()
        let load: @Sendable (CommandContext) async throws -> Project = { [project, rules] context in
            var loaded = try await project.loadChecked(
                in: context, format: .human, rules: rules, assignments: assignments)
            loaded.environment.upstream = .simulator
            return loaded
        }
        let files = RecordedFiles(context.files)
        var recording = context
        recording.files = files
        let project = try await load(recording)
        let logger = try log.logger("gateway", in: context, default: .warning)
        let (key, isMade) = try accessKey(in: context)
        let store = StateStore(InMemoryObjectStore(location: "memory"))
        let (apiKey, apiSecret) = APIKey.make(note: "botctl up", at: context.clock.now(), by: context.actor)
        try await store.addAPIKey(apiKey)
        var configuration = GatewayConfiguration(
            host: address.host, port: address.port, environment: project.environment.name, replicaID: "up",
            upstream: .simulator(tokensPerSecond: pace.tokensPerSecond), tool: Version.tool)
        // The state is in memory: to look at it costs nothing.
        if watch { configuration.pollInterval = .milliseconds(50) }
        configuration.limits.connections = OpenFileLimit.connections(atMost: configuration.limits.connections)
        let gateway = Gateway(
            configuration: configuration, source: .store(store), secrets: context.secretResolver(root: project.root),
            catalog: context.catalog,
            accessKeyOverride: key.secret, wallClock: context.clock, logger: logger)
        let deployment = LocalDeployment(
            project: project, store: store, context: context, logger: logger, accessKey: key, showsKey: isMade,
            apiKey: apiSecret,
            flags: self.project.flags)
        let changes =
            watch
            ? ProjectWatch(
                context: context, root: project.root, store: store, logger: logger, accessKey: key, load: load,
                files: files.watch) : nil
        let status = StatusBox()
        try await ServerRun(logger: logger).run { [listen] in
            do {
                try await gateway.run { address in
                    let outcome = try await deployment.deploy(behind: address)
                    guard outcome == .ok else { throw EndedEarly(status: outcome) }
                    try listen.writeReadyFile(address.description, in: context)
                    await changes?.run(behind: address)
                }
            } catch let ended as EndedEarly {
                status.set(ended.status)
            }
        }
        return status.value
    }

    /// The one key of all bots: the caller's, or one for the lifetime of the command.
    private func accessKey(in context: CommandContext) throws -> (key: PoeAccessKey, isMade: Bool) {
        guard let given = context.variables["POE_ACCESS_KEY"], !given.isEmpty else {
            return (PoeAccessKey.random(), true)
        }
        do { return (try PoeAccessKey(Secret(given)), false) } catch {
            throw CommandFailure(
                .failure, "POE_ACCESS_KEY: \(error)", hint: "unset it, and a key is made for this run")
        }
    }

    private struct EndedEarly: Error {
        let status: CommandStatus
    }
}
