import ArgumentParser
import Bedrock
import BotConfiguration
import CatalogSync
import ModelCatalog
import Scaffolding

/// Compares the catalog with what the model service lists.
struct CatalogSyncCommand: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Compare the catalog with what the model service lists; with --write keep it in catalog.d.",
        usage: "botctl catalog sync [<options>]",
        discussion: """
            Asks the control plane of each region for its models and inference profiles, and shows which models are \
            new, changed or retired, and which have no bot. Nothing is written unless --write is given.

            With --write, new models and changed values go into catalog.d/listed.yaml, or into the file of catalog.d \
            that speaks of the model already. What such a file says itself wins over the listing, which is told; \
            comments stay. A model that is no longer listed is told and never written. The project must be as valid \
            afterwards as before.

            The environment says who is asked: where its upstream is the simulator, a simulator in this process \
            answers, which lists the catalog of this binary. --live asks Amazon Bedrock instead; that needs AWS \
            credentials with bedrock:ListFoundationModels and bedrock:ListInferenceProfiles, and for bots whose model is \
            the ARN of an application inference profile bedrock:GetInferenceProfile, to know their models.

            Exit status: 0, also when there are changes; with --detailed-exitcode 2 when there are changes; 1 when a \
            region could not be asked or lists nothing; 3 when the project would not be valid.

            EXAMPLES
              botctl catalog sync --live
              botctl catalog sync -e production --region us-east-1 --region eu-west-1
              botctl catalog sync --live --write
              botctl catalog sync --live --detailed-exitcode -o json
            """)

    @Option(
        name: .customLong("region"),
        help: ArgumentHelp(
            "A region to ask; repeatable. Default: the regions of the project's bots, else us-east-1.",
            valueName: "region"), completion: .regions)
    var regions: [String] = []

    @Flag(help: "Ask Amazon Bedrock, whatever the upstream of the environment is.")
    var live = false

    @Flag(help: "Write what is new or changed into catalog.d.")
    var write = false

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 when there are changes.")
    var detailedExitCode = false

    @OptionGroup var project: ProjectOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    /// The most regions that are asked at once.
    private static let regionLimit = 40
    /// The most inference profiles of the account that are looked up.
    private static let profileLimit = 100

    func validate() throws {
        guard regions.count <= Self.regionLimit else {
            throw ValidationError("--region can be given \(Self.regionLimit) times at most")
        }
        if let wrong = regions.first(where: { !TextFormat.region.accepts($0) }) {
            throw ValidationError("--region must be \(TextFormat.region.description), not '\(wrong)'")
        }
        guard !(write && detailedExitCode) else {
            throw ValidationError("--detailed-exitcode tells of changes that --write would have made: leave out one")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let location = write ? try project.location(in: context) : try project.locationIfAny(in: context)
        let inUse = try project.loadCatalog(in: context, format: format)
        let upstream = try upstream(in: context, location, format)
        let asked = try regionsToAsk(in: context, location)
        if format == .human, upstream == .aws {
            context.terminal.note("asking Amazon Bedrock in \(asked.joined(separator: ", "))")
        }
        let listings = ModelListings(try await context.listings(of: asked, from: upstream))
        let resolved = upstream == .aws ? try await modelsBehind(inUse.ownProfiles, in: context) : []
        let report = CatalogComparison(with: inUse.catalog, today: context.today)
            .report(on: listings, modelsWithBot: Set(inUse.bots.keys).union(resolved))
        var view = CatalogSyncView(
            report: report, upstream: upstream, bots: inUse.bots, flags: project.flags, arguments: arguments)
        if write, let location {
            let update = CatalogUpdate(
                of: report, over: inUse.catalog.overlays, in: location, files: context.files,
                command: (["botctl", "catalog", "sync"] + arguments + ["--write"]).joined(separator: " "),
                today: context.today)
            do {
                try update.check(by: rules.check(in: context), in: nil, catalog: context.catalog)
            } catch let error as CatalogSyncError {
                if format == .human { DiagnosticsView(diagnostics: error.diagnostics).showOnError(context.terminal) }
                throw error
            }
            try update.write(with: context.writer)
            view.update = update
            if !update.files.isEmpty {
                view.schemas = ScaffoldWriter(location: location, files: context.files, writer: context.writer)
                    .refreshSchemas(needsFacts: true)
            }
        }
        context.terminal.output(view, as: format)
        return detailedExitCode && report.hasNews ? .changes : .ok
    }

    /// The models that the account's own inference profiles stand for; one that cannot be asked about is noted.
    private func modelsBehind(_ profiles: Set<String>, in context: CommandContext) async throws -> Set<String> {
        var models: Set<String> = []
        for arn in profiles.sorted().prefix(Self.profileLimit) {
            guard let region = ModelCatalog.regionOfOwnProfile(arn) else { continue }
            do {
                models.formUnion(try await context.inferenceProfile(arn, in: region).modelIDs)
            } catch let error as ControlPlaneError {
                context.terminal.note("what \(ModelCatalog.baseID(of: arn)) stands for is not known: \(error)")
            }
        }
        return models
    }

    /// The arguments that say who is asked, for a command to be pasted.
    private var arguments: [String] { (live ? ["--live"] : []) + regions.flatMap { ["--region", $0] } }

    private func upstream(
        in context: CommandContext, _ location: ProjectLocation?, _ format: OutputFormat
    ) throws -> EnvironmentSettings.Upstream {
        if live { return .aws }
        guard location != nil else { return .simulator }
        return try project.loadEnvironment(in: context, format: format).settings.upstream
    }

    private func regionsToAsk(in context: CommandContext, _ location: ProjectLocation?) throws -> [String] {
        var wanted = Set(regions)
        if wanted.isEmpty, let location {
            // Broken bots do not matter here; an environment that is named was found before.
            let found = try? ProjectSources.read(location, files: context.files)
                .project(in: project.environmentName(in: context), catalog: context.catalog)
            for bot in found?.bots ?? [] where bot.config.model.provider == .bedrock {
                wanted.formUnion([bot.config.model.region] + bot.config.model.failover.map(\.region))
            }
        }
        if wanted.isEmpty { wanted = [BotPlacement.schemaDefault.region] }
        guard wanted.count <= Self.regionLimit else {
            throw CommandFailure(
                .failure, "the project's bots are in \(wanted.count) regions", hint: "name some with --region")
        }
        return wanted.sorted()
    }
}
