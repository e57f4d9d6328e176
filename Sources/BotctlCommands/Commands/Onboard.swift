import ArgumentParser
import BotConfiguration
import JSONCoding
import Logging
import Onboarding
import Scaffolding
import UnixSignals

/// Brings a model from its id to a bot that has answered.
struct Onboard: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "onboard",
        abstract: "Bring a new model to a bot that answers: facts, file, check, boot, smoke test.",
        usage: "botctl onboard <model> [<options>]",
        discussion: """
            1. facts     what the catalogs know; of an unknown model, a file in catalog.d/
            2. scaffold  the bot's file: the fewest lines that work over the template
            3. validate  as in the project with the new files; nothing is on disk until here
            4. write     both files; nothing is ever overwritten
            5. boot      the real gateway, in this process, over the simulator
            6. smoke     the bot's smoke cases, over the Poe protocol

            A model that has its bot already goes through the steps again, and nothing is written. With --live the \
            gateway calls Amazon Bedrock, and a step before the others asks the control plane whether account, region, \
            quota and model access allow the model. It needs AWS credentials, asks for \
            bedrock:ListFoundationModels, bedrock:ListInferenceProfiles, bedrock:GetFoundationModelAvailability, \
            servicequotas:ListServiceQuotas and, for an ARN of an application inference profile, \
            bedrock:GetInferenceProfile, and goes on without them. With --deploy a deploy of the project \
            follows, as 'botctl deploy' does it.

            An id that is in no catalog and looks like a slip of one that is has to be confirmed, or to come with \
            --yes.

            Exit status: 0 the bot answered, 3 it cannot be valid, 4 it did not pass, 7 nobody confirmed it; with \
            --deploy also those of 'botctl deploy'.

            EXAMPLES
              botctl onboard anthropic.claude-opus-5-5
              botctl onboard acme.rocket-2-v1:0 --context-tokens 200000
              botctl onboard amazon.nova-pro-v1:0 --region eu-west-1 --dry-run
              botctl onboard deepseek.v3.2 --live --deploy -e production --yes
            """)

    @Argument(help: "The model's id, with or without a profile's prefix, or an ARN.", completion: .modelIDs)
    var model: String

    @Option(help: ArgumentHelp("The bot's name. Default: made of the model's id.", valueName: "name"))
    var name: String?

    @OptionGroup var placement: PlacementOptions

    @Option(
        name: .customLong("context-tokens"),
        help: ArgumentHelp(
            "A fact for catalog.d: how long prompt and answer may be together.", valueName: "n"))
    var contextTokens: Int?

    @Option(
        name: .customLong("max-output-tokens"),
        help: ArgumentHelp("A fact for catalog.d: the longest answer.", valueName: "n"))
    var maxOutputTokens: Int?

    @Option(
        name: .customLong("display-name"),
        help: ArgumentHelp("A fact for catalog.d: the model's name for people.", valueName: "text"))
    var displayName: String?

    @Flag(help: "Ask the real model service, with the AWS credentials of the environment. Costs what the answers cost.")
    var live = false

    @Flag(name: .customLong("dry-run"), help: "Take every step, and write nothing.")
    var isDryRun = false

    @Flag(help: "Deploy the project to the environment when the bot has passed.")
    var deploy = false

    @OptionGroup var deployOptions: DeployOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var log: LogOptions

    var outputFormat: OutputFormat? { output.output }

    func validate() throws {
        if deploy, isDryRun { throw ValidationError("--dry-run writes nothing that --deploy could deploy") }
        for (name, value) in [("--context-tokens", contextTokens), ("--max-output-tokens", maxOutputTokens)] {
            guard let value, !(1...1_000_000_000).contains(value) else { continue }
            throw ValidationError("\(name) must be from 1 to 1000000000")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let run = OnboardRun(
            request: request(in: context), location: try project.location(in: context),
            rules: rules.check(in: context), context: context,
            logger: try log.logger("onboard", in: context, default: .error), flags: project.flags,
            willWrite: { [deploy, deployOptions] future in
                // What can only be refused later is better refused before anything is on disk.
                guard deploy else { return }
                try await DeployConfirmation(options: deployOptions, terminal: context.terminal)
                    .requireSomebody(toDeploy: future, in: context)
            })
        let (report, signal) = try await SignalCancellation.run { try await run.run() }
        let view = OnboardEndView(report: report, flags: project.flags, isDeployed: deploy)
        if format == .human { view.show(context.terminal) }
        if let failure = view.failure {
            context.terminal.show(failure)
            if format == .json { context.terminal.outputJSON(view.json) }
            return failure.status == .interrupted && signal == .sigterm ? .terminated : failure.status
        }
        var document = view.json
        let status = deploy ? await goOn(to: &document, with: report.bot, in: context, format) : .ok
        if format == .json { context.terminal.outputJSON(document) }
        return status
    }

    private func request(in context: CommandContext) -> OnboardingRequest {
        var request = OnboardingRequest(placement.request(modelID: model, name: name))
        request.contextTokens = contextTokens
        request.maxOutputTokens = maxOutputTokens
        request.displayName = displayName
        request.environment = project.environmentName(in: context)
        request.isLive = live
        request.isDryRun = isDryRun
        request.assumesYes = deployOptions.yes
        return request
    }

    /// Deploys, and adds to the document what came of it; what was written is written, and a script must hear of it.
    private func goOn(
        to document: inout JSONObject, with bot: String?, in context: CommandContext, _ format: OutputFormat
    ) async -> CommandStatus {
        do {
            let run = DeployRun(
                project: try await project.loadChecked(in: context, format: format, rules: rules),
                options: deployOptions, flags: project.flags, context: context,
                logger: try log.logger("candidate", in: context, default: .error), isForPeople: format == .human)
            let end = try await run.run()
            document.append("deploy", .object(end.document))
            if end.status == .ok, let bot = bot.flatMap({ run.project.bot(named: $0) }) {
                let entry = PoeEntryView(of: bot, in: run.project.environment)
                if format == .human { entry.show(context.terminal) }
                document.append("poe", entry.json)
            }
            return end.status
        } catch {
            let failure = Failures.failure(for: error)
            context.terminal.show(failure)
            document.append("error", failure.json)
            return failure.status
        }
    }
}
