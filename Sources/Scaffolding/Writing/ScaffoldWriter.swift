package import BotConfiguration
package import FileAccess

/// Puts scaffolded files on disk.
package struct ScaffoldWriter: Sendable {
    private let location: ProjectLocation
    private let files: any FileReading
    private let writer: any FileWriting

    /// A writer into a project.
    ///
    /// - Parameters:
    ///   - location: Where the project's files are.
    ///   - files: How they are read.
    ///   - writer: How they are written.
    package init(location: ProjectLocation, files: any FileReading, writer: any FileWriting) {
        self.location = location
        self.files = files
        self.writer = writer
    }

    /// Makes files that must not exist yet, all or none.
    ///
    /// - Throws: `FileAccessError` when one exists or cannot be made; those that were made before it are removed.
    package func create(_ scaffolded: [ScaffoldedFile]) throws(FileAccessError) {
        var made: [String] = []
        do {
            for file in scaffolded {
                let path = location.path(of: file)
                try writer.createDirectories(directory(of: path))
                try writer.create(file.bytes, at: path)
                made.append(path)
            }
        } catch {
            for path in made.reversed() { try? writer.remove(path) }
            throw error
        }
    }

    /// Brings the JSON Schemas beside the project up to date: those that are there, that of bots, and on demand that
    /// of facts.
    ///
    /// Editors can do without them, so one that cannot be written stops nothing.
    ///
    /// - Parameter needsFacts: Whether the schema of facts has to be there.
    /// - Returns: What became of them.
    package func refreshSchemas(needsFacts: Bool = false) -> SchemaRefresh {
        var result = SchemaRefresh()
        for schema in EditorSchema.allCases {
            let file = schema.file
            let path = location.path(of: file)
            let current = try? files.read(path, limitInBytes: 4 << 20)
            guard current != nil || schema == .bot || (schema == .facts && needsFacts) else { continue }
            let wanted = Array(file.text.utf8)
            guard current != wanted else { continue }
            do {
                try writer.createDirectories(directory(of: path))
                try writer.write(wanted, to: path)
                result.written.append(schema)
            } catch {
                result.problems.append(SchemaRefresh.Problem(schema: schema, reason: error.reason))
            }
        }
        return result
    }

    private func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}

/// What became of the schemas beside a project.
package struct SchemaRefresh: Hashable, Sendable {
    /// A schema that could not be written.
    package struct Problem: Hashable, Sendable {
        package let schema: EditorSchema
        /// Why, as the end of a sentence.
        package let reason: String
    }

    /// Those that were written.
    package fileprivate(set) var written: [EditorSchema] = []
    /// Those that could not be written.
    package fileprivate(set) var problems: [Problem] = []

    /// The schemas of a project to which nothing was written.
    package init() {}

    /// A line on each.
    package var notes: [String] {
        written.map { "wrote \($0.path), which lets editors check \($0.subject)" }
            + problems.map { "\($0.schema.path) could not be written: \($0.reason)" }
    }
}

extension EditorSchema {
    /// The files that the schema is for.
    fileprivate var subject: String {
        switch self {
        case .bot: "bot files"
        case .template: "templates"
        case .project: "botctl.yaml"
        case .facts: "the files of catalog.d"
        }
    }
}
