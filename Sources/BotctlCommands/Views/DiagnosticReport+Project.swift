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
    ///   - files: The files that were asked about; nil for all.
    ///   - context: The world outside.
    init(
        _ diagnostics: [Diagnostic], sources: ProjectSources, projects: [Project], at location: ProjectLocation,
        files: ValidatedFiles? = nil, in context: CommandContext
    ) {
        let shown = files.map { diagnostics.filter($0.contains) } ?? diagnostics
        let fileNames = files?.names ?? sources.botFileNames
        let botNames = projects.lazy.flatMap(\.bots).filter { files?.names.contains($0.file) ?? true }.map(\.name)
        let botCount = Set(botNames).count
        let environments = projects.map(\.environment.name)
        let problems = DiagnosticSummary(shown).text
        var summary = problems
        if !shown.containsErrors {
            summary =
                "\(Count.text(botCount, "bot")) in \(Count.text(fileNames.count, "file")), "
                + "environment\(environments.count == 1 ? "" : "s") \(environments.joined(separator: ", "))"
                + (shown.isEmpty ? "" : "; \(problems)")
        }
        if let files {
            summary += "; only \(files.names.joined(separator: ", ")) \(files.names.count == 1 ? "is" : "are") shown"
            let others = diagnostics.filter { !files.contains($0) }
            if !others.isEmpty { summary += ", not \(DiagnosticSummary(others).text)" }
        }
        self.init(
            diagnostics: shown, files: fileNames, botCount: botCount, environments: environments, summary: summary,
            paths: RepositoryPaths(project: location.root, repository: context.repositoryRoot(of: location.root)),
            toolVersion: Version.current)
        if files != nil { hiddenCount = diagnostics.count - shown.count }
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
