import Deployment
import DiagnosticRendering
import JSONCoding
import Rollout
private import Synchronization

/// What came of telling Poe the settings of bots.
struct SettingsSyncView: ResultView {
    let report: SettingsSyncReport
    /// The command that tells Poe again.
    let command: String

    /// Writes a table to standard output, the summary and the next step to standard error.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        var table = TextTable(["BOT", "ON POE", "RESULT", "TRIES", "POE SAYS"], rightAligned: [3])
        for outcome in report.outcomes {
            table.append([
                TextTable.Cell(outcome.bot, paint: style.bold), TextTable.Cell(outcome.handle),
                outcome.isSynced
                    ? TextTable.Cell("synced", paint: style.green) : TextTable.Cell("failed", paint: style.red),
                TextTable.Cell("\(outcome.attempts)"), TextTable.Cell(outcome.message),
            ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
        showSummary(terminal)
    }

    /// Writes the summary and the next step to standard error.
    func showSummary(_ terminal: Terminal) {
        let style = terminal.errorStyle
        let paint = report.failures.isEmpty ? style.green : style.red
        terminal.note("\(paint(report.summary)) with \(report.baseURL.printable)")
        guard !report.failures.isEmpty else { return }
        terminal.note(
            "what is deployed is not touched by this; '\(command)' tells Poe again",
            after: "  \(style.cyan("help:")) ", columns: 8, indent: 8)
    }

    /// It for scripts.
    var json: JSONObject { report.json }

    /// The exit status.
    var status: CommandStatus { report.failures.isEmpty ? .ok : .failure }
}

/// Outcomes as they come, on standard error: what failed at once, and on a terminal a line that counts.
final class SettingsSyncProgress: Sendable {
    private let terminal: Terminal
    private let hasReport: Bool
    private let counts = Mutex((synced: 0, failed: 0))

    /// The progress of a sync.
    ///
    /// - Parameters:
    ///   - terminal: Where it is shown.
    ///   - hasReport: Whether a report that names what failed follows, so that it is only counted here.
    init(terminal: Terminal, hasReport: Bool) {
        self.terminal = terminal
        self.hasReport = hasReport
    }

    /// Shows who is waited for.
    func show(_ lease: Lease) { terminal.note("waiting: \(lease.holder.printable) is deploying") }

    /// Shows an outcome.
    func show(_ outcome: SettingsSyncOutcome) {
        let counts = counts.withLock { counts in
            if outcome.isSynced { counts.synced += 1 } else { counts.failed += 1 }
            return counts
        }
        guard outcome.isSynced || hasReport else {
            clear()
            let names = outcome.handle == outcome.bot ? outcome.bot : "\(outcome.bot) (\(outcome.handle) on Poe)"
            let tries = outcome.attempts > 1 ? " after \(outcome.attempts) tries" : ""
            terminal.note(
                "\(names.printable)\(tries): \(outcome.message.printable)",
                after: "  \(terminal.errorStyle.red("failed")) ", columns: 9, indent: 4)
            return
        }
        guard terminal.canDraw else { return }
        let failed = counts.failed > 0 ? ", \(counts.failed) failed" : ""
        terminal.writeError("\r\u{1B}[K  \(counts.synced) synced\(failed), last \(outcome.bot)")
    }

    /// Removes the counting line.
    func clear() { if terminal.canDraw { terminal.writeError("\r\u{1B}[K") } }
}
