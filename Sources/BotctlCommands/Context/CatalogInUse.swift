import BotConfiguration
import Diagnostics
import ModelCatalog
import WallClock

/// What a command knows of models: the binary's facts, and over them those of the project that it stands in.
struct CatalogInUse: Sendable {
    var catalog: ModelCatalog
    /// The binary's own facts.
    let snapshot: ModelCatalog
    /// What the project itself says; nil outside a project.
    var projectFacts: ProjectFacts?
    /// The names of the project's bots by the id of their model.
    var bots: [String: [String]] = [:]
    /// The ARNs of the account's own inference profiles that stand in the place of a model's id.
    var ownProfiles: Set<String> = []
}

extension ProjectOptions {
    /// The catalog, with the facts and bots of the project if there is one here.
    ///
    /// Broken bots do not matter; broken facts stop the command.
    ///
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration; ``ProjectError`` for an environment
    ///   that is named and does not exist.
    func loadCatalog(in context: CommandContext, format: OutputFormat) throws -> CatalogInUse {
        guard let location = try locationIfAny(in: context) else {
            return CatalogInUse(catalog: context.catalog, snapshot: context.catalog)
        }
        let facts = try context.projectFacts(at: location, format: format)
        var inUse = CatalogInUse(
            catalog: context.catalog.adding(facts.overlays), snapshot: context.catalog, projectFacts: facts)
        let sources = ProjectSources.read(location, files: context.files)
        let name = environmentName(in: context)
        // Where nobody names an environment, one that is not to be found only means that no bot is known.
        let project =
            name == nil
            ? try? sources.project(catalog: context.catalog)
            : try sources.project(in: name, catalog: context.catalog)
        for bot in project?.mergedBots ?? [] {
            guard let id = bot.text("model", "id") else { continue }
            if ModelCatalog.regionOfOwnProfile(id) != nil { inUse.ownProfiles.insert(id) }
            inUse.bots[ModelCatalog.baseID(of: id), default: []].append(bot.name)
        }
        return inUse
    }
}

extension CommandContext {
    /// The project's own facts about models.
    ///
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration when something is wrong in their
    ///   files, which is shown.
    func projectFacts(at location: ProjectLocation, format: OutputFormat = .human) throws -> ProjectFacts {
        let (facts, diagnostics) = ProjectSources.facts(at: location, files: files)
        try requireNoErrors(diagnostics, in: "the project's facts about models are", format: format)
        return facts
    }

    /// The day, as an ISO 8601 date.
    var today: String { String(clock.now().iso8601.prefix(10)) }
}
