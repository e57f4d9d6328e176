package import BotConfiguration
package import Diagnostics
package import FileAccess
import YAMLSource

/// The repairs that diagnostics offer, made until none is left, in memory; ``write(with:)`` then writes the files.
///
/// Repairs are made one after the other; one that would change what another one changed, or after which the file
/// could not be read, waits for the next round, where the check may offer it anew.
package struct FixRun: Sendable {
    /// A file that has repairs.
    private struct RepairedFile: Sendable {
        let name: String
        let path: String
        let before: [UInt8]
        var after: [UInt8]
    }

    /// How often the project is checked again at most; a repair can make room for another.
    package static let roundLimit = 10

    private let files: any FileReading
    private let edited: EditedFiles
    private let boundary: ProjectBoundary
    private var repaired: [String: RepairedFile] = [:]
    /// What the project's files said before and say after.
    package private(set) var before: CheckedProject
    package private(set) var after: CheckedProject
    private var log = RepairLog()
    /// Files that are left as they are.
    package private(set) var refusals: [RepairReport.Refusal] = []

    /// Repairs a project.
    ///
    /// - Parameters:
    ///   - location: Where its files are.
    ///   - files: How they are read.
    ///   - check: Checks the project as it is read through the files it is given; runs once more after every round.
    /// - Throws: What `check` throws.
    package init(
        at location: ProjectLocation, files: any FileReading, check: (any FileReading) throws -> CheckedProject
    ) throws {
        self.files = files
        edited = EditedFiles(files)
        boundary = ProjectBoundary(of: location, files: files)
        before = try check(edited)
        after = before
        for _ in 0..<Self.roundLimit {
            guard makeRepairs(of: after.diagnostics) else { break }
            after = try check(edited)
        }
    }

    /// Writes the files that have repairs, those only that still are what was read.
    ///
    /// - Parameter writer: How files are written.
    /// - Returns: The files that could not be written, and why.
    package func write(with writer: any FileWriting) -> [RepairReport.Refusal] {
        changedFiles.compactMap { file in
            do throws(FileAccessError) {
                guard try files.read(file.path, limitInBytes: YAMLEdits.limitInBytes) == file.before else {
                    return RepairReport.Refusal(file: file.name, reason: "it was changed in the meantime")
                }
                try writer.write(file.after, to: file.path)
                return nil
            } catch {
                return RepairReport.Refusal(file: file.name, reason: "it cannot be written: \(error.reason)")
            }
        }
    }

    /// What was done, for people and scripts.
    ///
    /// - Parameter unwritten: The files that could not be written; nil for a dry run.
    /// - Returns: The report; of a file that could not be written it has no repair.
    package func report(unwritten: [RepairReport.Refusal]?) -> RepairReport {
        let kept = Set((unwritten ?? []).map(\.file))
        return RepairReport(
            isWritten: unwritten != nil, repairs: repairs.filter { !kept.contains($0.file) },
            refusals: refusals + (unwritten ?? []),
            changes: changedFiles.filter { !kept.contains($0.name) }.map { file in
                RepairReport.Change(
                    file: file.name, before: before.sources.masked(file.before, of: file.name),
                    after: after.sources.masked(file.after, of: file.name))
            })
    }

    /// The repairs that are seen in the files, in the order of their places.
    package var repairs: [RepairReport.Repair] {
        log.repairs(in: repaired.mapValues { SourceText(name: $0.name, bytes: $0.before) })
    }

    /// The files that are not what they were, in the order of their names.
    private var changedFiles: [RepairedFile] {
        repaired.values.filter { $0.after != $0.before }.sorted { $0.name < $1.name }
    }
}

// MARK: - One round

extension FixRun {
    /// Makes the repairs that can be made together; false when there was none.
    private mutating func makeRepairs(of diagnostics: [Diagnostic]) -> Bool {
        // Almost always all can be made; only else each is tried by itself.
        var round = FixRound(of: diagnostics, in: edited, boundary: boundary, triesEach: false)
        if !round.isSound { round = FixRound(of: diagnostics, in: edited, boundary: boundary, triesEach: true) }
        for file in round.refusedFiles {
            let refusal = RepairReport.Refusal(file: file, reason: "it is a link out of the project")
            if !refusals.contains(refusal) { refusals.append(refusal) }
        }
        log.add(round)
        for (path, file) in round.files {
            guard let after = file.after else { continue }
            edited.replace(path, with: after.bytes)
            let before = repaired[path]?.before ?? file.text.bytes
            repaired[path] = RepairedFile(name: file.text.name, path: path, before: before, after: after.bytes)
        }
        return !round.repairs.isEmpty
    }
}
