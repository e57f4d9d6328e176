package import BotConfiguration
package import ConfigurationRules
import Diagnostics
package import FileAccess
package import ModelCatalog
package import Scaffolding

/// What `catalog.d` has to say for the catalog to agree with the listings.
package struct CatalogUpdate: Sendable {
    /// What is written of one model.
    package struct Written: Hashable, Sendable {
        package let id: String
        /// The file, relative to the project.
        package let file: String
        /// The keys that are set, with dots.
        package let keys: [String]
    }

    /// What cannot be written, and has to be by hand.
    package struct Refused: Hashable, Sendable {
        package let id: String
        /// The file, relative to the project.
        package let file: String
        /// The keys, with dots.
        package let keys: [String]
        /// Why, as the end of a sentence.
        package let reason: String
    }

    /// The most models of one file, as its schema has it.
    static let modelLimit = 200

    /// The files as they are to be, by path relative to the project.
    package private(set) var files: [ScaffoldedFile] = []
    package private(set) var written: [Written] = []
    package private(set) var refused: [Refused] = []

    private let location: ProjectLocation
    private let reader: any FileReading
    private let stamp: String
    private var editors: [String: FactsEditor] = [:]

    /// Makes the files of a project agree with a report; nothing is written yet.
    ///
    /// New models and new values go into ``ListedFactsFile/path``, into the file of the project that speaks of the
    /// model already where there is one. What such a file says itself stays.
    ///
    /// - Parameters:
    ///   - report: What the listings tell.
    ///   - overlays: What the project says of models, by id.
    ///   - location: Where its files are.
    ///   - files: How they are read.
    ///   - command: The command that asks for it, as a person would paste it.
    ///   - today: The day, as an ISO 8601 date.
    package init(
        of report: CatalogReport, over overlays: [String: ModelFactsOverlay], in location: ProjectLocation,
        files: any FileReading, command: String, today: String
    ) {
        self.location = location
        reader = files
        stamp = ListedFactsFile.stamp(command: command, day: today, regions: report.regions)
        for model in report.new { say(model.allFacts, of: model.id, in: nil) }
        for change in report.changed + report.retired {
            let facts = change.differences.filter { $0.keptBy == nil }.map(\.listed)
            guard !facts.isEmpty else { continue }
            say(facts, of: change.id, in: overlays[change.id].map { $0.file ?? ListedFactsFile.path })
        }
        for (path, editor) in editors.sorted(by: { $0.key < $1.key }) {
            var editor = editor
            if path == ListedFactsFile.path { editor.stamp(stamp) }
            self.files.append(ScaffoldedFile(path: path, text: String(decoding: editor.text.bytes, as: UTF8.self)))
        }
    }

    private mutating func say(_ facts: [ListedFact], of id: String, in holder: String?) {
        let path = holder ?? ListedFactsFile.path
        let keys = facts.map(\.key)
        guard var editor = editors[path] ?? editor(of: path) else {
            refused.append(Refused(id: id, file: path, keys: keys, reason: "the file cannot be edited"))
            return
        }
        var said: [String] = []
        if holder == nil {
            guard written.count(where: { $0.file == path }) < Self.modelLimit, editor.append(id, facts) else {
                refused.append(Refused(id: id, file: path, keys: keys, reason: "the file takes no further model"))
                return
            }
            said = keys
        } else {
            for fact in facts where editor.set(fact, of: id) { said.append(fact.key) }
        }
        if !said.isEmpty {
            editors[path] = editor
            written.append(Written(id: id, file: path, keys: said))
        }
        let left = keys.filter { !said.contains($0) }
        if !left.isEmpty {
            refused.append(
                Refused(id: id, file: path, keys: left, reason: "the layout there cannot be edited for certain"))
        }
    }

    private func editor(of path: String) -> FactsEditor? {
        let absolute = location.root + "/" + path
        if path == ListedFactsFile.path, reader.kind(of: absolute) == nil {
            let text = ListedFactsFile.beginning(stamp: stamp, root: location.root)
            return FactsEditor(SourceText(name: path, bytes: Array(text.utf8)))
        }
        guard let bytes = try? reader.read(absolute, limitInBytes: 1 << 20) else { return nil }
        return FactsEditor(SourceText(name: path, bytes: bytes))
    }
}

// MARK: - Writing

extension CatalogUpdate {
    /// Checks the project as it will be, by the same rules as `validate`.
    ///
    /// - Parameters:
    ///   - check: The rules.
    ///   - environment: The environment; nil for all of the project.
    ///   - catalog: The binary's facts.
    /// - Throws: ``CatalogSyncError`` for errors that the project does not have now; `ProjectError`.
    package func check(by check: ConfigurationCheck, in environment: String?, catalog: ModelCatalog) throws {
        let overlay = Dictionary(
            files.map { (location.root + "/" + $0.path, Array($0.text.utf8)) }, uniquingKeysWith: { $1 })
        func errors(_ files: any FileReading) throws -> [Diagnostic] {
            let sources = ProjectSources.read(location, files: files)
            let projects = try sources.projects(in: environment, catalog: catalog)
            return check.diagnostics(of: sources, in: projects).filter { $0.severity == .error }
        }
        let after = try errors(OverlayFiles(overlay, over: reader))
        guard !after.isEmpty else { return }
        // The same problem on another line is not a new one.
        let before = try Set(errors(reader).map { [$0.code.rawValue, $0.file ?? "", $0.message] })
        let new = after.filter { !before.contains([$0.code.rawValue, $0.file ?? "", $0.message]) }
        guard new.isEmpty else { throw CatalogSyncError(invalid: new) }
    }

    /// Puts the files on disk, each whole or not at all.
    ///
    /// - Throws: `FileAccessError`; files before the one that failed stay, and a second run does the rest.
    package func write(with writer: any FileWriting) throws {
        guard !files.isEmpty else { return }
        try writer.createDirectories(location.factsDirectory)
        for file in files { try writer.write(Array(file.text.utf8), to: location.root + "/" + file.path) }
    }
}
