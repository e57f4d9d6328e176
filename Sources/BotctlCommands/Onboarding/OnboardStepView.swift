import Bedrock
import BotConfiguration
import DiagnosticRendering
import Diagnostics
import ModelCatalog
import Onboarding
import Scaffolding
import SmokeTesting

/// One step of an onboarding in words.
struct OnboardStepView {
    let mark: StepProgress.Mark
    /// What came of it, in a line.
    let text: String
    /// The same on the step's own line; empty where people read it at the end, as that of any command.
    let progressText: String
    /// What else is worth saying, a line each.
    let lines: [String]
    /// Problems that are shown below it.
    let diagnostics: [Diagnostic]

    init(step: OnboardingReport.Step, flags: PlaceFlags) {
        var (mark, text, lines) = (StepProgress.Mark.done, "", [String]())
        var shown: String?
        var diagnostics: [Diagnostic] = []
        switch step.outcome {
        case .accessNotAsked(let error):
            (mark, text) = (.skipped, "cannot be asked for an ARN; the smoke test will show")
            lines =
                error.map { error in
                    let hint = error.code == .denied ? ["  allow \(error.permission) to have it found out"] : []
                    return ["? what it stands for is not known: \(error)"] + hint
                } ?? []
        case .access(let survey):
            let isCertain = survey.findings.allSatisfy { $0.answer == .yes }
            mark = isCertain ? .done : .noted
            text = "\(Self.verdict(of: survey, isCertain)) (\(survey.region))"
            lines = survey.findings.flatMap { finding in
                ["\(finding.answer.sign) \(finding.text)"] + (finding.hint.map { ["  \($0)"] } ?? [])
            }
        case .known(let facts, let file, let warning):
            text = "\(facts.summary) (\(file ?? "botctl's catalog"))"
            if let warning {
                mark = .noted
                lines = ["\(warning); 'botctl catalog list' shows the models that can be called"]
            }
        case .described(let file, .correction, _, _):
            text = "\(file) goes over the catalog"
        case .described(let file, .ownProfile, _, _):
            (mark, text) = (
                .noted, "an inference profile of your account: with \(file) the simulator can play it"
            )
        case .described(let file, .newModel, let nearest, let kind):
            (mark, text) = (.noted, "in no catalog: \(file) says that it exists")
            lines = nearest.map { ["nearest in the catalog: \($0)"] } ?? []
            if let kind {
                lines.append("as that one \(kind.deed), so does this one; if not: --kind chat, image or video")
            }
            lines.append("its limits and prices are not known; complete the file as they become so")
        case .ownProfile:
            (mark, text) = (.noted, "an inference profile of your account: no catalog knows what it calls")
        case .made(let bot):
            text = "\(bot.file.path), \(Count.text(bot.file.lines.count, "line"))"
            lines = bot.template.map { ["with \($0.path), which the project lacks"] } ?? []
            if let picture = bot.picture { lines.append("with \(picture.path), which its smoke case brings") }
            lines += bot.notes
        case .found(let file):
            text = "\(file) is there already; nothing to write"
        case .valid(let files, let warnings, let errors):
            text = "no problem in \(files.joined(separator: " and "))"
            if !warnings.isEmpty { text = DiagnosticsView(diagnostics: warnings).summary }
            if errors > 0 {
                let command = flags.command("validate", takesEnvironment: false)
                lines.append("\(Count.text(errors, "error")) in other files: '\(command)' shows them, deploys refuse")
            }
            mark = warnings.isEmpty && lines.isEmpty ? .done : .noted
            diagnostics = warnings
        case .written(let files, let schemas):
            text = files.joined(separator: ", ")
            lines = schemas.notes
        case .notWritten:
            (mark, text) = (.skipped, "a dry run: nothing is written")
        case .serving(let upstream):
            text = "a gateway of this process, over \(upstream == .aws ? "Amazon Bedrock" : "the simulator")"
        case .passed(let report):
            text = report.summary
            lines = report.verdicts.map(Self.line)
        case .failed(OnboardingFailure.smokeFailed(let report)):
            (mark, text) = (.failed, report.summary)
            lines = report.verdicts.map(Self.line)
        case .failed(OnboardingFailure.invalid(let problems)):
            (mark, text) = (.failed, DiagnosticsView(diagnostics: problems).summary)
            diagnostics = problems
        case .failed(let error):
            (mark, text, shown) = (.failed, Failures.failure(for: error).message, "")
        }
        self.mark = mark
        self.text = text
        progressText = shown ?? text
        self.lines = lines
        self.diagnostics = diagnostics
    }

    private static func verdict(of survey: ModelAccessSurvey, _ isCertain: Bool) -> String {
        guard survey.isAllowed else { return "the control plane says no; the smoke test will show" }
        return isCertain ? "the control plane says yes" : "nothing speaks against it"
    }

    private static func line(_ verdict: SmokeVerdict) -> String {
        let times = [
            verdict.firstEvent.map { "first event after \(DurationView.text($0))" },
            "whole answer after \(DurationView.text(verdict.total))",
        ]
        let reason = verdict.reason.map { ": \($0.printable)" } ?? ""
        return "\(verdict.smokeCase.printable) \(verdict.result.rawValue)\(reason), "
            + times.compactMap(\.self).joined(separator: ", ")
    }
}

extension ModelAccessSurvey.Answer {
    /// The answer in one character.
    fileprivate var sign: String {
        switch self {
        case .yes: "+"
        case .no: "-"
        case .unknown: "?"
        }
    }
}

extension ModelFacts {
    /// The model in a line: name, limits, what it takes beside text.
    fileprivate var summary: String {
        var parts: [String] = []
        if let contextTokens { parts.append("\(ModelNumbers.rounded(contextTokens)) context") }
        if let maxOutputTokens { parts.append("\(ModelNumbers.rounded(maxOutputTokens)) answer") }
        if capabilities.vision == true { parts.append("images") }
        if capabilities.tools == true { parts.append("tools") }
        let name = displayName.hasPrefix(maker) ? displayName : "\(maker) \(displayName)"
        return parts.isEmpty ? name : "\(name): \(parts.joined(separator: ", "))"
    }
}
