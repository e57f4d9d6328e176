import Diagnostics
import YAMLSource

/// The repairs that were made in all rounds, by their places in the files as they were before the first.
struct RepairLog {
    /// An edit of a file.
    struct Edit {
        /// The file's path without links.
        let path: String
        var range: Range<Int>
        let replacement: String

        /// Whether nothing is left of what it covers.
        var isRemoval: Bool { replacement.allSatisfy(\.isWhitespace) }
    }

    /// A repair, and the edits that it is made of: at least one.
    struct Repair {
        let code: DiagnosticCode
        /// The file as diagnostics name it.
        let file: String
        let summary: String
        /// The first is where the repair is told.
        var edits: [Edit]
    }

    private var repairs: [Repair] = []
    /// The edits of each round, by path.
    private var rounds: [String: [TextEdits]] = [:]

    /// Adds what a round has made of files as the rounds before left them.
    mutating func add(_ round: FixRound) {
        for repair in round.repairs {
            var repair = repair
            for index in repair.edits.indices {
                let edit = repair.edits[index]
                repair.edits[index].range = (rounds[edit.path] ?? []).reversed().reduce(edit.range) { range, edits in
                    edits.source(of: range)
                }
            }
            repairs.removeAll { $0.isUndone(by: repair) }
            repairs.append(repair)
        }
        for (path, file) in round.files { rounds[path, default: []].append(file.edits) }
    }

    /// The repairs that are seen in the files, in the order of their places.
    ///
    /// - Parameter before: The files with repairs as they were before, by path.
    /// - Returns: The repairs, each with its line in such a file.
    func repairs(in before: [String: SourceText]) -> [RepairReport.Repair] {
        let sorted = repairs.sorted { left, right in
            left.file == right.file
                ? left.edits[0].range.lowerBound < right.edits[0].range.lowerBound
                : left.file.utf8.lexicographicallyPrecedes(right.file.utf8)
        }
        return sorted.map { repair in
            let line = before[repair.edits[0].path]?.location(of: repair.edits[0].range).line ?? 1
            return RepairReport.Repair(repair.code, file: repair.file, line: line, summary: repair.summary)
        }
    }
}

extension RepairLog.Repair {
    /// Whether nothing is left of what this repair wrote, because a later one removed it.
    fileprivate func isUndone(by later: RepairLog.Repair) -> Bool {
        guard later.edits.allSatisfy(\.isRemoval) else { return false }
        return edits.allSatisfy { edit in
            !edit.isRemoval
                && later.edits.contains {
                    $0.path == edit.path && $0.range.lowerBound <= edit.range.lowerBound
                        && edit.range.upperBound <= $0.range.upperBound
                }
        }
    }
}

extension TextEdits {
    /// The bytes that a range of the edited file was made of; of a replacement all that it replaced.
    fileprivate func source(of range: Range<Int>) -> Range<Int> {
        let lower = source(of: range.lowerBound, isEnd: false)
        return lower..<max(lower, range.isEmpty ? lower : source(of: range.upperBound, isEnd: true))
    }

    private func source(of position: Int, isEnd: Bool) -> Int {
        var growth = 0
        for edit in edits {
            let start = edit.range.lowerBound + growth
            let end = start + edit.replacement.utf8.count
            if isEnd ? position <= start : position < start { break }
            if isEnd ? position <= end : position < end {
                return isEnd ? edit.range.upperBound : edit.range.lowerBound
            }
            growth = end - edit.range.upperBound
        }
        return position - growth
    }
}
