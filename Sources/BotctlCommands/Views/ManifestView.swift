import BotConfiguration
import Deployment
import JSONCoding
import WallClock

/// One deploy with its bots.
struct ManifestView: ResultView {
    let environment: String
    let manifest: Manifest
    /// How it went, where that is known.
    let outcome: DeploymentOutcome?

    /// Writes it to standard output.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        terminal.output(style.bold("serial \(manifest.serial)") + style.dim("  in \(environment)"))
        let page = FieldPage(terminal: terminal)
        page.field("when", manifest.created.iso8601)
        page.field("by", "\(manifest.by), \(manifest.tool)")
        page.field("revision", manifest.source?.revision)
        page.field("message", manifest.message)
        page.field("outcome", outcome.map { "\($0.result.rawValue): \($0.reason)" } ?? "not recorded")
        guard !manifest.bots.isEmpty else { return }
        terminal.output("")
        var table = TextTable(["BOT", "KIND", "DIGEST", "STATE"])
        for (name, bot) in manifest.bots.sorted(by: { $0.key < $1.key }) {
            table.append([
                TextTable.Cell(name, paint: style.bold), TextTable.Cell(bot.kind), TextTable.Cell(bot.digest.short),
                TextTable.Cell(bot.isEnabled ? "" : "disabled"),
            ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
    }

    /// It for scripts.
    var json: JSONObject {
        [
            "environment": .string(environment), "manifest": manifest.json, "outcome": outcome?.json ?? .null,
        ]
    }
}
