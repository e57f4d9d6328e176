import DiagnosticRendering
import SmokeTesting
private import Synchronization

/// Verdicts as they come, on standard error: what is not a pass at once, and on a terminal a line that counts.
final class SmokeProgress: Sendable {
    private let terminal: Terminal
    private let hasReport: Bool
    private let counts = Mutex((passed: 0, others: 0))

    /// The progress of a smoke test.
    ///
    /// - Parameters:
    ///   - terminal: Where it is shown.
    ///   - hasReport: Whether a report that names what is no pass follows at once, so that it is only counted here.
    init(terminal: Terminal, hasReport: Bool = false) {
        self.terminal = terminal
        self.hasReport = hasReport
    }

    /// Shows a verdict.
    func show(_ verdict: SmokeVerdict) {
        let style = terminal.errorStyle
        let counts = counts.withLock { counts in
            if verdict.result == .pass { counts.passed += 1 } else { counts.others += 1 }
            return counts
        }
        guard verdict.result == .pass || hasReport else {
            if terminal.canDraw { terminal.writeError("\r\u{1B}[K") }
            let (word, paint) = verdict.result == .fail ? ("failed", style.red) : ("inconclusive", style.yellow)
            let text = "\(verdict.bot), case '\(verdict.smokeCase)': \((verdict.reason ?? "").printable)"
            terminal.note(text, after: "  \(paint(word)) ", columns: word.count + 3, indent: 4)
            return
        }
        guard terminal.canDraw else { return }
        let others = counts.others > 0 ? ", \(counts.others) not" : ""
        terminal.writeError("\r\u{1B}[K  \(counts.passed) passed\(others), last \(verdict.bot)")
    }

    /// Removes the counting line.
    func clear() {
        if terminal.canDraw { terminal.writeError("\r\u{1B}[K") }
        counts.withLock { $0 = (0, 0) }
    }
}
