import BotConfiguration
import Diagnostics
import FileAccess
import ModelCatalog
import TestSupport

/// A project in memory.
struct TestProject {
    let files: InMemoryFiles

    /// A project of these files, by path relative to its root.
    init(_ files: [String: String]) {
        self.files = InMemoryFiles(files: Dictionary(uniqueKeysWithValues: files.map { ("/p/" + $0, Array($1.utf8)) }))
    }

    /// The files, read and decoded.
    func sources() -> ProjectSources { ProjectSources.read(ProjectLocation(root: "/p"), files: files) }

    func load(environment: String? = nil, set: [String] = []) throws -> Project {
        let assignments = try set.map { try ValueAssignment(parsing: $0) }
        return try ProjectSources.read(ProjectLocation(root: "/p"), files: files)
            .project(in: environment, catalog: .embedded, assignments: assignments)
    }

    /// The diagnostics, each on a line: `bots.d/x.yaml:1:3 BOT012 message`.
    func problems() throws -> [String] {
        try load().diagnostics.map {
            "\($0.location?.description ?? $0.file ?? "") \($0.code.rawValue) \($0.message)"
        }
    }
}
