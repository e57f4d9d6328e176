import Deployment
import JSONCoding
import WallClock

/// The deploys of an environment.
struct HistoryView: ResultView {
    /// One deploy, and how it went where that is known.
    struct Entry {
        let manifest: Manifest
        let outcome: DeploymentOutcome?
    }

    let environment: String
    let entries: [Entry]

    /// Writes a table to standard output.
    func show(_ terminal: Terminal) {
        guard !entries.isEmpty else {
            terminal.note("\(environment): nothing was deployed yet; 'botctl deploy' does")
            return
        }
        let style = terminal.outputStyle
        var table = TextTable(["SERIAL", "WHEN", "BY", "BOTS", "OUTCOME", "MESSAGE"], rightAligned: [0, 3])
        for entry in entries {
            table.append([
                TextTable.Cell(String(entry.manifest.serial), paint: style.bold),
                TextTable.Cell(entry.manifest.created.iso8601), TextTable.Cell(entry.manifest.by),
                TextTable.Cell(String(entry.manifest.bots.count)), outcomeCell(entry, style),
                TextTable.Cell(entry.manifest.message ?? entry.outcome?.reason ?? ""),
            ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
    }

    private func outcomeCell(_ entry: Entry, _ style: TextStyle) -> TextTable.Cell {
        guard let outcome = entry.outcome else { return TextTable.Cell("not recorded", paint: style.dim) }
        return TextTable.Cell(
            outcome.result.rawValue, paint: outcome.result == .verified ? style.green : style.yellow)
    }

    /// The deploys for scripts.
    var json: JSONObject {
        [
            "environment": .string(environment),
            "deploys": .array(
                entries.map { entry in
                    [
                        "serial": .integer(entry.manifest.serial),
                        "created": .string(entry.manifest.created.iso8601), "by": .string(entry.manifest.by),
                        "tool": .string(entry.manifest.tool), "bots": .integer(entry.manifest.bots.count),
                        "message": entry.manifest.message.map { .string($0) } ?? .null,
                        "outcome": entry.outcome?.json ?? .null,
                    ]
                }),
        ]
    }
}
