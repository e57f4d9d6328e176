/// Something wrong, or worth saying, about the person's files.
///
/// Diagnostics are collected, all of one run; they are never thrown one at a time.
package struct Diagnostic: Hashable, Sendable {
    /// How much it matters.
    package enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
        case error, warning, note

        package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .error: 0
            case .warning: 1
            case .note: 2
            }
        }
    }

    /// Another place or fact that explains the diagnostic.
    package struct Note: Hashable, Sendable {
        package var message: String
        package var location: SourceLocation?

        package init(_ message: String, at location: SourceLocation? = nil) {
            self.message = message
            self.location = location
        }
    }

    package var code: DiagnosticCode
    package var severity: Severity
    /// What is wrong, in one sentence without a full stop.
    package var message: String
    /// The file, where there is one; set even when no place in it is known.
    package var file: String?
    /// Where the person wrote it.
    package var location: SourceLocation?
    /// What to do, one sentence each.
    package var help: [String]
    package var notes: [Note]
    /// An edit that puts it right, where one is certain not to change what else the files mean.
    package var fix: Fix?

    package init(
        _ code: DiagnosticCode, _ message: String, at location: SourceLocation?, severity: Severity? = nil,
        file: String? = nil, help: [String] = [], notes: [Note] = [], fix: Fix? = nil
    ) {
        self.code = code
        self.severity = severity ?? code.defaultSeverity
        self.message = message.shortened(to: 1024)
        self.location = location
        self.file = location?.file ?? file
        self.help = help.map { $0.shortened(to: 4096) }
        self.notes = notes
        self.fix = fix
    }
}

extension Diagnostic {
    /// The order in which diagnostics are shown: by file, then line, then column, then code.
    package static func isShownBefore(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        let leftKey = (left.file ?? "", left.location?.line ?? 0, left.location?.column ?? 0, left.code.rawValue)
        let rightKey = (right.file ?? "", right.location?.line ?? 0, right.location?.column ?? 0, right.code.rawValue)
        return leftKey < rightKey
    }
}

extension String {
    /// The text, with its middle left out where it is longer than about so many bytes: what a person wrote may be.
    fileprivate func shortened(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        let scalars = unicodeScalars
        return String(scalars.prefix(limit / 8)) + "…" + String(scalars.suffix(limit / 8))
    }
}

extension Sequence<Diagnostic> {
    /// Whether one of them is an error.
    package var containsErrors: Bool { contains { $0.severity == .error } }
}

extension Diagnostic {
    /// The diagnostics of several runs over the same files, each once, in the order in which they are shown.
    package static func merged(_ runs: [[Diagnostic]]) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return runs.joined().filter { seen.insert($0).inserted }.sorted(by: isShownBefore)
    }
}
