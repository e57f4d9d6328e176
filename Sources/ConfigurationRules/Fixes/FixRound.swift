import BotConfiguration
import Diagnostics
import FileAccess
import YAMLSource

/// The repairs that some diagnostics offer, as far as they can be made together.
struct FixRound {
    /// A file with the edits of this round.
    struct File {
        let text: SourceText
        var edits = TextEdits()

        /// The file with its edits; nil when they cannot be made together.
        var after: SourceText? { edits.edited(text) }
    }

    /// By path without links.
    private(set) var files: [String: File] = [:]
    /// In the order of the diagnostics.
    private(set) var repairs: [RepairLog.Repair] = []
    /// The files with repairs that do not belong to the project.
    private(set) var refusedFiles: [String] = []
    private let source: any FileReading
    private let boundary: ProjectBoundary
    private let triesEach: Bool

    /// Takes the repairs that do not change the same bytes.
    ///
    /// - Parameters:
    ///   - diagnostics: What offers them; the first comes first.
    ///   - source: The files that they are about.
    ///   - boundary: Which files may be changed.
    ///   - triesEach: Whether a repair is only taken when its file is sound with it and those before it. Costs reading
    ///     the file twice for each.
    init(
        of diagnostics: [Diagnostic], in source: any FileReading, boundary: ProjectBoundary, triesEach: Bool
    ) {
        self.source = source
        self.boundary = boundary
        self.triesEach = triesEach
        for diagnostic in diagnostics {
            if let fix = diagnostic.fix { add(fix, for: diagnostic.code) }
        }
    }

    /// Whether every file is sound with its edits.
    var isSound: Bool { files.values.allSatisfy { $0.after != nil } }

    /// Adds a repair, whole or not at all; one that is there already is not told twice.
    private mutating func add(_ fix: Fix, for code: DiagnosticCode) {
        var changed: [String: File] = [:]
        var placed: [RepairLog.Edit] = []
        for edit in fix.edits {
            guard let path = boundary.path(of: edit.file) else {
                if !refusedFiles.contains(edit.file) { refusedFiles.append(edit.file) }
                return
            }
            guard var file = changed[path] ?? files[path] ?? file(at: path, name: edit.file),
                file.edits.add([edit])
            else { return }
            placed.append(RepairLog.Edit(path: path, range: edit.range, replacement: edit.replacement))
            changed[path] = file
        }
        let isNew = changed.contains { path, file in files[path]?.edits != file.edits }
        guard isNew, let first = fix.edits.first else { return }
        guard !triesEach || changed.values.allSatisfy({ $0.after != nil }) else { return }
        files.merge(changed) { $1 }
        repairs.append(RepairLog.Repair(code: code, file: first.file, summary: fix.summary, edits: placed))
    }

    private func file(at path: String, name: String) -> File? {
        guard let bytes = try? source.read(path, limitInBytes: YAMLEdits.limitInBytes) else { return nil }
        return File(text: SourceText(name: name, bytes: bytes))
    }
}
