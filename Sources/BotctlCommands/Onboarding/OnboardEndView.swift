import BotConfiguration
import JSONCoding
import Onboarding
import Scaffolding
import SmokeTesting

/// What came of an onboarding, for people and for scripts.
struct OnboardEndView {
    let report: OnboardingReport
    let flags: PlaceFlags
    /// Whether a deploy follows at once.
    let isDeployed: Bool

    /// What stopped the command; nil when every step was taken.
    var failure: CommandFailure? {
        guard let error = report.failure else { return nil }
        var failure = Failures.failure(for: error)
        if case OnboardingFailure.smokeFailed = error {
            failure.hint =
                report.upstream == .aws
                ? "the reason above is the service's own"
                : "'\(flags.command("show", report.bot ?? "NAME", "--origin"))' shows where its smoke cases were written"
        }
        if case OnboardingFailure.declined(let slip) = error, let meant = slip.meant.first {
            failure.hint = "'\(flags.command("onboard", meant))' takes the other"
        }
        if case OnboardingFailure.invalid = error, report.files.isEmpty { failure.hint = nil }
        if let kept { failure.hint = failure.hint.map { "\($0); \(kept)" } ?? kept }
        return failure
    }

    /// What became of the files of an onboarding that failed; nil where there are none.
    private var kept: String? {
        guard report.isWritten else { return nil }
        let paths = report.files.map(\.path)
        guard paths.contains(where: { !$0.hasPrefix("catalog.d/") }) else {
            return "\(paths.joined(separator: ", ")) stays, as it is valid; remove it if you do not want these facts"
        }
        return "the files stay, as they are valid; remove them if you do not want the bot"
    }

    // MARK: - People

    /// Writes the files to standard output, the rest to standard error.
    func show(_ terminal: Terminal) {
        let style = terminal.errorStyle
        if report.failure == nil || report.isWritten { ScaffoldedFilesView(files: report.files).show(terminal) }
        guard report.failure == nil, let bot = report.bot else { return }
        let lines = report.files.reduce(0) { $0 + $1.lines.count }
        let written =
            report.files.isEmpty
            ? "nothing had to be written"
            : "\(Count.text(lines, "line")) in \(Count.text(report.files.count, "file"))"
                + (report.isWritten ? "" : ", not written")
        let verdict = report.smoke.map { ", \($0.summary)" } ?? ""
        terminal.note(
            "in \(DurationView.text(report.total)), \(written)\(verdict)",
            after: "\(style.green("ready:")) \(style.bold(bot)) ", columns: 8 + bot.count, indent: 7)
        if report.isMadeUp {
            terminal.note(
                "the simulator answered in its place; no model service was asked whether there is such a model",
                after: "\(style.yellow("note:")) ", columns: 6, indent: 6)
        }
        guard !isDeployed else { return }
        NextStepsView(steps: nextSteps).show(terminal)
    }

    private var nextSteps: [NextStepsView.Step] {
        guard report.isWritten || report.files.isEmpty else { return [.init("the same without --dry-run")] }
        var steps: [NextStepsView.Step] = []
        if report.isMadeUp {
            steps.append(.init(flags.command("onboard", report.modelID, "--live"), "ask the real model service"))
        }
        return steps + [
            .init(flags.command("diff"), "what a deploy would change"),
            .init(flags.command("deploy"), "make it live, with a smoke test before and after"),
        ]
    }

    // MARK: - Scripts

    /// The report for scripts.
    var json: JSONObject {
        var object: JSONObject = [
            "model": .string(report.modelID), "bot": report.bot.map { .string($0) } ?? .null,
            "upstream": .string(report.upstream.rawValue), "total_ms": .integer(report.total.wholeMilliseconds),
            "steps": .array(report.steps.map(json)),
            "files": .array(
                report.files.map {
                    [
                        "path": .string($0.path), "written": .bool(report.isWritten),
                        "text": $0.picture == nil ? .string($0.text) : .null,
                    ]
                }),
            "smoke": report.smoke?.json ?? .null,
        ]
        if let failure { object.append("error", failure.json) }
        return object
    }

    private func json(of step: OnboardingReport.Step) -> JSONValue {
        let view = OnboardStepView(step: step, flags: flags)
        return [
            "name": .string(step.step.rawValue), "result": .string(view.mark.rawValue), "text": .string(view.text),
            "notes": .array(view.lines.map { .string($0) }), "ms": .integer(step.time.wholeMilliseconds),
        ]
    }
}

extension CommandFailure {
    /// What stopped a part of a command, as a member of its document.
    var json: JSONValue {
        var error: JSONObject = ["message": .string(message), "status": .integer(status.rawValue)]
        error["hint"] = hint.map { .string($0) }
        return .object(error)
    }
}

extension Duration {
    /// The length in whole milliseconds.
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
