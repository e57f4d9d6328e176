import DiagnosticRendering
import SmokeTesting
private import Synchronization

/// Verdicts as they come, on standard error: what is not a pass at once, and on a terminal a line that counts.
final class SmokeProgress: Sendable {
    private let terminal: Terminal
    private let passed = Mutex(0)

    init(terminal: Terminal) { self.terminal = terminal }

    /// Shows a verdict.
    func show(_ verdict: SmokeVerdict) {
        let style = terminal.errorStyle
        switch verdict.result {
        case .pass:
            let count = passed.withLock { count in
                count += 1
                return count
            }
            if terminal.canDraw { terminal.writeError("\r\u{1B}[K  \(count) passed, last \(verdict.bot)") }
        case .fail, .inconclusive:
            if terminal.canDraw { terminal.writeError("\r\u{1B}[K") }
            let word = verdict.result == .fail ? style.red("failed") : style.yellow("inconclusive")
            terminal.note("  \(word) \(verdict.bot), case '\(verdict.smokeCase)': \((verdict.reason ?? "").printable)")
        }
    }

    /// Removes the counting line.
    func clear() {
        if terminal.canDraw { terminal.writeError("\r\u{1B}[K") }
        passed.withLock { $0 = 0 }
    }
}
