import ArgumentParser
import BotConfiguration
import FileAccess

/// Where the project is.
struct ProjectPlaceOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .long],
        help: ArgumentHelp("The project's root. Default: found upwards from here.", valueName: "dir"),
        completion: .directory)
    var directory: String?

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

    /// Where the project's files are.
    ///
    /// - Throws: ``CommandFailure`` when there is no project.
    func location(in context: CommandContext) throws -> ProjectLocation {
        guard let location = try locationIfAny(in: context) else {
            throw CommandFailure(
                .failure, "there is no botctl project here: no botctl.yaml and no bots.d up to the repository's root",
                hint: "go to the project, or name it with -C; 'botctl init' makes one")
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
            let location = ProjectLocation(root: root, botsDirectory: bots, templatesDirectory: templates)
            guard bots != nil || location.isProject(in: context.files) else {
                throw CommandFailure(
                    .failure, "\(named) is no botctl project: it holds neither botctl.yaml nor bots.d",
                    hint: "name another with -C; 'botctl init \(named)' makes one there")
            }
            return location
        }
        let root = ProjectLocation.findRoot(from: context.workingDirectory, in: context.files)
        guard let root = root ?? (bots == nil ? nil : context.workingDirectory) else { return nil }
        return ProjectLocation(root: root, botsDirectory: bots, templatesDirectory: templates)
    }
}
