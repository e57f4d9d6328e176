import ArgumentParser
import BotConfiguration
import JSONCoding
import ModelCatalog
import Scaffolding
import Suggestions

/// Writes the files of new bots.
struct New: BotctlCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the file of a new bot: the fewest lines that are valid.",
        usage: """
            botctl new [<name>] --model <id> [<options>]
            botctl new --for-all <provider> [<options>]
            """,
        discussion: """
            The file names the model, and its region or profile where what the template says does not reach the model; \
            it gets a smoke case unless the template has one. A name is made of the model's id where none is given. \
            Nothing is ever overwritten. 'botctl onboard' does the same and smoke-tests the bot at once.

            EXAMPLES
              botctl new --model anthropic.claude-opus-5-5
              botctl new support --model amazon.nova-pro-v1:0 --template SUPPORT
              botctl new --for-all anthropic --dry-run
            """)

    @Argument(help: "The bot's name. Default: made of the model's id.")
    var name: String?

    @Option(help: ArgumentHelp("The model's id or ARN.", valueName: "id"), completion: .modelIDs)
    var model: String?

    @Option(
        name: .customLong("for-all"),
        help: ArgumentHelp(
            "Every text model of that provider that can be called and has no bot yet.", valueName: "provider"),
        completion: .providers)
    var provider: String?

    @OptionGroup var placement: PlacementOptions

    @Flag(name: .customLong("dry-run"), help: "Show what would be written, and write nothing.")
    var isDryRun = false

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func validate() throws {
        if provider != nil {
            guard model == nil, name == nil else {
                throw ValidationError("--for-all names the models and the bots; leave the name and --model away")
            }
        } else if model == nil {
            throw ValidationError("name the model with --model, or a provider with --for-all")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let location = try project.location(in: context)
        let scaffolder = Scaffolder(
            location: location, files: context.files, catalog: context.catalog,
            environment: project.environmentName(in: context))
        let catalog = context.catalog.adding(try context.projectFacts(at: location, format: format).overlays)
        let result: NewBots
        if let provider {
            result = try await bots(of: provider, scaffolder, catalog, in: context)
        } else {
            result = try await bot(of: model ?? "", scaffolder, catalog)
        }
        var schemas = SchemaRefresh()
        if !isDryRun, !result.bots.isEmpty {
            let writer = ScaffoldWriter(location: location, context: context)
            try writer.create(result.bots.map(\.file))
            schemas = writer.refreshSchemas(false)
        }
        let view = NewBotsView(result: result, isDryRun: isDryRun, schemas: schemas, showsTable: provider != nil)
        switch format {
        case .json: context.terminal.outputJSON(view.json)
        case .human: view.show(context.terminal)
        }
        return .ok
    }

    private func bot(of model: String, _ scaffolder: Scaffolder, _ catalog: ModelCatalog) async throws -> NewBots {
        guard model.hasPrefix("arn:") || catalog.facts(for: model) != nil else {
            throw CommandFailure.unknownModel(model, in: catalog)
        }
        switch try await scaffolder.scaffold([placement.request(modelID: model, name: name)])[0] {
        case .success(let bot): return NewBots(bots: [bot])
        case .failure(let refusal):
            var hint = refusal.hint
            if case .exists = refusal.code { hint = "give a second one another name: botctl new NAME --model \(model)" }
            throw CommandFailure(refusal.status, refusal.description, hint: hint)
        }
    }

    private func bots(
        of provider: String, _ scaffolder: Scaffolder, _ catalog: ModelCatalog, in context: CommandContext
    ) async throws -> NewBots {
        guard let survey = ProviderSurvey(of: provider, in: catalog, today: context.today) else {
            let names = catalog.providers
            let meant = Spelling.closest(to: provider, among: names)
            throw CommandFailure(
                .failure, "the catalog has no provider '\(provider)'",
                hint: meant.map { "did you mean '\($0)'?" } ?? "providers: \(names.joined(separator: ", "))")
        }
        var result = NewBots(skipped: survey.skipped)
        let requests = survey.wanted.map { placement.request(modelID: $0.id, name: nil) }
        for (model, outcome) in zip(survey.wanted, try await scaffolder.scaffold(requests)) {
            switch outcome {
            case .success(let bot): result.bots.append(bot)
            case .failure(let refusal):
                var reason = refusal.description
                if case .exists(let bot) = refusal.code { reason = "has a bot: \(bot)" }
                // What is wrong with the wish is wrong for every model.
                if refusal.code == .template {
                    throw CommandFailure(refusal.status, refusal.description, hint: refusal.hint)
                }
                result.skipped.append(ProviderSurvey.Skipped(modelID: model.id, reason: reason))
            }
        }
        result.skipped.sort { $0.modelID < $1.modelID }
        return result
    }
}

extension ScaffoldRefusal {
    /// How a command ends that this stops.
    var status: CommandStatus {
        switch code {
        case .taken, .exists: .refused
        case .name, .model, .template: .invalidConfiguration
        }
    }
}
