import ArgumentParser
import BotConfiguration
import ConfigurationRules
import Diagnostics
import FileAccess

/// Where the project is and which environment is meant.
struct ProjectOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .long],
        help: ArgumentHelp("The project's root. Default: found upwards from here.", valueName: "dir"),
        completion: .directory)
    var directory: String?

    @Option(
        name: [.customShort("e"), .long],
        help: ArgumentHelp(
            "The environment. Default: default_environment of botctl.yaml, else local.", valueName: "name"),
        completion: .environments)
    var environment: String?

    @Option(
        name: .customLong("bots-dir"),
        help: ArgumentHelp("The directory of the bot files. Default: bots.d in the project.", valueName: "dir"),
        completion: .directory)
    var botsDirectory: String?

    @Option(
        name: .customLong("templates-dir"),
        help: ArgumentHelp("The directory of the templates. Default: templates in the project.", valueName: "dir"),
        completion: .directory)
    var templatesDirectory: String?

    /// The environment that is asked for, by flag or by `BOTCTL_ENVIRONMENT`.
    func environmentName(in context: CommandContext) -> String? {
        environment ?? context.setting("ENVIRONMENT")
    }

    /// Where the project's files are.
    ///
    /// - Throws: ``CommandFailure`` when there is no project.
    func location(in context: CommandContext) throws -> ProjectLocation {
        guard let location = try locationIfAny(in: context) else {
            throw CommandFailure(
                .failure, "there is no botctl project here: no botctl.yaml and no bots.d up to the repository's root",
                hint: "go to the project, or name it with -C")
        }
        return location
    }

    /// Where the project's files are; nil where there is none and none is named.
    ///
    /// - Throws: ``CommandFailure`` when a project is named that does not exist.
    func locationIfAny(in context: CommandContext) throws -> ProjectLocation? {
        try Self.location(
            directory: directory, botsDirectory: botsDirectory, templatesDirectory: templatesDirectory, in: context)
    }

    /// Where the project's files are, as flags, variables and the working directory say; nil where there is none and
    /// none is named.
    ///
    /// - Throws: ``CommandFailure`` when a project is named that does not exist.
    static func location(
        directory: String?, botsDirectory: String? = nil, templatesDirectory: String? = nil,
        in context: CommandContext
    ) throws -> ProjectLocation? {
        let bots = (botsDirectory ?? context.setting("BOTS_DIR")).map(context.absolutePath)
        let templates = (templatesDirectory ?? context.setting("TEMPLATES_DIR")).map(context.absolutePath)
        if let named = directory ?? context.setting("DIRECTORY") {
            let root = context.absolutePath(named)
            guard context.files.kind(of: root) == .directory else {
                throw CommandFailure(
                    .failure, "there is no directory \(named)", hint: "name the project's root with -C")
            }
            return ProjectLocation(root: root, botsDirectory: bots, templatesDirectory: templates)
        }
        let root = ProjectLocation.findRoot(from: context.workingDirectory, in: context.files)
        guard let root = root ?? (bots == nil ? nil : context.workingDirectory) else { return nil }
        return ProjectLocation(root: root, botsDirectory: bots, templatesDirectory: templates)
    }

    /// The project's files, without a broken `botctl.yaml`, whose diagnostics are shown and stop the command.
    ///
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration.
    func readSources(in context: CommandContext) async throws -> ProjectSources {
        let sources = await ProjectSources.load(try location(in: context), files: context.files)
        guard !sources.hasBrokenSettings else {
            let view = DiagnosticsView(diagnostics: sources.fileDiagnostics)
            view.showOnError(context.terminal)
            throw CommandFailure(.invalidConfiguration, "the configuration is invalid: \(view.summary)")
        }
        return sources
    }

    /// The project in the environment that is asked for, with its diagnostics.
    func load(in context: CommandContext, assignments: [ValueAssignment] = []) async throws -> Project {
        async let catalog = context.catalog
        return try await readSources(in: context).makeProject(
            in: environmentName(in: context), catalog: catalog, assignments: assignments)
    }

    /// The project with all its bots made, for a command that only looks: rules are not applied, and warnings are left
    /// to `validate`, which knows the project's policy about them.
    ///
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration.
    func loadValid(
        in context: CommandContext, format: OutputFormat, assignments: [ValueAssignment] = []
    ) async throws -> Project {
        let project = try await load(in: context, assignments: assignments)
        try requireNoErrors(project.diagnostics.filter { $0.severity == .error }, in: context, format: format)
        return project
    }

    /// The project as rules let it pass, for a command that makes something of it.
    ///
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration.
    func loadChecked(
        in context: CommandContext, format: OutputFormat, rules: RuleOptions, assignments: [ValueAssignment] = []
    ) async throws -> Project {
        async let catalog = context.catalog
        let sources = try await readSources(in: context)
        let project = try await sources.makeProject(
            in: environmentName(in: context), catalog: catalog, assignments: assignments)
        let diagnostics = await rules.check(in: context).concurrentDiagnostics(of: sources, in: [project])
        try requireNoErrors(diagnostics, in: context, format: format)
        return project
    }

    /// Shows the diagnostics; errors among them stop the command.
    private func requireNoErrors(
        _ diagnostics: [Diagnostic], in context: CommandContext, format: OutputFormat
    ) throws {
        let view = DiagnosticsView(diagnostics: diagnostics)
        if format == .human { view.showOnError(context.terminal) }
        guard !diagnostics.containsErrors else {
            throw CommandFailure(
                .invalidConfiguration, "the configuration is invalid: \(view.summary)",
                hint: format == .json ? "run 'botctl validate -o json' for each problem" : nil)
        }
    }
}

extension CommandContext {
    /// The value of a `BOTCTL_…` variable that is set and not empty.
    func setting(_ name: String) -> String? {
        variables["BOTCTL_" + name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
