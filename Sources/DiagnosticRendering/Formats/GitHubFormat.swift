import Diagnostics

/// Annotations of a GitHub Actions job.
///
/// GitHub shows at most ten errors, ten warnings and ten notices of a step and drops the others without a word, so
/// those that have one cause are one annotation, the worst come first, and the last line says how many are left.
/// Source: GitHub Docs, "Workflow commands for GitHub Actions"; its toolkit's escaping of data and properties.
struct GitHubFormat {
    /// How many annotations of each severity are written.
    static let limit = 10
    /// How many further places of one cause are named.
    private static let namedPlaces = 3

    func text(of report: DiagnosticReport) -> String {
        let groups = Self.groups(of: report.diagnostics)
        var lines: [String] = []
        var left: [(count: Int, word: String)] = []
        for (severity, word) in [(Diagnostic.Severity.error, "error"), (.warning, "warning"), (.note, "note")] {
            let ofSeverity = groups.filter { $0.first.severity == severity }
            lines += ofSeverity.prefix(Self.limit).map { annotation($0, report.paths) }
            let count = ofSeverity.dropFirst(Self.limit).reduce(0) { $0 + 1 + $1.others.count }
            if count > 0 { left.append((count, word)) }
        }
        if !left.isEmpty {
            let counts = left.map { $0.count == 1 ? "1 more \($0.word)" : "\($0.count) more \($0.word)s" }
            lines.append(
                "::notice title=botctl validate::"
                    + Self.data(counts.joined(separator: ", ") + " not shown here; 'botctl validate' shows all"))
        }
        return lines.map { $0 + "\n" }.joined()
    }

    func text(of failure: RunFailure) -> String { "::error title=botctl validate::" + Self.data(failure.text) + "\n" }

    /// Diagnostics with one cause, as far as their words tell.
    private struct Group {
        let first: Diagnostic
        var others: [Diagnostic] = []
    }

    private struct Cause: Hashable {
        let code: DiagnosticCode
        let severity: Diagnostic.Severity
        let message: String
    }

    /// The groups, those with the most places first, else in the order of the diagnostics.
    private static func groups(of diagnostics: [Diagnostic]) -> [Group] {
        var groups: [Group] = []
        var positions: [Cause: Int] = [:]
        for diagnostic in diagnostics {
            let cause = Cause(code: diagnostic.code, severity: diagnostic.severity, message: diagnostic.message)
            if let position = positions[cause] {
                groups[position].others.append(diagnostic)
            } else {
                positions[cause] = groups.count
                groups.append(Group(first: diagnostic))
            }
        }
        let order = groups.indices.sorted {
            (-groups[$0].others.count, $0) < (-groups[$1].others.count, $1)
        }
        return order.map { groups[$0] }
    }

    private func annotation(_ group: Group, _ paths: RepositoryPaths) -> String {
        let diagnostic = group.first
        var properties: [String] = []
        if let file = diagnostic.file { properties.append("file=" + Self.property(paths.path(of: file))) }
        if let location = diagnostic.location {
            properties += ["line=\(location.line)", "col=\(location.column)"]
            if location.length > 0 { properties.append("endColumn=\(location.column + location.length)") }
        }
        properties.append("title=\(diagnostic.code.rawValue)")
        let command =
            switch diagnostic.severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        return "::\(command) \(properties.joined(separator: ","))::" + Self.data(message(group, paths))
    }

    private func message(_ group: Group, _ paths: RepositoryPaths) -> String {
        func place(_ location: SourceLocation) -> String {
            "\(paths.path(of: location.file)):\(location.line):\(location.column)"
        }
        var lines = [group.first.message.printable]
        lines += group.first.help.map { "help: " + $0.printable }
        lines += group.first.notes.map { note in
            "note: " + (note.message + (note.location.map { ", " + place($0) } ?? "")).printable
        }
        if !group.others.isEmpty {
            let count = group.others.count
            let named = group.others.prefix(Self.namedPlaces)
                .compactMap { $0.location.map(place) ?? $0.file.map(paths.path) }
            let list = named.isEmpty ? "" : ": " + named.joined(separator: ", ") + (count > named.count ? ", …" : "")
            lines.append("and \(count) more place\(count == 1 ? "" : "s")\(list)".printable)
        }
        return lines.joined(separator: "\n")
    }

    /// A message with what would end it, or begin another command, escaped.
    private static func data(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The value of a property, which a comma or a colon would end.
    private static func property(_ text: String) -> String {
        var result = ""
        for scalar in data(text.printable).unicodeScalars {
            switch scalar {
            case ":": result += "%3A"
            case ",": result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
