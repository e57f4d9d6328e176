import Deployment
import DiagnosticRendering
import Rollout
import SmokeTesting

/// What becomes of saved files, a line for each change, on standard error.
struct WatchView: Sendable {
    /// The most names that a line tells.
    private static let nameLimit = 4

    private let terminal: Terminal
    private let smoke: SmokeProgress

    init(terminal: Terminal) {
        self.terminal = terminal
        smoke = SmokeProgress(terminal: terminal)
    }

    /// Says that files are watched.
    func begin() {
        terminal.note(terminal.errorStyle.dim("watching the project's files; a bot is live once it is saved"))
    }

    /// Shows of a deploy under way only what went wrong.
    func show(_ event: RolloutEvent) {
        if case .verdict(_, let verdict) = event, verdict.result != .pass { smoke.show(verdict) }
    }

    /// Shows what came of a change.
    ///
    /// - Parameters:
    ///   - outcome: What came of it.
    ///   - files: The files that were saved, without those that are new; without any, nothing is said unless a bot is
    ///     different.
    ///   - time: How long it took.
    func show(_ outcome: WatchOutcome, files: [String], after time: Duration) {
        var files = files
        // Of a new file only its folder is seen to change.
        if files.isEmpty, case .rolledOut(_, _, _, let own) = outcome { files = own }
        let place = (files.isEmpty ? [] : [Self.list(files)]) + [DurationView.text(time)]
        let end = "(\(place.joined(separator: ", ")))"
        switch outcome {
        case .same:
            if !files.isEmpty { line(.skipped, "no bot is different \(end)") }
        case .refused(let failure):
            let help = failure.hint.map { "; \($0)" } ?? ""
            line(.failed, "kept what was good: \(failure.message.printable)\(help) \(end)")
        case .rolledOut(let changes, let outcome, let environment, _):
            let names = Self.list(changes.map { "\($0.name) \($0.action.pastWord)" })
            guard case .deployed(let serial, _, let live) = outcome else {
                line(.failed, "kept what was good; not live: \(names) \(end)")
                return RolloutEndView(end: outcome, environment: environment, flags: PlaceFlags()).show(terminal)
            }
            let verdict = live.map { ", \($0.summary)" } ?? ""
            line(.done, "\(names), serial \(serial)\(verdict) \(end)")
        }
    }

    private func line(_ mark: StepProgress.Mark, _ text: String) {
        terminal.note(text, after: sign(mark) + " ", columns: 2, indent: 2)
    }

    /// A sign on a terminal, a word elsewhere: logs are searched.
    private func sign(_ mark: StepProgress.Mark) -> String {
        let style = terminal.errorStyle
        guard terminal.errorIsTerminal else {
            return switch mark {
            case .done, .noted: "live"
            case .failed: "failed"
            case .skipped: "same"
            }
        }
        return switch mark {
        case .done, .noted: style.green("✓")
        case .failed: style.red("✗")
        case .skipped: style.dim("-")
        }
    }

    private static func list(_ words: [String]) -> String {
        let shown = words.prefix(nameLimit).map(\.printable).joined(separator: ", ")
        return words.count > nameLimit ? "\(shown) and \(words.count - nameLimit) more" : shown
    }
}

extension BotChange.Action {
    /// What became of the bot.
    fileprivate var pastWord: String {
        switch self {
        case .add: "added"
        case .remove: "removed"
        case .rename: "renamed"
        case .change: "changed"
        case .enable: "switched on"
        case .disable: "switched off"
        case .smokeOnly: "has other smoke cases"
        case .unchanged: "unchanged"
        }
    }
}
