import BotConfiguration
import CatalogSync
import DiagnosticRendering
import Scaffolding

/// What the listings tell that the catalog does not, for people and for scripts.
struct CatalogSyncView: ResultView {
    let report: CatalogReport
    let upstream: EnvironmentSettings.Upstream
    /// The names of the project's bots by the id of their model.
    let bots: [String: [String]]
    /// Where the project is, for commands that go on with it.
    let flags: PlaceFlags
    /// The arguments that said who is asked.
    let arguments: [String]
    /// What was written; nil where nothing was to be.
    var update: CatalogUpdate?
    /// What became of the schemas beside the facts.
    var schemas = SchemaRefresh()

    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        heading("new", report.new.count, terminal)
        for model in report.new {
            terminal.output("  " + style.green(model.id))
            terminal.output("    ", model.summary, indent: 4)
        }
        heading("changed", report.changed.count, terminal)
        for change in report.changed { show(change, paint: style.yellow, terminal) }
        heading("retired", report.retired.count, terminal)
        for change in report.retired { show(change, paint: style.red, terminal) }
        heading("listed, without a bot", report.withoutBot.count, terminal)
        if !report.withoutBot.isEmpty { showModelsWithoutBot(terminal) }
        showEnd(terminal)
    }

    private func showModelsWithoutBot(_ terminal: Terminal) {
        // Ids are there to be copied: where there is no room for both, they come before names.
        let hasNames = terminal.tableWidth >= 100
        var table = TextTable(["MODEL"] + (hasNames ? ["NAME"] : []) + ["CALLED"])
        for model in report.withoutBot {
            let name = hasNames ? [TextTable.Cell(model.name ?? "")] : []
            table.append([TextTable.Cell(model.id)] + name + [TextTable.Cell(model.ways)])
        }
        for line in table.lines(width: terminal.tableWidth, style: terminal.outputStyle) {
            terminal.output(line.trimmedAtEnd)
        }
    }

    private func heading(_ title: String, _ count: Int, _ terminal: Terminal) {
        guard count > 0 else { return }
        terminal.output(terminal.outputStyle.bold("\(title) (\(count))"))
    }

    private func show(_ change: CatalogReport.Change, paint: (String) -> String, _ terminal: Terminal) {
        let names = bots[change.id].map { "bots: \($0.joined(separator: ", "))" }
        if change.differences.isEmpty {
            // Of a model that is only missing there is little to say, and there may be many.
            let text = (change.lines + [names].compactMap(\.self)).joined(separator: "; ")
            terminal.output("  \(change.id): ", text, indent: 4, paintLabel: paint)
            return
        }
        terminal.output("  " + paint(change.id))
        for line in change.lines { terminal.output("    ", line, indent: 6) }
        if let names { terminal.output("    ", names, indent: 6) }
    }

    private func showEnd(_ terminal: Terminal) {
        func note(_ text: String) { terminal.note(text, after: "note: ", columns: 6, indent: 6) }
        if report.provisionedOnlyCount > 0 {
            let count = Count.text(report.provisionedOnlyCount, "model")
            note("\(count) that can only be bought as provisioned throughput left out")
        }
        let missing = report.retired.count { $0.retirement == .notListed }
        if missing > report.listedCount {
            note(
                "more models are missing than listed: is that the whole listing of \(report.regions.joined(separator: ", "))?"
            )
        }
        if report.ignoredCount > 0 {
            note("\(report.ignoredCount) of the entries left out: too many, or an id that cannot be one")
        }
        if !report.unknownProfiles.isEmpty {
            note("profiles of a kind that this botctl does not know: \(report.unknownProfiles.joined(separator: ", "))")
        }
        for written in update?.written ?? [] {
            note("\(written.file): \(written.id): \(written.keys.joined(separator: ", "))")
        }
        for refused in update?.refused ?? [] {
            note(
                "not written, \(refused.reason): \(refused.file): \(refused.id): \(refused.keys.joined(separator: ", "))"
            )
        }
        for text in schemas.notes { terminal.note(text, after: "", columns: 0, indent: 2) }
        terminal.note(summary, after: "\(terminal.errorStyle.green("ok")): ", columns: 4, indent: 4)
        if upstream == .simulator {
            note(
                "the simulator lists the catalog of this binary, so only the project's own facts can differ; "
                    + "'botctl catalog sync --live' asks Amazon Bedrock")
        }
        let steps = nextSteps
        if !steps.isEmpty { NextStepsView(steps: steps).show(terminal) }
    }

    private var summary: String {
        let numbers =
            "\(report.new.count) new, \(report.changed.count) changed, \(report.retired.count) retired, "
            + "\(report.withoutBot.count) without a bot"
        let who = upstream == .simulator ? "the simulator lists" : "Amazon Bedrock lists"
        let models = "\(who) \(Count.text(report.listedCount, "model")) in \(report.regions.joined(separator: ", "))"
        guard let update else { return "\(models): \(numbers); nothing was written" }
        let files = update.files.map(\.path).joined(separator: ", ")
        return "\(models): \(numbers); " + (files.isEmpty ? "there was nothing to write" : "wrote \(files)")
    }

    private var nextSteps: [NextStepsView.Step] {
        var steps: [NextStepsView.Step] = []
        if update == nil, report.hasNews {
            let words = ["botctl", "catalog", "sync"] + arguments + ["--write"] + flags.project + flags.environment
            steps.append(.init(words.map(ShellText.quoted).joined(separator: " "), "keep it in catalog.d"))
        } else if update?.files.isEmpty == false {
            steps.append(.init(flags.command("validate", takesEnvironment: false), "check the whole project"))
            steps.append(.init(flags.command("diff"), "facts of a bot's model belong to what is deployed"))
        }
        if let model = report.withoutBot.first(where: { model in report.new.contains { $0.id == model.id } })
            ?? report.withoutBot.first
        {
            steps.append(.init(flags.command("onboard", model.id), "make a bot of a listed model, and see it answer"))
        }
        return steps
    }
}
