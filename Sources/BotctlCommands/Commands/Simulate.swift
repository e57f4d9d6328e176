import AWSSigning
import ArgumentParser
import BedrockSimulator
import BotConfiguration
import FileAccess
import Logging
import ModelCatalog
import ServiceLifecycle

/// Runs the simulator by itself.
struct Simulate: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serve the Bedrock wire protocol with no model behind it.",
        usage: "botctl simulate [<options>]",
        discussion: """
            Bedrock's runtime and control plane with signatures verified and the service's own errors, a small S3 for \
            videos, and an OpenAI-compatible face under /v1, all on one address. Answers follow from the request: \
            'Reply with the single word X' gets X, anything else a paragraph that names the model, 'Call the tool NAME \
            with {...}' a tool call. AWS and OpenAI clients work unchanged when their endpoint points here. It knows \
            the models of the catalog and, within a project, those of its catalog.d/; any other id gets the service's \
            error. Faults are set with --faults, by POST to /simulator/v1/faults, or for one request in the header \
            x-simulator-fault; docs/simulator.md lists them. Quotas of requests and tokens throttle like the service's \
            once they are set, with --quotas or by POST to /simulator/v1/quotas.

            EXAMPLES
              botctl simulate
              botctl simulate --listen 127.0.0.1:0 --ready-file sim.addr
              botctl simulate --tokens-per-second 20 --time-to-first-token 800ms
              AWS_ENDPOINT_URL_BEDROCK_RUNTIME=http://127.0.0.1:8081 \\
                AWS_ACCESS_KEY_ID=simulator AWS_SECRET_ACCESS_KEY=simulator \\
                aws bedrock-runtime converse --region us-east-1 \\
                --model-id amazon.nova-micro-v1:0 \\
                --messages '[{"role":"user","content":[{"text":"Hi"}]}]'
              curl http://127.0.0.1:8081/v1/chat/completions \\
                -H 'Authorization: Bearer simulator' \\
                -d '{"model": "amazon.nova-micro-v1:0",
                  "messages": [{"role": "user", "content": "Hi"}]}'
              curl -d '{"fault": "throttle", "times": 2}' \\
                http://127.0.0.1:8081/simulator/v1/faults
              curl -d '{"requests_per_minute": 10, "tokens_per_minute": 20000}' \\
                http://127.0.0.1:8081/simulator/v1/quotas
            """)

    @Option(
        name: [.customShort("C"), .long],
        help: ArgumentHelp("The project whose catalog.d/ counts. Default: found upwards from here.", valueName: "dir"),
        completion: .directory)
    var directory: String?

    @OptionGroup var listen: ListenOptions

    @OptionGroup var pace: PaceOptions

    @Option(
        name: .customLong("time-to-first-token"),
        help: ArgumentHelp("How long a model takes before it says anything. Default: no time.", valueName: "duration"))
    var timeToFirstToken: String?

    @Option(
        name: .customLong("job-duration"),
        help: ArgumentHelp("How long a job that makes a video takes. Default: no time.", valueName: "duration"))
    var jobDuration: String?

    @Option(
        help: ArgumentHelp("Faults to have from the start, as a JSON list. Default: none.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var faults: String?

    @Option(
        help: ArgumentHelp(
            "Quotas of requests and tokens to hold from the start, as a JSON list. Default: none.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var quotas: String?

    @Option(
        name: .customLong("bearer-key"),
        help: ArgumentHelp(
            "The bearer key that is accepted by the OpenAI-compatible face and by Bedrock.", valueName: "key"))
    var bearerKey = "simulator"

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
        for (name, text) in [("--time-to-first-token", timeToFirstToken), ("--job-duration", jobDuration)] {
            guard let text, DurationText.milliseconds(of: text) == nil else { continue }
            throw ValidationError("\(name) must be a duration such as 800ms or 2s, not '\(text)'")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let address = try listen.address(in: context, default: "127.0.0.1:8081")
        let logger = try log.logger("simulator", in: context, default: .notice)
        var configuration = SimulatorConfiguration(logger: logger)
        configuration.host = address.host
        configuration.port = address.port
        configuration.tokensPerSecond = pace.tokensPerSecond
        configuration.credentials = [
            SigningCredentials(accessKeyID: accessKeyID, secretAccessKey: secretAccessKey)
        ]
        configuration.bearerKeys = [bearerKey]
        configuration.timeToFirstToken = timeToFirstToken.flatMap(DurationText.milliseconds).map { .milliseconds($0) }
        configuration.jobDuration = .milliseconds(jobDuration.flatMap(DurationText.milliseconds) ?? 0)
        configuration.faults = try initialFaults(in: context)
        configuration.quotas = try initialQuotas(in: context)
        configuration.limits.keptRequests = 200
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

    /// The faults of the file that `--faults` names.
    private func initialFaults(in context: CommandContext) throws -> [Fault] {
        guard let faults else { return [] }
        let bytes = try context.files.read(context.absolutePath(faults), limitInBytes: 1_000_000)
        do throws(FaultError) {
            return try Fault.list(json: bytes)
        } catch {
            throw CommandFailure(.failure, "\(faults): \(error)", hint: "docs/simulator.md lists the faults")
        }
    }

    /// The quotas of the file that `--quotas` names.
    private func initialQuotas(in context: CommandContext) throws -> [Quota] {
        guard let quotas else { return [] }
        let bytes = try context.files.read(context.absolutePath(quotas), limitInBytes: 1_000_000)
        do throws(QuotaError) {
            return try Quota.list(json: bytes)
        } catch {
            throw CommandFailure(.failure, "\(quotas): \(error)", hint: "docs/simulator.md tells what a quota is")
        }
    }

    /// The binary's catalog, with the facts of the project if there is one.
    private func catalog(in context: CommandContext) throws -> ModelCatalog {
        guard let location = try ProjectPlaceOptions.location(directory: directory, in: context) else {
            return context.catalog
        }
        return context.catalog.adding(try context.projectFacts(at: location).overlays)
    }
}
