/// What became of the repairs that diagnostics offered.
package struct RepairReport: Hashable, Sendable {
    /// A repair that was made.
    package struct Repair: Hashable, Sendable {
        package var code: DiagnosticCode
        package var file: String
        /// The line that it changed, counted from 1 in the file as it was before all repairs.
        package var line: Int
        /// What it does: ``Fix/summary``.
        package var summary: String

        package init(_ code: DiagnosticCode, file: String, line: Int, summary: String) {
            self.code = code
            self.file = file
            self.line = line
            self.summary = summary
        }
    }

    /// A file that is left as it was, though there were repairs for it.
    package struct Refusal: Hashable, Sendable {
        package var file: String
        /// Why, as a part of a sentence: "it is a link out of the project".
        package var reason: String

        package init(file: String, reason: String) {
            self.file = file
            self.reason = reason
        }
    }

    /// A file before and after its repairs, as it may be shown: without plain texts that stand for secrets.
    package struct Change: Hashable, Sendable {
        package var file: String
        package var before: [UInt8]
        package var after: [UInt8]

        package init(file: String, before: [UInt8], after: [UInt8]) {
            self.file = file
            self.before = before
            self.after = after
        }
    }

    /// Whether the files were written; false for a dry run.
    package var isWritten: Bool
    /// Those that are seen in the files, in the order of the places.
    package var repairs: [Repair]
    package var refusals: [Refusal]
    /// In the order of the files.
    package var changes: [Change]

    package init(isWritten: Bool, repairs: [Repair], refusals: [Refusal] = [], changes: [Change] = []) {
        self.isWritten = isWritten
        self.repairs = repairs
        self.refusals = refusals
        self.changes = changes
    }
}
