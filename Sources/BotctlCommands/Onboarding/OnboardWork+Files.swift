import BotConfiguration
import ConfigurationRules
import Diagnostics
import Scaffolding

extension OnboardWork {
    /// Makes the bot's file, or finds the bot that is there already.
    mutating func makeFile() async throws {
        begin("scaffold")
        let wish = run.wish.bot
        switch try await scaffolder.scaffold([wish])[0] {
        case .success(let made):
            report.bot = made.scaffold.name
            report.files.append(made.file)
            end(.done, "\(made.file.path), \(Count.text(made.file.lines.count, "line"))", lines: made.notes)
        case .failure(let refusal):
            guard case .exists(let name) = refusal.code, let bot = try await loadProject().bot(named: name) else {
                throw CommandFailure(refusal.status, refusal.description, hint: refusal.hint)
            }
            guard wish.region == nil, wish.profile == nil, wish.template == nil else {
                throw CommandFailure(
                    .refused, refusal.description, hint: "change \(bot.file), or name a second bot with --name")
            }
            report.bot = name
            end(.done, "\(bot.file) is there already; nothing to write")
        }
    }

    /// Sees that the new files are valid in the project as it will be.
    ///
    /// - Returns: The bot, and the project that it is one of.
    mutating func validate() async throws -> (bot: ProjectBot, project: Project) {
        begin("validate")
        let sources = try await loadSources()
        let catalog = run.context.catalog
        let project = try await sources.makeProject(in: run.environment, catalog: catalog)
        let projects =
            sources.environments.count == 1 ? [project] : try await sources.makeProjects(in: nil, catalog: catalog)
        let bot = report.bot.flatMap { project.bot(named: $0) }
        let own = Set(report.files.map(\.path) + (bot.map { [$0.file] } ?? []))
        let all = await run.rules.concurrentDiagnostics(of: sources, in: projects)
        let found = all.filter { $0.file.map(own.contains) ?? false }
        let terminal = run.context.terminal
        guard let bot, !found.containsErrors else {
            let shown = found.containsErrors ? found : all
            let view = DiagnosticsView(diagnostics: shown)
            end(.failed, view.summary)
            view.showOnError(terminal)
            throw CommandFailure(
                .invalidConfiguration, "the bot would not be valid: \(view.summary)",
                hint: report.files.isEmpty ? nil : "nothing was written")
        }
        var lines: [String] = []
        let others = all.filter { $0.severity == .error }.count
        if others > 0 {
            lines.append("\(Count.text(others, "error")) in other files: 'botctl validate' shows them, deploys refuse")
        }
        let warnings = DiagnosticsView(diagnostics: found)
        end(
            found.isEmpty && lines.isEmpty ? .done : .noted,
            found.isEmpty ? "no problem in \(own.sorted().joined(separator: " and "))" : warnings.summary, lines: lines)
        warnings.showOnError(terminal)
        return (bot, project)
    }

    /// Puts the files on disk.
    mutating func write() throws {
        guard !report.files.isEmpty else { return }
        begin("write")
        guard !run.wish.isDryRun else {
            end(.skipped, "a dry run: nothing is written")
            return
        }
        let writer = ScaffoldWriter(location: run.location, context: run.context)
        try writer.create(report.files)
        report.isWritten = true
        let schemas = writer.refreshSchemas(report.files.contains { $0.path.hasPrefix("catalog.d/") })
        end(.done, report.files.map(\.path).joined(separator: ", "), lines: schemas.notes)
    }
}
