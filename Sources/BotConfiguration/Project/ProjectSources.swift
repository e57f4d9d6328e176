package import Diagnostics
package import FileAccess

/// A project's files, read and decoded once; projects of any environment are made of it.
package struct ProjectSources: Sendable {
    /// A file of `bots.d`; a class, because all that is made of it refers to it.
    package final class BotFile: Sendable {
        /// The path as people read it.
        package let name: String
        /// The file's name without its ending.
        package let stem: String
        package let text: SourceText
        /// Where the file's first key stands.
        package let start: Range<Int>
        /// What the file says; nil when it could not be read as YAML.
        package let layer: ConfigObject?
        /// Whether something in the file is wrong, so that it says less than what was written.
        package let hasErrors: Bool
        /// The dotted paths of keys that were written and are wrong.
        package let rejectedPaths: Set<String>

        init(
            name: String, stem: String, text: SourceText, start: Range<Int>, layer: ConfigObject?, hasErrors: Bool,
            rejectedPaths: Set<String>
        ) {
            self.name = name
            self.stem = stem
            self.text = text
            self.start = start
            self.layer = layer
            self.hasErrors = hasErrors
            self.rejectedPaths = rejectedPaths
        }
    }

    /// A file of `templates`; a class, because every bot over it looks into it.
    package final class Template: Sendable {
        /// Whether the file is no YAML, so that nobody can say what it sets.
        package let isBroken: Bool
        package let text: SourceText
        /// Where the file's first key stands.
        package let start: Range<Int>
        package let layer: ConfigObject
        /// The dotted paths of keys that were written and are wrong.
        package let rejectedPaths: Set<String>

        init(
            isBroken: Bool, text: SourceText, start: Range<Int>, layer: ConfigObject, rejectedPaths: Set<String>
        ) {
            self.isBroken = isBroken
            self.text = text
            self.start = start
            self.layer = layer
            self.rejectedPaths = rejectedPaths
        }
    }

    /// A file with comments that may speak to rules.
    package struct CommentedFile: Sendable {
        package let text: SourceText
        /// Where all its comments stand, in order.
        package let comments: [Range<Int>]
    }

    package let location: ProjectLocation
    package let settings: ProjectSettings
    package let botFiles: [BotFile]
    /// The names, without their endings, of the files in `bots.d` that could not be read at all.
    package let unreadableBots: [String]
    /// The templates by name.
    package let templates: [String: Template]
    /// The names of the templates that exist, for suggestions.
    package let templateNames: [String]
    /// What `catalog.d` says of models.
    package let facts: ProjectFacts
    /// The files that hold `botctl:ignore` somewhere, or something like it.
    package let commentedFiles: [CommentedFile]
    /// What is wrong in the files, each seen by itself.
    let diagnostics: [Diagnostic]
    /// What no excerpt may show.
    let secrets: SecretMask
    /// Whether `botctl.yaml` has errors, so that nobody can say which environment is meant.
    package let hasBrokenSettings: Bool

    /// What is wrong in the files, each seen by itself, in the order in which it is shown.
    package var fileDiagnostics: [Diagnostic] { secrets.masked(diagnostics).sorted(by: Diagnostic.isShownBefore) }

    /// The environments in the order of their names.
    package var environments: [EnvironmentSettings] { settings.environments }

    /// Reads a project.
    ///
    /// - Parameters:
    ///   - location: Where its files are.
    ///   - files: How they are read.
    /// - Returns: What its files say; what cannot be read is among the diagnostics.
    package static func read(_ location: ProjectLocation, files: any FileReading) -> ProjectSources {
        var reader = SourceReader(location: location, files: files)
        let settings = reader.readSettings()
        let hasBrokenSettings = reader.diagnostics.containsErrors
        let names = reader.botFileNames()
        reader.readBots(names[...])
        return reader.sources(settings, hasBrokenSettings: hasBrokenSettings)
    }

    /// Reads a project on all cores; see ``read(_:files:)``.
    package static func load(_ location: ProjectLocation, files: any FileReading) async -> ProjectSources {
        var reader = SourceReader(location: location, files: files)
        let settings = reader.readSettings()
        let hasBrokenSettings = reader.diagnostics.containsErrors
        let parts = await reader.botFileNames().concurrentChunks(with: BotSchema.bot.copy) { names, schema in
            var part = SourceReader(location: location, files: files, botSchema: schema)
            part.readBots(names)
            return part
        }
        for part in parts { reader.add(part) }
        return reader.sources(settings, hasBrokenSettings: hasBrokenSettings)
    }

    /// One environment of a project, without a look at its bots and templates.
    ///
    /// - Parameters:
    ///   - name: The environment's name; nil for the default one.
    ///   - location: Where the project's files are.
    ///   - files: How they are read.
    /// - Returns: What `botctl.yaml` says, and what is wrong in it; with an error among that, the rest means nothing.
    /// - Throws: ``ProjectError`` when there is no such environment.
    package static func environment(
        named name: String?, at location: ProjectLocation, files: any FileReading
    ) throws(ProjectError) -> (settings: SettingsOfEnvironment, diagnostics: [Diagnostic]) {
        var reader = SourceReader(location: location, files: files)
        let settings = reader.readSettings()
        let diagnostics = reader.secrets.masked(reader.diagnostics)
        if diagnostics.containsErrors { return (ProjectSettings().settings(of: .local), diagnostics) }
        return (settings.settings(of: try settings.environment(named: name)), diagnostics)
    }

    /// What a project's `catalog.d` says of models, without a look at its bots.
    ///
    /// - Parameters:
    ///   - location: Where the project's files are.
    ///   - files: How they are read.
    /// - Returns: The facts, and what is wrong in their files.
    package static func facts(
        at location: ProjectLocation, files: any FileReading
    ) -> (facts: ProjectFacts, diagnostics: [Diagnostic]) {
        var reader = SourceReader(location: location, files: files)
        let facts = reader.readFacts()
        return (facts, reader.secrets.masked(reader.diagnostics).sorted(by: Diagnostic.isShownBefore))
    }

    /// The template that lies beneath bots of a kind where they name none.
    package static func defaultTemplate(_ kind: BotKind) -> String { "DEFAULT_\(kind.rawValue.uppercased())_CONFIG" }
}
