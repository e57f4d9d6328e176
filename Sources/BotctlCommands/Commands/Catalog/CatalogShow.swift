import ArgumentParser
import ModelCatalog
import Scaffolding

/// Shows everything that is known of one model.
struct CatalogShow: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show everything that is known of a model.",
        usage: "botctl catalog show <id> [<options>]",
        discussion: """
            What it can do, how it is called from a region, what it costs, where the facts come from, and the file \
            that makes a bot of it. With -o json the member 'facts' has the form of a file in catalog.d/, so that it \
            can be kept there and corrected.

            EXAMPLES
              botctl catalog show amazon.nova-micro-v1:0
              botctl catalog show anthropic.claude-sonnet-5-5 --region ap-northeast-1
              botctl catalog show zai.glm-5.3 -o json
            """)

    @Argument(help: "The model's id, with or without an inference profile's prefix.", completion: .allModelIDs)
    var id: String

    @Option(
        help: ArgumentHelp(
            "The region that calls it. Default: the one of bots that name none: the template's, else us-east-1.",
            valueName: "region"), completion: .regions)
    var region: String?

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let inUse = try project.loadCatalog(in: context, format: format)
        let facts = try inUse.requireModel(id)
        if let region { try inUse.requireRegion(region) }
        let placement = try await project.placement(of: facts.id, in: context)
        let view = ModelView(
            facts: facts, inUse: inUse, region: region ?? placement.region, placement: placement, today: context.today)
        context.terminal.output(view, as: format)
        return .ok
    }
}

extension ProjectOptions {
    /// Where a bot of a model is placed whose file says nothing of it, in the project if there is one here.
    fileprivate func placement(of modelID: String, in context: CommandContext) async throws -> BotPlacement {
        guard let location = try locationIfAny(in: context) else { return .schemaDefault }
        let scaffolder = Scaffolder(
            location: location, files: context.files, catalog: context.catalog,
            environment: environmentName(in: context))
        // An environment that is named is known to exist by now; without a default one the schema's values are left.
        return (try? await scaffolder.placement(of: modelID)) ?? .schemaDefault
    }
}

extension CatalogInUse {
    /// What is known of the model that a person names.
    ///
    /// - Throws: ``CommandFailure`` with the ids that may have been meant.
    func requireModel(_ id: String) throws -> ModelFacts {
        if let facts = catalog.facts(for: id) { return facts }
        let near = catalog.suggestedIDs(for: id, limit: 3)
        throw CommandFailure(
            .failure, "the catalog does not know the model '\(id)'",
            hint: near.isEmpty
                ? "'botctl catalog search WORDS' finds models; facts about a newer one go into catalog.d/"
                : Self.question(near))
    }

    /// The question for what was meant: `did you mean 'a', 'b' or 'c'?`.
    static func question(_ ids: [String]) -> String {
        let quoted = ids.map { "'\($0)'" }
        let last = quoted.last ?? ""
        let others = quoted.dropLast().joined(separator: ", ")
        return "did you mean \(others.isEmpty ? last : "\(others) or \(last)")?"
    }
}
