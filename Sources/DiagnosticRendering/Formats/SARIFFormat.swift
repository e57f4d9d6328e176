import DiagnosticReference
import Diagnostics
import JSONCoding

/// Diagnostics as a SARIF log.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
struct SARIFFormat {
    private static let schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    /// What file paths start from; where that lies differs from machine to machine, so only its name is said.
    private static let root = "%SRCROOT%"

    func text(of report: DiagnosticReport) -> String {
        let codes = Set(report.diagnostics.map(\.code)).sorted { $0.rawValue < $1.rawValue }
        let indices = Dictionary(uniqueKeysWithValues: zip(codes, codes.indices))
        var fingerprints = SARIFFingerprints()
        let results = report.diagnostics.map { diagnostic in
            result(
                diagnostic, ruleIndex: indices[diagnostic.code] ?? -1,
                fingerprint: fingerprints.fingerprint(of: diagnostic), report.paths)
        }
        return log(
            version: report.toolVersion, invocation: ["executionSuccessful": true],
            rules: codes.map { rule(DiagnosticPage($0)) }, results: results)
    }

    /// A log without results, which says that nothing was checked: no results alone would mean that all is well.
    func text(of failure: RunFailure) -> String {
        let notification: JSONValue = ["level": "error", "message": message(failure.text)]
        return log(
            version: failure.toolVersion,
            invocation: [
                "executionSuccessful": false, "exitCode": .integer(failure.status),
                "toolExecutionNotifications": [notification],
            ], rules: [], results: [])
    }

    private func log(version: String, invocation: JSONValue, rules: [JSONValue], results: [JSONValue]) -> String {
        let driver: JSONValue = [
            "name": "botctl", "version": .string(version), "semanticVersion": .string(version),
            "rules": .array(rules),
        ]
        let run: JSONValue = [
            "tool": ["driver": driver],
            "invocations": [invocation],
            "originalUriBaseIds": [Self.root: ["description": message("The root of the repository.")]],
            "columnKind": "unicodeCodePoints", "results": .array(results),
        ]
        let log: JSONValue = ["$schema": .string(Self.schema), "version": "2.1.0", "runs": [run]]
        return log.text(.indented) + "\n"
    }

    private func rule(_ page: DiagnosticPage) -> JSONValue {
        [
            "id": .string(page.code.rawValue), "name": .string(page.name),
            "shortDescription": message(page.title), "fullDescription": message(page.meaning),
            "help": .object([
                "text": .string(escaped("\(page.reason)\n\n\(page.remedy)")),
                // GitHub shows this as it is: doubled braces would teach a wrong way of writing references.
                "markdown": .string("\(page.reason)\n\n**What to do:** \(page.remedy)"),
            ]),
            "defaultConfiguration": ["level": .string(level(page.code.defaultSeverity))],
        ]
    }

    private func result(
        _ diagnostic: Diagnostic, ruleIndex: Int, fingerprint: String, _ paths: RepositoryPaths
    ) -> JSONValue {
        let said = diagnostic.notes.filter { $0.location == nil }.map { "Note: \($0.message)" }
        let lines = [diagnostic.message] + diagnostic.help.map { "Help: \($0)" } + said
        var result: JSONObject = [
            "ruleId": .string(diagnostic.code.rawValue), "ruleIndex": .integer(ruleIndex),
            "level": .string(level(diagnostic.severity)),
            "message": message(lines.map(\.printable).joined(separator: "\n")),
        ]
        if let file = diagnostic.file {
            result.append("locations", [["physicalLocation": place(file, diagnostic.location, paths)]])
        }
        let related = diagnostic.notes.filter { $0.location != nil }.enumerated().map { index, note -> JSONValue in
            [
                "id": .integer(index + 1), "message": message(note.message.printable),
                "physicalLocation": place(note.location?.file ?? "", note.location, paths),
            ]
        }
        if !related.isEmpty { result.append("relatedLocations", .array(related)) }
        result.append("partialFingerprints", ["botctl/v1": .string(fingerprint)])
        if let fix = diagnostic.fix, !fix.edits.isEmpty { result.append("fixes", [self.fix(fix, paths)]) }
        return .object(result)
    }

    private func fix(_ fix: Fix, _ paths: RepositoryPaths) -> JSONValue {
        var files: [String] = []
        for edit in fix.edits where !files.contains(edit.file) { files.append(edit.file) }
        let changes = files.map { file -> JSONValue in
            let replacements = fix.edits.filter { $0.file == file }.map { edit -> JSONValue in
                [
                    "deletedRegion": [
                        "byteOffset": .integer(edit.range.lowerBound), "byteLength": .integer(edit.range.count),
                    ],
                    "insertedContent": ["text": .string(edit.replacement)],
                ]
            }
            return ["artifactLocation": artifact(file, paths), "replacements": .array(replacements)]
        }
        return ["description": message(fix.summary.printable), "artifactChanges": .array(changes)]
    }

    private func place(_ file: String, _ location: SourceLocation?, _ paths: RepositoryPaths) -> JSONValue {
        var place: JSONObject = ["artifactLocation": artifact(file, paths)]
        if let location {
            place.append(
                "region",
                [
                    "startLine": .integer(location.line), "startColumn": .integer(location.column),
                    "endColumn": .integer(location.column + location.length),
                ])
        }
        return .object(place)
    }

    private func artifact(_ file: String, _ paths: RepositoryPaths) -> JSONValue {
        let path = paths.path(of: file)
        if path.hasPrefix("/") { return ["uri": .string("file://" + PercentEncoding.encoded(path))] }
        return ["uri": .string(PercentEncoding.encoded(path)), "uriBaseId": .string(Self.root)]
    }

    private func level(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "note"
        }
    }

    private func message(_ text: String) -> JSONValue { ["text": .string(escaped(text))] }

    /// A text that no reader takes for one with placeholders (`{0}`) or links (`[text](target)`).
    private func escaped(_ text: String) -> String {
        let escapesBrackets = text.contains("](")
        var result = ""
        for character in text {
            switch character {
            case "{", "}": result += "\(character)\(character)"
            case "[" where escapesBrackets: result += "\\["
            default: result.append(character)
            }
        }
        return result
    }
}
