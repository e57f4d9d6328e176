import ArgumentParser
import BotConfiguration
import ModelCatalog
import Scaffolding

/// Writes the files of new bots.
struct New: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write the file of a new bot: the fewest lines that are valid.",
        usage: """
            botctl new [<name>] --model <id> [<options>]
            botctl new --for-all <maker> [<options>]
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
            "Every text model of that maker that can be called and has no bot yet.", valueName: "maker"),
        completion: .makers)
    var maker: String?

    @OptionGroup var placement: PlacementOptions

    @Flag(name: .customLong("dry-run"), help: "Show what would be written, and write nothing.")
    var isDryRun = false

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func validate() throws {
        guard maker != nil, model != nil || name != nil else { return }
        throw ValidationError("--for-all names the models and the bots; leave the name and --model away")
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        if maker == nil, model == nil { throw noModel(in: context.catalog) }
        let location = try project.location(in: context)
        let scaffolder = Scaffolder(
            location: location, files: context.files, catalog: context.catalog,
            environment: project.environmentName(in: context))
        let result: NewBots
        if let maker {
            let inUse = try project.loadCatalog(in: context, format: format)
            result = try await bots(of: maker, scaffolder, inUse, today: context.today)
        } else {
            let facts = try context.projectFacts(at: location, format: format)
            result = try await bot(of: model ?? "", scaffolder, context.catalog.adding(facts.overlays))
        }
        var schemas = SchemaRefresh()
        if !isDryRun, !result.bots.isEmpty {
            let writer = ScaffoldWriter(location: location, files: context.files, writer: context.writer)
            try writer.create(result.bots.flatMap(\.files))
            schemas = writer.refreshSchemas()
        }
        let view = NewBotsView(
            result: result, isDryRun: isDryRun, flags: project.flags, schemas: schemas, showsTable: maker != nil)
        switch format {
        case .json: context.terminal.outputJSON(view.json)
        case .human: view.show(context.terminal)
        }
        return .ok
    }

    /// What to say where nobody named the model, or named it as if it were the bot.
    private func noModel(in catalog: ModelCatalog) -> CommandFailure {
        guard let name else {
            return CommandFailure(.usage, "name the model with --model, or a maker with --for-all")
        }
        guard catalog.facts(for: name) != nil || ModelCatalog.isARN(name) || name.contains(":") else {
            return CommandFailure(
                .usage, "'\(name)' is the bot's name; its model is missing",
                hint: project.flags.command("new", name, "--model") + " ID")
        }
        return CommandFailure(
            .usage, "'\(name)' is a model's id, and stands where the bot's name belongs",
            hint: "'\(project.flags.command("new", "--model", name))', or "
                + "'\(project.flags.command("onboard", name))' to see it answer at once")
    }

    /// What to say of a maker none of whose models chats.
    private func nothingToMake(of survey: MakerSurvey) -> CommandFailure {
        let commands = survey.others.map { "'\(project.flags.command("new", "--model", $0.id))'" }
        let hint =
            commands.isEmpty ? "none of its models can be a bot" : "one by one: \(commands.joined(separator: ", "))"
        return CommandFailure(
            .failure, "\(survey.maker) has no model that chats, and --for-all makes bots of those", hint: hint)
    }

    private func bot(of model: String, _ scaffolder: Scaffolder, _ catalog: ModelCatalog) async throws -> NewBots {
        guard ModelCatalog.isARN(model) || catalog.facts(for: model) != nil else {
            throw CommandFailure.unknownModel(model, in: catalog, flags: project.flags)
        }
        switch try await scaffolder.scaffold([placement.request(modelID: model, name: name)])[0] {
        case .success(let bot): return NewBots(bots: [bot])
        case .failure(var refusal):
            if case .exists = refusal.code {
                refusal.hint =
                    "give a second one another name: " + project.flags.command("new", "NAME", "--model", model)
            }
            throw refusal
        }
    }

    private func bots(
        of maker: String, _ scaffolder: Scaffolder, _ inUse: CatalogInUse, today: String
    ) async throws -> NewBots {
        try inUse.requireMaker(maker)
        guard let survey = MakerSurvey(of: maker, in: inUse.catalog, today: today) else { return NewBots() }
        guard !survey.wanted.isEmpty || !survey.skipped.isEmpty else { throw nothingToMake(of: survey) }
        var result = NewBots(skipped: survey.skipped)
        let requests = survey.wanted.map { placement.request(modelID: $0.id, name: nil) }
        for (model, outcome) in zip(survey.wanted, try await scaffolder.scaffold(requests)) {
            switch outcome {
            case .success(let bot): result.bots.append(bot)
            case .failure(let refusal):
                var reason = refusal.description
                if case .exists(let bot) = refusal.code { reason = "has a bot: \(bot)" }
                // What is wrong with the wish or the project is wrong for every model.
                if [.template, .settings].contains(refusal.code) { throw refusal }
                result.skipped.append(MakerSurvey.Skipped(modelID: model.id, reason: reason))
            }
        }
        result.skipped.sort { $0.modelID < $1.modelID }
        return result
    }
}
