import JSONCoding
import Scaffolding

/// What came of a wish for new bots.
struct NewBots: Sendable {
    /// The bots whose files were made.
    var bots: [ScaffoldedBot] = []
    /// The models that got none.
    var skipped: [MakerSurvey.Skipped] = []
}

/// New bots, for people and for scripts.
struct NewBotsView {
    let result: NewBots
    let isDryRun: Bool
    /// Where the project is, for commands that go on with it.
    let flags: PlaceFlags
    /// What became of the schemas beside the bots.
    let schemas: SchemaRefresh
    /// Whether a line for each is enough.
    let showsTable: Bool

    /// Writes the files or a table of them to standard output, the rest to standard error.
    func show(_ terminal: Terminal) {
        if showsTable {
            showTable(terminal)
        } else {
            ScaffoldedFilesView(files: result.bots.flatMap(\.files)).show(terminal)
        }
        for bot in result.bots {
            let name = showsTable ? "\(bot.scaffold.name): " : ""
            for note in bot.notes { terminal.note(name + note, after: "note: ", columns: 6, indent: 6) }
        }
        for note in schemas.notes { terminal.note(note, after: "", columns: 0, indent: 2) }
        let style = terminal.errorStyle
        let skipped = showsTable ? ", \(result.skipped.count) skipped" : ""
        let verb = isDryRun ? "would be written" : "written"
        terminal.note("\(style.green("ok")): \(Count.text(result.bots.count, "bot")) \(verb)\(skipped)")
        guard !result.bots.isEmpty, !isDryRun else { return }
        NextStepsView(steps: [
            .init(flags.command("validate", takesEnvironment: false), "check the whole project"),
            .init(flags.command("diff"), "what a deploy would change"),
            .init(flags.command("deploy"), "make it live, with a smoke test before and after"),
        ]).show(terminal)
    }

    private func showTable(_ terminal: Terminal) {
        let style = terminal.outputStyle
        var table = TextTable(["MODEL", "BOT"])
        for bot in result.bots {
            table.append([
                TextTable.Cell(bot.scaffold.modelID), TextTable.Cell(bot.scaffold.name, paint: style.green),
            ])
        }
        for model in result.skipped {
            table.append([
                TextTable.Cell(model.modelID, paint: style.dim), TextTable.Cell("- \(model.reason)", paint: style.dim),
            ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
    }

    /// The result for scripts.
    var json: JSONObject {
        [
            "written": .bool(!isDryRun),
            "bots": .array(
                result.bots.map {
                    [
                        "name": .string($0.scaffold.name), "model": .string($0.scaffold.modelID),
                        "region": .string($0.region), "upstream_model": .string($0.upstreamID),
                        "file": .string($0.file.path), "text": .string($0.file.text),
                        "notes": .array($0.notes.map { .string($0) }),
                        "template": $0.template.map { .string($0.path) } ?? .null,
                        "picture": $0.picture.map { .string($0.path) } ?? .null,
                    ]
                }),
            "skipped": .array(
                result.skipped.map { ["model": .string($0.modelID), "reason": .string($0.reason)] }),
            "schemas": .array(schemas.written.map { .string($0.path) }),
        ]
    }
}
