import JSONCoding

/// Diagnostics for scripts.
struct JSONFormat {
    func text(of report: DiagnosticReport) -> String {
        var document: JSONObject = [
            "format_version": 1, "valid": .bool(report.isValid), "files": .integer(report.files.count),
            "bots": .integer(report.botCount), "environments": .array(report.environments.map { .string($0) }),
            "diagnostics": .array(report.diagnostics.map(\.json)),
        ]
        document["not_shown"] = report.hiddenCount.map { .integer($0) }
        if let repairs = report.repairs { document.append("fixes", repairs.json) }
        return JSONValue.object(document).text(.indented) + "\n"
    }

    func text(of failure: RunFailure) -> String {
        var error: JSONObject = ["message": .string(failure.message), "status": .integer(failure.status)]
        error["hint"] = failure.hint.map { .string($0) }
        let document: JSONValue = ["format_version": 1, "error": .object(error)]
        return document.text(.indented) + "\n"
    }
}
