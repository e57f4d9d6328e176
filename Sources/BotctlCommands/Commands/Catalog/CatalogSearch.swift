import ArgumentParser
import JSONCoding
import ModelCatalog

/// Finds models by words.
struct CatalogSearch: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find models by words of their id, name, maker or kind, the best match first.",
        usage: "botctl catalog search <words> ... [<options>]",
        discussion: """
            Every word must be found in a model; beginnings of words, and words with a slip in them, are found too.

            EXAMPLES
              botctl catalog search claude sonnet 4.5
              botctl catalog search amazon image
              botctl catalog search llama --limit 50 -o json
            """)

    @Argument(help: "What the model is called, as far as you know.")
    var words: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("How many models to show, the best first.", valueName: "n"))
    var limit = 10

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let inUse = try project.loadCatalog(in: context, format: format)
        let text = words.joined(separator: " ")
        let found = inUse.catalog.search(text)
        guard !found.isEmpty else {
            let near = inUse.catalog.closestIDs(to: text, limit: 3)
            throw CommandFailure(
                .failure, "no model has all of '\(text)'",
                hint: near.isEmpty ? "try fewer words, or 'botctl catalog list'" : CatalogInUse.question(near))
        }
        let shown = Array(found.prefix(limit))
        let view = ModelListView(models: shown, inUse: inUse, region: nil, today: context.today)
        switch format {
        case .json:
            var json = view.json
            json["found"] = .integer(found.count)
            context.terminal.outputJSON(json)
        case .human:
            view.showRanked(context.terminal)
            if found.count > shown.count {
                context.terminal.note("and \(Count.text(found.count - shown.count, "more model")); --limit shows more")
            }
        }
        return .ok
    }
}
