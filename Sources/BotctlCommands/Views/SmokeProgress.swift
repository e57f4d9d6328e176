import SmokeTesting

/// Verdicts as they come, on standard error: what is not a pass at once, and on a terminal a line that counts.
final class SmokeProgress {
    private let terminal: Terminal
    private var passed = 0

    init(terminal: Terminal) { self.terminal = terminal }

    /// Shows a verdict.
    func show(_ verdict: SmokeVerdict) {
        let style = terminal.errorStyle
        switch verdict.result {
        case .pass:
            passed += 1
            if terminal.errorIsTerminal { terminal.writeError("\r\u{1B}[K  \(passed) passed, last \(verdict.bot)") }
            return
        case .fail, .inconclusive:
            clear()
            let word = verdict.result == .fail ? style.red("failed") : style.yellow("inconclusive")
            terminal.note("  \(word) \(verdict.bot), case '\(verdict.smokeCase)': \(verdict.reason ?? "")")
        }
    }

    /// Removes the counting line.
    func clear() {
        if terminal.errorIsTerminal { terminal.writeError("\r\u{1B}[K") }
        passed = 0
    }
}
