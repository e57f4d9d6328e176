import JSONCoding
import SmokeTesting

/// The verdicts of a smoke test, for people.
struct SmokeReportView: ResultView {
    let report: SmokeReport

    /// Writes a table to standard output, and the summary to standard error.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        var table = TextTable(["BOT", "CASE", "VERDICT", "FIRST EVENT", "TOTAL", "REASON"], rightAligned: [3, 4])
        for verdict in report.verdicts {
            let paint: @Sendable (String) -> String =
                switch verdict.result {
                case .pass: style.green
                case .fail: style.red
                case .inconclusive: style.yellow
                }
            table.append([
                TextTable.Cell(verdict.bot, paint: style.bold), TextTable.Cell(verdict.smokeCase),
                TextTable.Cell(verdict.result.rawValue, paint: paint),
                TextTable.Cell(verdict.firstEvent.map(DurationView.text) ?? "-"),
                TextTable.Cell(DurationView.text(verdict.total)), TextTable.Cell(verdict.reason ?? ""),
            ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
        let paint = report.result == .pass ? terminal.errorStyle.green : terminal.errorStyle.red
        terminal.note(paint(report.summary))
    }

    /// The verdicts for scripts.
    var json: JSONObject { report.json.object ?? JSONObject() }

    /// The exit status.
    var status: CommandStatus { report.result == .pass ? .ok : .smokeFailed }
}
