import ArgumentParser
import BotConfiguration
import ConfigurationRules
import Diagnostics
import FileAccess

/// Where the project is and which environment is meant.
struct ProjectOptions: ParsableArguments {
    @OptionGroup var place: ProjectPlaceOptions

    @Option(
        name: [.customShort("e"), .long],
        help: ArgumentHelp(
            "The environment. Default: default_environment of botctl.yaml, else local.", valueName: "name"),
        completion: .environments)
    var environment: String?

    /// The environment that is asked for, by flag or by `BOTCTL_ENVIRONMENT`.
    func environmentName(in context: CommandContext) -> String? {
        environment ?? context.setting("ENVIRONMENT")
    }

    /// Where the project's files are.
    ///
    /// - Throws: ``CommandFailure`` when there is no project.
    func location(in context: CommandContext) throws -> ProjectLocation { try place.location(in: context) }

    /// Where the project's files are; nil where there is none and none is named.
    ///
    /// - Throws: ``CommandFailure`` when a project is named that does not exist.
    func locationIfAny(in context: CommandContext) throws -> ProjectLocation? {
        try place.locationIfAny(in: context)
    }

    /// The project's files, without a broken `botctl.yaml`, whose diagnostics are shown and stop the command.
    ///
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration.
    private func readSources(in context: CommandContext, format: OutputFormat) async throws -> ProjectSources {
        let sources = await ProjectSources.load(try location(in: context), files: context.files)
        if sources.hasBrokenSettings {
            try context.requireNoErrors(sources.fileDiagnostics, in: "the configuration is", format: format)
        }
        return sources
    }

    /// The project in the environment that is asked for, with its diagnostics.
    func load(
        in context: CommandContext, format: OutputFormat, assignments: [ValueAssignment] = []
    ) async throws -> Project {
        async let catalog = context.catalog
        return try await readSources(in: context, format: format).makeProject(
            in: environmentName(in: context), catalog: catalog, assignments: assignments)
    }

    /// The project with all its bots made, for a command that only looks: rules are not applied, and warnings are left
    /// to `validate`, which knows the project's policy about them.
    ///
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration.
    func loadValid(
        in context: CommandContext, format: OutputFormat, assignments: [ValueAssignment] = []
    ) async throws -> Project {
        let project = try await load(in: context, format: format, assignments: assignments)
        try context.requireNoErrors(
            project.diagnostics.filter { $0.severity == .error }, in: "the configuration is", format: format)
        return project
    }

    /// The project as rules let it pass, for a command that makes something of it.
    ///
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration.
    func loadChecked(
        in context: CommandContext, format: OutputFormat, rules: RuleOptions, assignments: [ValueAssignment] = []
    ) async throws -> Project {
        async let catalog = context.catalog
        let sources = try await readSources(in: context, format: format)
        let project = try await sources.makeProject(
            in: environmentName(in: context), catalog: catalog, assignments: assignments)
        let diagnostics = await rules.check(in: context).concurrentDiagnostics(of: sources, in: [project])
        try context.requireNoErrors(diagnostics, in: "the configuration is", format: format)
        return project
    }
}

extension CommandContext {
    /// The value of a `BOTCTL_…` variable that is set and not empty.
    func setting(_ name: String) -> String? {
        variables["BOTCTL_" + name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
