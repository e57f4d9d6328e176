import BotConfiguration
import Diagnostics

/// A value of a bot's own file that says what the layers beneath say anyway.
struct DeadOverride: Rule {
    let codes: [DiagnosticCode] = [.deadOverride]

    func findings(in subject: RuleSubject) -> [Finding] {
        subject.overrides.flatMap { overrides in
            overrides.values.filter(\.isDead).map { value in
                let source = value.beneath == nil ? "the schema default is" : "its template says"
                // What is wrong in the file may be meant to say the same, and nobody sees it once this is gone.
                let isUnderstood = !overrides.bot.file.hasErrors
                return Finding(
                    .deadOverride, "'\(value.dottedPath)' says what \(source) anyway", at: value.node.origin,
                    file: overrides.bot.file.name, help: ["remove it"],
                    notes: value.beneath.map { [Finding.Note("the same value is here", at: $0.origin)] } ?? [],
                    repair: isUnderstood ? .removeValue(path: value.dottedPath) : nil)
            }
        }
    }
}
