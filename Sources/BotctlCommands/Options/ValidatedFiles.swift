import BotConfiguration
import Diagnostics
import FileAccess
import Suggestions

/// The files that a person asks `validate` about, by path or by the name of a bot.
///
/// All of the project is checked for them, as rules need the whole picture.
struct ValidatedFiles: Sendable {
    /// As diagnostics name them, in the order of the names.
    let names: [String]
    /// Those of them that hold bots.
    private let botFiles: Set<String>
    /// The files of bots that nobody asks about.
    private let otherBotFiles: Set<String>

    /// Finds the files.
    ///
    /// - Parameters:
    ///   - subjects: Paths of files, from the working directory or from the project's root, and names of bots.
    ///   - sources: The project's files.
    ///   - projects: What was made of them.
    ///   - context: The world outside.
    /// - Throws: ``CommandFailure`` with a suggestion for what is neither a file of the project nor a bot.
    init(
        _ subjects: [String], in sources: ProjectSources, _ projects: [Project], context: CommandContext
    ) throws(CommandFailure) {
        let location = sources.location
        var byBot = Dictionary(sources.botFiles.map { ($0.stem, $0.name) }, uniquingKeysWith: { first, _ in first })
        for bot in projects.flatMap(\.mergedBots) { byBot[bot.name] = bot.file.name }
        var found: Set<String> = []
        for subject in subjects {
            let paths = [context.absolutePath(subject), location.root + "/" + subject]
            if let bot = byBot[subject] {
                found.insert(bot)
            } else if let path = paths.first(where: { Self.isFile($0, of: location, in: context.files) }) {
                found.insert(location.displayName(of: path))
            } else {
                throw CommandFailure(
                    .failure, "'\(subject)' is neither a bot nor a file of this project",
                    hint: Self.meant(by: subject, among: byBot).map { "did you mean '\($0)'?" }
                        ?? "name a bot as 'botctl list' does, or its file; without a name everything is shown")
            }
        }
        names = found.sorted()
        botFiles = found.intersection(sources.botFiles.map(\.name))
        otherBotFiles = Set(sources.botFiles.map(\.name)).subtracting(found)
    }

    /// The bot, or the file of the one, that was probably meant.
    ///
    /// Folder and ending of a path do not count: they are the same in all, and would make any two names seem near.
    private static func meant(by subject: String, among files: [String: String]) -> String? {
        let isPath = subject.contains("/") || subject.hasSuffix(".yaml") || subject.hasSuffix(".yml")
        guard isPath else { return Spelling.closest(to: subject, among: files.keys) }
        let last = subject.split(separator: "/").last ?? ""
        let stem = last.lastIndex(of: ".").map { last[..<$0] } ?? last
        return Spelling.closest(to: String(stem), among: files.keys).flatMap { files[$0] }
    }

    private static func isFile(_ path: String, of location: ProjectLocation, in files: any FileReading) -> Bool {
        let directories = [location.botsDirectory, location.templatesDirectory, location.factsDirectory]
        let isRead = directories.contains { path.hasPrefix($0 + "/") } || path == location.root + "/botctl.yaml"
        return isRead && files.kind(of: path) == .file
    }

    /// Whether a diagnostic is about one of the files: it stands there, or it names a place in a bot's file.
    ///
    /// An error in what bots share, such as a template, may be about any of them, and no bot is deployed over it.
    func contains(_ diagnostic: Diagnostic) -> Bool {
        guard let file = diagnostic.file else { return true }
        if diagnostic.severity == .error, !otherBotFiles.contains(file) { return true }
        return names.contains(file) || diagnostic.notes.contains { botFiles.contains($0.location?.file ?? "") }
    }
}
