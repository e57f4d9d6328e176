import BotConfiguration
import ConfigurationRules
package import Diagnostics
import FileAccess
import JSONCoding
import ModelCatalog
package import TestSupport
import WallClock
import YAMLSource

/// What holds for every project, however its files look.
package enum ConfigurationInvariants {
    /// Reads, assembles and judges a project, and gives every rule of ours that it breaks; none is the good end.
    ///
    /// - Parameter files: The project's files, under ``FuzzInput/root``.
    /// - Returns: A sentence for each invariant that does not hold.
    package static func violations(of files: InMemoryFiles) -> [String] {
        var found: [String] = []
        for (path, bytes) in files.files.sorted(by: { $0.key < $1.key }) {
            found += documentViolations(path: path, bytes: bytes)
        }
        guard let run = try? FixRun(at: location, files: files, check: { try checked($0) }) else {
            return found + ["a listed environment does not exist"]
        }
        found += diagnosticViolations(run.before.sources.fileDiagnostics, files)
        found += diagnosticViolations(run.before.diagnostics, files)
        if run.before.sources.hasBrokenSettings, !run.before.diagnostics.containsErrors {
            found.append("botctl.yaml is broken, and nobody says so")
        }
        for project in run.before.projects { found += violations(of: project, files) }
        return found + repairViolations(of: run)
    }

    private static let location = ProjectLocation(root: FuzzInput.root)

    private static func checked(_ files: any FileReading) throws -> CheckedProject {
        let sources = ProjectSources.read(location, files: files)
        let projects = sources.hasBrokenSettings ? [] : try sources.projects(in: nil, catalog: .embedded)
        let check = ConfigurationCheck(today: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
        return CheckedProject(
            sources: sources, projects: projects, diagnostics: check.diagnostics(of: sources, in: projects))
    }

    private static func violations(of project: Project, _ files: InMemoryFiles) -> [String] {
        var found = diagnosticViolations(project.diagnostics, files)
        if !project.diagnostics.containsErrors, project.bots.count != project.fileCount {
            found.append("\(project.fileCount) files without errors gave \(project.bots.count) bots")
        }
        for bot in project.bots {
            found += bootViolations(of: bot)
            // What is wrong is left out of what can still be assembled.
            if !project.diagnostics.containsErrors { found += StoredAgreement.disagreements(of: bot) }
        }
        return found
    }
}

// MARK: - Bots

extension ConfigurationInvariants {
    /// What does not hold of a bot that was assembled: it boots as what was checked, and its bytes are canonical.
    private static func bootViolations(of bot: ProjectBot) -> [String] {
        var found: [String] = []
        do {
            let booted = try BotConfig(stored: bot.stored.bytes, name: bot.name, catalog: .embedded)
            if booted != bot.config {
                found.append("the gateway's config of '\(bot.name)' differs from the checked one")
            }
        } catch {
            found.append("'\(bot.name)' does not boot: \(error)")
        }
        found += canonicalViolations(of: bot.stored, what: "the stored form of '\(bot.name)'")
        if let smoke = bot.storedSmoke {
            found += canonicalViolations(of: smoke, what: "the smoke cases of '\(bot.name)'")
            let cases = try? SmokeCase.decode(stored: smoke.bytes)
            if cases != bot.smoke { found.append("the smoke cases of '\(bot.name)' are not what was stored") }
        } else if !bot.smoke.isEmpty {
            found.append("the smoke cases of '\(bot.name)' are not stored")
        }
        return found
    }

    private static func canonicalViolations(of stored: StoredConfiguration, what: String) -> [String] {
        guard let value = try? JSONParser.parse(stored.bytes) else { return ["\(what) is no JSON"] }
        var found: [String] = []
        if value.encoded(.canonical) != stored.bytes || value != stored.value {
            found.append("\(what) is not canonical")
        }
        if ContentDigest(of: stored.bytes) != stored.digest { found.append("the digest of \(what) is another's") }
        return found
    }
}

// MARK: - Repairs

extension ConfigurationInvariants {
    /// What does not hold of repairs: of files without errors they change what is said, never what is meant.
    private static func repairViolations(of run: FixRun) -> [String] {
        guard !run.repairs.isEmpty, !run.before.diagnostics.containsErrors else { return [] }
        let repairs = run.repairs.map(\.summary).joined(separator: "; ")
        if run.after.diagnostics.containsErrors { return ["the repairs make errors: \(repairs)"] }
        let digests = { (checked: CheckedProject) in checked.projects.map { $0.bots.map(\.stored.digest) } }
        return digests(run.before) == digests(run.after) ? [] : ["the repairs change what is meant: \(repairs)"]
    }
}

// MARK: - Files

extension ConfigurationInvariants {
    /// What does not hold of one file, read as YAML.
    private static func documentViolations(path: String, bytes: [UInt8]) -> [String] {
        let result = YAMLDocument.parse(SourceText(name: path, bytes: bytes))
        guard let root = result.document?.root else {
            return result.document != nil || result.diagnostics.containsErrors
                ? [] : ["\(path) cannot be read, and nobody says why"]
        }
        return nodeViolations(root)
    }

    private static func nodeViolations(_ node: YAMLNode) -> [String] {
        let all = node.text.bytes.startIndex...node.text.bytes.endIndex
        let ranges = [node.range, node.headRange, node.definitionRange]
        var found: [String] = []
        if !ranges.allSatisfy({ all.contains($0.lowerBound) && all.contains($0.upperBound) }) {
            found.append("a value reaches out of its file")
        }
        if node.isAlias { return found }
        for item in node.items { found += nodeViolations(item) }
        for entry in node.entries { found += nodeViolations(entry.key) + nodeViolations(entry.value) }
        return found
    }

    /// What does not hold of diagnostics: they are in order, each lies in its file, and what they propose can be done.
    package static func diagnosticViolations(_ diagnostics: [Diagnostic], _ files: InMemoryFiles) -> [String] {
        var found: [String] = []
        for (left, right) in zip(diagnostics, diagnostics.dropFirst()) where Diagnostic.isShownBefore(right, left) {
            found.append("'\(right.message)' stands after '\(left.message)'")
        }
        for diagnostic in diagnostics {
            if diagnostic.file == nil { found.append("'\(diagnostic.message)' names no file") }
            if diagnostic.message.utf8.count > 4096 {
                found.append("a message has \(diagnostic.message.utf8.count) bytes")
            }
            for location in [diagnostic.location].compactMap(\.self) + diagnostic.notes.compactMap(\.location) {
                if let reason = misplacement(of: location, files) {
                    found.append("'\(diagnostic.message)' is at \(location.description): \(reason)")
                }
            }
            found += fixViolations(of: diagnostic, files)
        }
        return found
    }

    /// Why a place is none in its file; nil for one that is.
    private static func misplacement(of location: SourceLocation, _ files: InMemoryFiles) -> String? {
        guard let bytes = files.files["\(FuzzInput.root)/\(location.file)"] else { return "there is no such file" }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.indices.contains(location.line - 1) else { return "the file has \(lines.count) lines" }
        var line = lines[location.line - 1]
        if line.last == 0x0D { line = line.dropLast() }
        if location.line == 1, line.starts(with: [0xEF, 0xBB, 0xBF]), location.column > 0 { line = line.dropFirst(3) }
        let length = String(decoding: line, as: UTF8.self).unicodeScalars.count
        // The mark itself counts as a character for what is wrong with the file before any of it is read.
        guard location.column >= 1, location.column - 1 + location.length <= length + 1 else {
            return "the line has \(length) characters, and the place \(location.length)"
        }
        guard location.excerptColumn >= 1, location.excerptColumn <= location.column else {
            return "its excerpt starts after it"
        }
        return nil
    }

    private static func fixViolations(of diagnostic: Diagnostic, _ files: InMemoryFiles) -> [String] {
        guard let fix = diagnostic.fix else { return [] }
        var found: [String] = []
        for (file, edits) in Dictionary(grouping: fix.edits, by: \.file) {
            guard let bytes = files.files["\(FuzzInput.root)/\(file)"] else {
                found.append("'\(fix.summary)' edits \(file), which does not exist")
                continue
            }
            let together = TextEdits(edits)
            if !together.dropped.isEmpty { found.append("the edits of '\(fix.summary)' overlap") }
            let before = YAMLDocument.parse(SourceText(name: file, bytes: bytes))
            let after = YAMLDocument.parse(SourceText(name: file, bytes: together.apply(to: bytes)))
            if before.document != nil, after.document == nil {
                found.append("after '\(fix.summary)' the file \(file) cannot be read")
            }
        }
        return found
    }
}
