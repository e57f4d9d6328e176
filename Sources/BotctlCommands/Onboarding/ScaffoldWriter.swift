import BotConfiguration
import FileAccess
import Scaffolding

/// Puts scaffolded files on disk.
struct ScaffoldWriter: Sendable {
    let location: ProjectLocation
    let context: CommandContext

    /// Makes files that must not exist yet, all or none.
    ///
    /// - Throws: `FileAccessError` when one exists or cannot be made; those that were made before it are removed.
    func create(_ files: [ScaffoldedFile]) throws {
        var made: [String] = []
        do {
            for file in files {
                let path = location.path(of: file)
                try context.writer.createDirectories(directory(of: path))
                try context.writer.create(Array(file.text.utf8), at: path)
                made.append(path)
            }
        } catch {
            for path in made.reversed() { try? context.writer.remove(path) }
            throw error
        }
    }

    /// Brings the JSON Schemas beside the project up to date: those that are there, that of bots, and on demand that
    /// of facts.
    ///
    /// Editors can do without them, so one that cannot be written stops nothing.
    func refreshSchemas(_ needsFacts: Bool) -> SchemaRefresh {
        var result = SchemaRefresh()
        for schema in EditorSchema.allCases {
            let file = schema.file
            let path = location.path(of: file)
            let current = try? context.files.read(path, limitInBytes: 4 << 20)
            guard current != nil || schema == .bot || (schema == .facts && needsFacts) else { continue }
            let wanted = Array(file.text.utf8)
            guard current != wanted else { continue }
            do {
                try context.writer.createDirectories(directory(of: path))
                try context.writer.write(wanted, to: path)
                result.written.append(file.path)
            } catch {
                result.problems.append("\(file.path) could not be written: \(error.reason)")
            }
        }
        return result
    }

    private func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}

/// What became of the schemas beside a project.
struct SchemaRefresh: Sendable {
    /// The paths of those that were written.
    var written: [String] = []
    /// Those that could not be written, and why.
    var problems: [String] = []

    /// A line on each.
    var notes: [String] { written.map { "\($0) for editors" } + problems }
}
