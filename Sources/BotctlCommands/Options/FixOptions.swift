import ArgumentParser
import BotConfiguration
import ConfigurationRules
import DiagnosticRendering
import Diagnostics
import FileAccess

/// Whether problems are repaired, or only shown.
struct FixOptions: ParsableArguments {
    @Flag(help: "Repair what can be repaired for certain; comments and layout stay.")
    var fix = false

    @Flag(name: .customLong("dry-run"), help: "With --fix: show the repairs as a diff and write nothing.")
    var isDryRun = false

    func validate() throws {
        guard fix || !isDryRun else { throw ValidationError("--dry-run only goes with --fix") }
    }

    /// What is to be reported.
    struct Outcome {
        /// The project as its files now are.
        let checked: CheckedProject
        /// What was repaired; nil where nothing was to be.
        let repairs: RepairReport?
        /// Whether a file that has repairs could not be written.
        let hasUnwrittenFiles: Bool

        init(checked: CheckedProject, repairs: RepairReport? = nil, hasUnwrittenFiles: Bool = false) {
            self.checked = checked
            self.repairs = repairs
            self.hasUnwrittenFiles = hasUnwrittenFiles
        }
    }

    /// Checks a project after the repairs that are asked for; nil when none are.
    ///
    /// - Parameters:
    ///   - location: Where its files are.
    ///   - context: The world outside.
    ///   - check: Checks the project as it is read through some files.
    /// - Returns: The outcome.
    /// - Throws: What `check` throws.
    func outcome(
        at location: ProjectLocation, in context: CommandContext,
        check: (any FileReading) throws -> CheckedProject
    ) throws -> Outcome? {
        guard fix else { return nil }
        let run = try FixRun(at: location, files: context.files, check: check)
        if isDryRun {
            return Outcome(checked: run.before, repairs: run.report(unwritten: nil), hasUnwrittenFiles: false)
        }
        let unwritten = run.write(with: context.writer)
        return Outcome(
            checked: unwritten.isEmpty ? run.after : try check(context.files),
            repairs: run.report(unwritten: unwritten), hasUnwrittenFiles: !unwritten.isEmpty)
    }
}

extension DiagnosticReport {
    /// Adds what became of the repairs, to the summary too.
    mutating func add(_ repairs: RepairReport) {
        self.repairs = repairs
        let problems = Count.text(repairs.repairs.count, "problem")
        let files = Count.text(Set(repairs.repairs.map(\.file)).count, "file")
        if repairs.repairs.isEmpty {
            summary += repairs.refusals.isEmpty ? "; nothing could be fixed" : "; nothing was fixed"
        } else if repairs.isWritten {
            summary += "; fixed \(problems) in \(files)"
        } else {
            summary += "; --fix would fix \(problems) in \(files), nothing was written"
        }
        guard !repairs.refusals.isEmpty else { return }
        let left = Set(repairs.refusals.map(\.file)).count
        summary += ", \(Count.text(left, "file")) left as \(left == 1 ? "it is" : "they are")"
    }
}
