import BotConfiguration
import Scaffolding
import Secrets
import SmokeTesting

/// What came of an onboarding, for people.
struct OnboardView {
    let report: OnboardReport
    /// The environment that a deploy would go to; nil for the default one.
    let environment: String?
    /// Whether a deploy follows at once.
    let isDeployed: Bool

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
        guard !isDeployed else { return }
        let option = environment.map { " -e \($0)" } ?? ""
        terminal.note("next:")
        if report.isWritten || report.files.isEmpty {
            let width = 17 + option.count
            for (command, what) in [
                ("diff", "what a deploy would change"), ("deploy", "make it live, with a smoke test before and after"),
            ] {
                let start = "  botctl \(command)\(option)"
                let gap = String(repeating: " ", count: max(1, width + 2 - start.count))
                terminal.note(what, after: start + gap, columns: width + 2, indent: width + 2)
            }
        } else {
            terminal.note("  the same without --dry-run")
        }
    }
}

extension OnboardView {
    /// Writes what has to be entered on Poe, where no server bot can be made but by hand, to standard error.
    static func showPoe(_ bot: ProjectBot, in environment: EnvironmentSettings, _ terminal: Terminal) {
        let keys = bot.config.poe.accessKey.map { $0.filledText(forBot: bot.name, environment: environment.name) }
        terminal.note("on Poe, once: a server bot with")
        terminal.note("  server URL  \(environment.gatewayURL)/bots/\(bot.name)")
        guard !keys.isEmpty else { return }
        terminal.note(
            "what \(keys.joined(separator: ", or else ")) holds", after: "  access key  ", columns: 14, indent: 14)
    }
}

/// Files as they are written: the path of each and its lines.
struct ScaffoldedFilesView {
    let files: [ScaffoldedFile]

    /// Writes them to standard output, each line as it is in the file.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        for file in files {
            terminal.output(style.bold(file.path))
            for line in file.lines {
                terminal.output("  " + (line.hasPrefix("#") ? style.dim(String(line)) : String(line)))
            }
        }
    }
}
