import BotConfiguration
import Diagnostics

/// A value of a bot's own file that its template says anyway.
///
/// A value that is only the schema default's too is none: writing it down makes a bot independent of that default.
struct DeadOverride: Rule {
    let codes: [DiagnosticCode] = [.deadOverride]

    func findings(in subject: RuleSubject) -> [Finding] {
        subject.deadOverrides.flatMap { overrides in
            overrides.values.map { value in
                // What is wrong in the file may be meant to say the same, and nobody sees it once this is gone.
                let isUnderstood = !overrides.bot.file.hasErrors
                return Finding(
                    .deadOverride, "'\(value.dottedPath)' says what its template says anyway", at: value.node.origin,
                    file: overrides.bot.file.name, help: ["remove it"],
                    notes: value.beneath.map { [Finding.Note("the same value is here", at: $0.origin)] } ?? [],
                    repair: isUnderstood ? .removeValue(path: value.dottedPath) : nil)
            }
        }
    }
}
