import BotConfiguration
import Diagnostics

/// The comments of all files that silence rules, and what each has silenced.
struct SuppressionList {
    private struct Key: Hashable {
        let file: String
        let scope: Suppression.Scope
        let code: DiagnosticCode
    }

    private let suppressions: [Suppression]
    /// What is wrong with comments that mean to silence something.
    let problems: [Finding]
    /// The comments that silence a code in a place.
    private let positions: [Key: [Int]]
    /// The codes that each comment has silenced.
    private var used: [Set<DiagnosticCode>]

    init(_ files: [ProjectSources.CommentedFile]) {
        var suppressions: [Suppression] = []
        var problems: [Finding] = []
        for file in files {
            let found = Suppression.read(file)
            suppressions += found.suppressions
            problems += found.problems
        }
        var positions: [Key: [Int]] = [:]
        for (index, suppression) in suppressions.enumerated() {
            for code in suppression.codes {
                let key = Key(file: suppression.origin.text?.name ?? "", scope: suppression.scope, code: code)
                positions[key, default: []].append(index)
            }
        }
        self.suppressions = suppressions
        self.problems = problems
        self.positions = positions
        used = Array(repeating: [], count: suppressions.count)
    }

    /// Whether a comment silences the diagnostic, which then counts as used.
    mutating func silence(_ diagnostic: Diagnostic) -> Bool {
        guard !suppressions.isEmpty, diagnostic.code.isRule, let file = diagnostic.file else { return false }
        var scopes: [Suppression.Scope] = [.file]
        if let line = diagnostic.location?.line { scopes.append(.line(line)) }
        var isSilenced = false
        for scope in scopes {
            for position in positions[Key(file: file, scope: scope, code: diagnostic.code)] ?? [] {
                used[position].insert(diagnostic.code)
                isSilenced = true
            }
        }
        return isSilenced
    }

    /// The comments that have silenced nothing of a code that they name.
    ///
    /// - Parameter isAboutItself: Whether to look at the code of unused comments, which only can be known last.
    /// - Returns: A finding for each code that a comment names for nothing.
    func unused(isAboutItself: Bool) -> [Finding] {
        let idle = suppressions.indices.flatMap { index in
            suppressions[index].codes
                .filter { !used[index].contains($0) && ($0 == .unusedSuppression) == isAboutItself }
                .map { IdleCode(code: $0, origin: suppressions[index].origin) }
        }
        return IdleCode.findings(about: idle)
    }
}
