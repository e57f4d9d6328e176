import ArgumentParser
import JSONCoding
import ModelCatalog
import Suggestions

/// Lists models.
struct CatalogList: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List models, all or those that filters let pass.",
        usage: "botctl catalog list [<options>]",
        discussion: """
            Filters go together: a model must pass all of them. A capability that is not known of a model does not \
            pass. Columns: context and longest answer in tokens, price in US dollars for a million tokens in and out, \
            number of regions from which the model can be called ('?' where that is not known, 0 where only another \
            endpoint serves it), announced end of life.

            EXAMPLES
              botctl catalog list --maker anthropic
              botctl catalog list --region eu-west-1 --on-demand --capability vision
              botctl catalog list --kind image -o json
              botctl catalog list --unused --kind text     models that no bot has yet
            """)

    @Option(
        help: ArgumentHelp("Only models of this maker, such as anthropic.", valueName: "name"), completion: .makers)
    var maker: String?

    /// The older name of the option.
    @Option(
        name: .customLong("provider"), help: ArgumentHelp("The same as --maker.", visibility: .hidden),
        completion: .makers)
    var formerMaker: String?

    @Option(help: ArgumentHelp("Only models that make this.", valueName: "kind"))
    var kind: ModelKind?

    @Option(
        help: ArgumentHelp(
            "Only models that can be called from this region, by their id or a profile.", valueName: "region"),
        completion: .regions)
    var region: String?

    @Option(
        name: .customLong("capability"),
        help: ArgumentHelp(
            "Only models that are known to be able to do this, such as vision; repeatable.", valueName: "name"))
    var capabilities: [ModelCapability] = []

    @Flag(
        name: .customLong("on-demand"),
        help: "Only models that take their bare id: in the region that is named, else in any.")
    var onDemand = false

    @Flag(help: "Only models that a bot of this project has.")
    var used = false

    @Flag(help: "Only models that no bot of this project has.")
    var unused = false

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func validate() throws {
        guard !(used && unused) else { throw ValidationError("--used and --unused cannot both be given") }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        if used || unused { _ = try project.location(in: context) }
        let inUse = try project.loadCatalog(in: context, format: format)
        var filter = ModelFilter()
        filter.maker = maker ?? formerMaker
        filter.kind = kind
        filter.region = region
        filter.capabilities = Set(capabilities)
        filter.isOnDemand = onDemand
        if let maker = filter.maker { try inUse.requireMaker(maker) }
        if let region { try inUse.requireRegion(region) }
        let models = inUse.catalog.models(matching: filter).filter { model in
            let isUsed = inUse.bots[model.id] != nil
            return (isUsed || !used) && !(isUsed && unused)
        }
        guard !models.isEmpty else {
            throw CommandFailure(.failure, "no model passes these filters", hint: "leave one of them out")
        }
        let view = ModelListView(models: models, inUse: inUse, region: region, today: context.today)
        switch format {
        case .json: context.terminal.outputJSON(view.json)
        case .human: view.showByKind(context.terminal)
        }
        return .ok
    }
}

extension CatalogInUse {
    /// - Throws: ``CommandFailure`` with a suggestion for a maker of no model.
    func requireMaker(_ name: String) throws {
        var filter = ModelFilter()
        filter.maker = name
        guard catalog.models(matching: filter).isEmpty else { return }
        let names = catalog.makers
        let prefixes = catalog.models.map { String($0.id.prefix { $0 != "." }) }
        let meant = Spelling.closest(to: name, among: names) ?? Spelling.closest(to: name, among: prefixes)
        throw CommandFailure(
            .failure, "no model of the catalog is made by '\(name)'",
            hint: meant.map { "did you mean '\($0)'?" } ?? "makers: \(names.joined(separator: ", "))")
    }

    /// - Throws: ``CommandFailure`` with a suggestion for a region from which no model can be called.
    func requireRegion(_ name: String) throws {
        let names = catalog.regions
        // The listing does not cover GovCloud.
        guard !names.contains(name), !name.hasPrefix("us-gov-") else { return }
        throw CommandFailure(
            .failure, "the catalog knows no model that can be called from '\(name)'",
            hint: Spelling.closest(to: name, among: names).map { "did you mean '\($0)'?" }
                ?? "regions: \(names.joined(separator: ", "))")
    }
}

extension ModelKind: ExpressibleByArgument {
    package init?(argument: String) { self.init(configurationName: argument) }

    package static var allValueStrings: [String] { allCases.map(\.configurationName) }
}

extension ModelCapability: ExpressibleByArgument {
    package init?(argument: String) { self.init(configurationName: argument) }

    package static var allValueStrings: [String] { allCases.map(\.configurationName) }
}
