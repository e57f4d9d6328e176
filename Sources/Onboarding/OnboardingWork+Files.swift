import BotConfiguration
import ConfigurationRules
import Diagnostics
import Scaffolding

extension OnboardingWork {
    /// Makes the bot's file, or finds the bot that is there already.
    mutating func makeFile(_ onEvent: Listener) async throws {
        begin(.scaffold, onEvent)
        switch try await scaffolder.scaffold([request.bot])[0] {
        case .success(let made):
            report.bot = made.scaffold.name
            report.files += made.files
            end(.made(made), onEvent)
        case .failure(var refusal):
            guard case .exists(let name) = refusal.code, let bot = try await loadProject().bot(named: name) else {
                throw refusal
            }
            guard request.bot.region == nil, request.bot.profile == nil, request.bot.template == nil else {
                refusal.hint = "change \(bot.file), or name a second bot with --name"
                throw refusal
            }
            report.bot = name
            end(.found(file: bot.file), onEvent)
        }
    }

    /// Sees that the new files are valid in the project as it will be.
    ///
    /// Errors in other files are counted and do not stand in the way: they were there before.
    ///
    /// - Returns: The bot, and the project that it is one of.
    mutating func validate(_ onEvent: Listener) async throws -> (bot: ProjectBot, project: Project) {
        begin(.validate, onEvent)
        let sources = try await loadSources()
        let catalog = dependencies.catalog
        let project = try await sources.makeProject(in: request.environment, catalog: catalog)
        let projects =
            sources.environments.count == 1 ? [project] : try await sources.makeProjects(in: nil, catalog: catalog)
        let bot = report.bot.flatMap { project.bot(named: $0) }
        let own = Set(report.files.map(\.path) + (bot.map { [$0.file] } ?? []))
        let all = await dependencies.check.concurrentDiagnostics(of: sources, in: projects)
        let template = bot?.template.map { template in
            location.displayName(of: "\(location.templatesDirectory)/\(template).")
        }
        // What is wrong in the bot's template is wrong with the bot; what is only unwise there is its own affair.
        let found = all.filter { diagnostic in
            guard let file = diagnostic.file else { return false }
            return own.contains(file) || diagnostic.severity == .error && template.map(file.hasPrefix) == true
        }
        guard let bot, !found.containsErrors else {
            throw OnboardingFailure.invalid(found.containsErrors ? found : all)
        }
        let others = all.filter { $0.severity == .error }.count
        let pictures = report.files.filter { $0.picture != nil }.map(\.path)
        end(.valid(files: own.subtracting(pictures).sorted(), found, errorsElsewhere: others), onEvent)
        return (bot, project)
    }

    /// Puts the files on disk, if there are any.
    mutating func write(
        _ project: Project, _ onEvent: Listener, willWrite: (Project) async throws -> Void
    ) async throws {
        guard !report.files.isEmpty else { return }
        if !request.isDryRun { try await willWrite(project) }
        begin(.write, onEvent)
        guard !request.isDryRun else { return end(.notWritten, onEvent) }
        let writer = ScaffoldWriter(location: location, files: dependencies.files, writer: dependencies.writer)
        try writer.create(report.files)
        report.isWritten = true
        let schemas = writer.refreshSchemas(needsFacts: report.files.contains { $0.path.hasPrefix("catalog.d/") })
        end(.written(files: report.files.map(\.path), schemas), onEvent)
    }
}
