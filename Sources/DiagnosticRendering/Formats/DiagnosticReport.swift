package import Diagnostics

/// What a check of a project found, as every format shows it.
package struct DiagnosticReport: Sendable {
    /// In the order in which they are shown.
    package var diagnostics: [Diagnostic]
    /// The bot files that were looked at, as diagnostics name them.
    package var files: [String]
    /// How many bots the files describe.
    package var botCount: Int
    /// The names of the environments that were checked.
    package var environments: [String]
    /// What comes after the verdict: "3 bots in 3 files, environment local", "2 errors in 1 file".
    package var summary: String
    /// Where files are found from the root of the repository.
    package var paths: RepositoryPaths
    /// The version of this botctl.
    package var toolVersion: String
    /// What became of the repairs, where they were asked for.
    package var repairs: RepairReport?
    /// How many diagnostics of other files were left out; nil where no files were named, and all are here.
    package var hiddenCount: Int?

    package init(
        diagnostics: [Diagnostic], files: [String], botCount: Int, environments: [String], summary: String,
        paths: RepositoryPaths, toolVersion: String
    ) {
        self.diagnostics = diagnostics
        self.files = files
        self.botCount = botCount
        self.environments = environments
        self.summary = summary
        self.paths = paths
        self.toolVersion = toolVersion
    }

    /// Whether there is no error.
    package var isValid: Bool { !diagnostics.containsErrors }

    /// The verdict in one word.
    package var verdict: String { isValid ? "ok" : "invalid" }
}

/// The way from the paths of diagnostics, which start at the project's root, to paths that start at the repository's.
///
/// What shows results beside the sources of a repository knows no other root.
package struct RepositoryPaths: Hashable, Sendable {
    private let project: String
    private let repository: String

    /// The paths of a project in a repository.
    ///
    /// - Parameters:
    ///   - project: The absolute path of the project's root.
    ///   - repository: The absolute path of the repository's root; nil when the project lies in none.
    package init(project: String, repository: String?) {
        self.project = project
        self.repository = repository ?? project
    }

    /// The path of a file from the root of the repository; absolute for a file outside of it.
    func path(of file: String) -> String {
        let absolute = file.hasPrefix("/") ? file : Self.directory(project) + file
        let root = Self.directory(repository)
        return absolute.hasPrefix(root) ? String(absolute.dropFirst(root.count)) : absolute
    }

    private static func directory(_ path: String) -> String { path.hasSuffix("/") ? path : path + "/" }
}
