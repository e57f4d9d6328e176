import BotConfiguration
import DiagnosticRendering
import Diagnostics
import FileAccess

extension DiagnosticReport {
    /// The report of a check of a project.
    ///
    /// - Parameters:
    ///   - diagnostics: What was found, in the order in which it is shown.
    ///   - sources: The project's files.
    ///   - projects: What was made of them, for each environment that was checked.
    ///   - location: Where the files are.
    ///   - context: The world outside.
    init(
        _ diagnostics: [Diagnostic], sources: ProjectSources, projects: [Project], at location: ProjectLocation,
        in context: CommandContext
    ) {
        let names = Set(projects.flatMap { $0.bots.map(\.name) })
        let environments = projects.map(\.environment.name)
        let problems = DiagnosticSummary(diagnostics).text
        let checked =
            "\(Count.text(names.count, "bot")) in \(Count.text(sources.botFileNames.count, "file")), "
            + "environment\(environments.count == 1 ? "" : "s") \(environments.joined(separator: ", "))"
        self.init(
            diagnostics: diagnostics, files: sources.botFileNames, botCount: names.count, environments: environments,
            summary: diagnostics.containsErrors
                ? problems : diagnostics.isEmpty ? checked : "\(checked); \(problems)",
            paths: RepositoryPaths(project: location.root, repository: context.repositoryRoot(of: location.root)),
            toolVersion: Version.current)
    }
}

extension CommandContext {
    /// The nearest directory upwards that is the root of a repository; nil when there is none.
    func repositoryRoot(of directory: String) -> String? {
        var current = directory
        while true {
            if files.kind(of: (current == "/" ? "" : current) + "/.git") != nil { return current }
            guard current != "/", let slash = current.lastIndex(of: "/") else { return nil }
            current = slash == current.startIndex ? "/" : String(current[..<slash])
        }
    }
}
