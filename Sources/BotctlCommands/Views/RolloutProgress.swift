import Deployment
import Rollout
import SmokeTesting

/// The steps of a deploy as they happen, on standard error.
struct RolloutProgress: Sendable {
    private let terminal: Terminal
    private let smoke: SmokeProgress

    init(terminal: Terminal) {
        self.terminal = terminal
        smoke = SmokeProgress(terminal: terminal)
    }

    /// Shows a step.
    func show(_ event: RolloutEvent) {
        let style = terminal.errorStyle
        switch event {
        case .waiting(let lease): terminal.note("waiting: \(lease.holder) is deploying")
        case .smokeStarted(.candidate, let bots):
            step("candidate smoke", "\(Count.text(bots, "bot")) in a gateway of this process")
        case .smokeStarted(.live, let bots):
            step("live smoke", "\(Count.text(bots, "bot")) at the environment's gateway")
        case .verdict(_, let verdict): smoke.show(verdict)
        case .smokeFinished(_, let report):
            smoke.clear()
            terminal.note("  " + (report.result == .pass ? style.green(report.summary) : style.red(report.summary)))
        case .inconclusiveAccepted(let reason): terminal.note(style.yellow("accepted although inconclusive: ") + reason)
        case .written(let serial): step("manifest", "serial \(serial) is written")
        case .converging(let state):
            step("gateways", "\(state.ready.count) of \(state.liveCount) serve serial \(state.serial)")
        case .rollingBack(let serial, let cause):
            terminal.note(style.red("rolling back serial \(serial): ") + cause.description)
        case .rolledBack(_, let restored): step("manifest", "serial \(restored) holds the bots from before")
        case .outcomeNotKept(let serial, let reason):
            terminal.note(style.yellow("the outcome of serial \(serial) could not be kept: ") + reason)
        }
    }

    private func step(_ name: String, _ text: String) {
        terminal.note("\(terminal.errorStyle.bold(name)): \(text)")
    }
}
