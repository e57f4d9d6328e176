import BotConfiguration
import Diagnostics

/// The findings of all rules in all environments, each once.
struct FindingList {
    /// A finding, and the environments in which it holds; nil when they have nothing to do with it.
    struct Entry {
        let finding: Finding
        var environments: Set<String>?
        /// What else is wrong at the same place for the same reason.
        var furtherMessages: [String] = []
    }

    private struct Identity: Hashable {
        let code: DiagnosticCode
        let file: String?
        let range: Range<Int>?
        let message: String
    }

    private struct Place: Hashable {
        let code: DiagnosticCode
        let file: String
        let range: Range<Int>
    }

    private(set) var entries: [Entry] = []
    private var positions: [Identity: Int] = [:]
    private var places: [Place: Int] = [:]

    /// Adds a finding, or notes that one that is there already holds in another environment.
    ///
    /// Findings of one code at one place have one root cause, such as a template's value that several models refuse;
    /// the first is kept and tells of the others. Controls are checked one by one, so theirs stay apart.
    mutating func add(_ finding: Finding) {
        let file = finding.origin?.text?.name ?? finding.file
        let identity = Identity(
            code: finding.code, file: file, range: finding.origin?.text.map { _ in finding.origin?.range ?? 0..<0 },
            message: finding.message)
        if let position = positions[identity] {
            note(finding.environment, at: position)
            return
        }
        if finding.code != .parameterControls, let file, let range = identity.range {
            let place = Place(code: finding.code, file: file, range: range)
            if let position = places[place] {
                positions[identity] = position
                entries[position].furtherMessages.append(finding.message)
                note(finding.environment, at: position)
                return
            }
            places[place] = entries.count
        }
        positions[identity] = entries.count
        entries.append(Entry(finding: finding, environments: finding.environment.map { [$0] }))
    }

    private mutating func note(_ environment: String?, at position: Int) {
        if let environment { entries[position].environments?.insert(environment) }
    }
}
