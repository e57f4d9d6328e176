import ArgumentParser
import BotConfiguration
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
            "The environment. Default: default_environment of botctl.yaml, else local.", valueName: "name"))
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
        guard let root = root ?? (bots == nil ? nil : context.workingDirectory) else {
            throw CommandFailure(
                .failure, "there is no botctl project here: no botctl.yaml and no bots.d up to the repository's root",
                hint: "go to the project, or name it with -C")
        }
        return ProjectLocation(root: root, botsDirectory: bots, templatesDirectory: templates)
    }

    /// The project in the environment that is asked for, with its diagnostics.
    func load(in context: CommandContext, assignments: [ValueAssignment] = []) throws -> Project {
        let sources = ProjectSources.read(try location(in: context), files: context.files)
        guard !sources.hasBrokenSettings else {
            let view = DiagnosticsView(diagnostics: sources.fileDiagnostics, fileCount: 1)
            view.showOnError(context.terminal)
            throw CommandFailure(.invalidConfiguration, "the configuration is invalid: \(view.summary)")
        }
        return try sources.project(
            in: environmentName(in: context), catalog: context.catalog, assignments: assignments)
    }

    /// The project without errors; its errors are shown and stop the command.
    ///
    /// - Throws: ``CommandFailure`` with the status for an invalid configuration.
    func loadValid(
        in context: CommandContext, format: OutputFormat, assignments: [ValueAssignment] = []
    ) throws -> Project {
        let project = try load(in: context, assignments: assignments)
        let view = DiagnosticsView(diagnostics: project.diagnostics, fileCount: project.fileCount)
        if format == .human { view.showOnError(context.terminal) }
        guard !project.diagnostics.containsErrors else {
            throw CommandFailure(
                .invalidConfiguration, "the configuration is invalid: \(view.summary)",
                hint: format == .json ? "run 'botctl validate -o json' for each problem" : nil)
        }
        return project
    }
}

extension CommandContext {
    /// The value of a `BOTCTL_…` variable that is set and not empty.
    func setting(_ name: String) -> String? {
        variables["BOTCTL_" + name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
