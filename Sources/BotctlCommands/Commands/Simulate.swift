import AWSSigning
import ArgumentParser
import BedrockSimulator
import BotConfiguration
import Logging
import ModelCatalog
import ServiceLifecycle

/// Runs the simulator by itself.
struct Simulate: BotctlCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the Bedrock wire protocol with no model behind it.",
        usage: "botctl simulate [<options>]",
        discussion: """
            Converse and ConverseStream with signatures verified, the service's own errors, and deterministic answers: \
            'Reply with the single word X' gets X, anything else a paragraph that names the model. AWS clients work \
            unchanged when their endpoint points here. It knows the models of the catalog and, within a project, those \
            of its catalog.d/; any other id gets the service's error.

            EXAMPLES
              botctl simulate
              botctl simulate --listen 127.0.0.1:0 --ready-file sim.addr
              botctl simulate --tokens-per-second 20
              AWS_ENDPOINT_URL_BEDROCK_RUNTIME=http://127.0.0.1:8081 \\
                AWS_ACCESS_KEY_ID=simulator AWS_SECRET_ACCESS_KEY=simulator \\
                aws bedrock-runtime converse --region us-east-1 \\
                --model-id amazon.nova-micro-v1:0 \\
                --messages '[{"role":"user","content":[{"text":"Hi"}]}]'
            """)

    @Option(
        name: [.customShort("C"), .long],
        help: ArgumentHelp("The project whose catalog.d/ counts. Default: found upwards from here.", valueName: "dir"),
        completion: .directory)
    var directory: String?

    @OptionGroup var listen: ListenOptions

    @Option(
        name: .customLong("tokens-per-second"),
        help: ArgumentHelp("How fast answers come. Default: at once.", valueName: "n"))
    var tokensPerSecond: Double?

    @Option(
        name: .customLong("access-key-id"), help: ArgumentHelp("The access key id that is accepted.", valueName: "id"))
    var accessKeyID = "simulator"

    @Option(
        name: .customLong("secret-access-key"),
        help: ArgumentHelp(
            "The secret that is accepted. It protects nothing: no model stands behind it.", valueName: "secret"))
    var secretAccessKey = "simulator"

    @OptionGroup var log: LogOptions

    var outputFormat: OutputFormat? { nil }

    func validate() throws {
        if let tokensPerSecond, !(tokensPerSecond > 0 && tokensPerSecond <= 1_000_000) {
            throw ValidationError("--tokens-per-second must be more than 0 and at most 1000000")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let address = try listen.address(in: context, default: "127.0.0.1:8081")
        let logger = try log.logger("simulator", in: context, default: .notice)
        var configuration = SimulatorConfiguration(logger: logger)
        configuration.host = address.host
        configuration.port = address.port
        configuration.tokensPerSecond = tokensPerSecond
        configuration.credentials = [
            SigningCredentials(accessKeyID: accessKeyID, secretAccessKey: secretAccessKey)
        ]
        configuration.catalog = try catalog(in: context)
        configuration.clock = context.clock
        configuration.limits.connections = OpenFileLimit.connections(atMost: configuration.limits.connections)
        let simulator = BedrockSimulator(configuration)
        try await ServerRun(logger: logger).run { [listen] in
            try await simulator.run { address in
                try listen.writeReadyFile(address.description, in: context)
                context.terminal.note("simulator listens on \(address.url); stop it with Ctrl-C")
            }
        }
        return .ok
    }

    /// The binary's catalog, with the facts of the project if there is one.
    private func catalog(in context: CommandContext) throws -> ModelCatalog {
        guard let location = try ProjectPlaceOptions.location(directory: directory, in: context) else {
            return context.catalog
        }
        return context.catalog.adding(try context.projectFacts(at: location).overlays)
    }
}
