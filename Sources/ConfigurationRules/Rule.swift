import BotConfiguration
import Diagnostics

/// A judgement that needs the whole picture: the merged bots, all of them, or what is known of their models.
///
/// Rules only look. They say what they find as if it were always wanted; the policy decides what is shown and how
/// grave it is. None may take time in the order of the square of the number of bots.
protocol Rule: Sendable {
    /// The codes that it reports.
    var codes: [DiagnosticCode] { get }

    /// What it finds.
    func findings(in subject: RuleSubject) -> [Finding]
}

/// A rule that judges one environment at a time.
protocol EnvironmentRule: Rule {
    /// What it finds in one environment.
    func findings(in project: Project, of subject: RuleSubject) -> [Finding]
}

/// A rule that judges one bot at a time.
protocol BotRule: EnvironmentRule {
    /// What it finds in one bot.
    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding]
}

extension EnvironmentRule {
    func findings(in subject: RuleSubject) -> [Finding] {
        subject.projects.flatMap { project in
            findings(in: project, of: subject).map { finding in
                var finding = finding
                finding.environment = project.environment.name
                return finding
            }
        }
    }
}

extension BotRule {
    func findings(in project: Project, of subject: RuleSubject) -> [Finding] {
        project.mergedBots.flatMap { findings(in: $0, of: subject) }
    }
}

/// All rules there are.
enum RuleRegistry {
    static let rules: [any Rule] = [
        UnknownModel(), UnknownRegion(), EndOfLife(), FloatingModel(), RefusedValues(), MissingFeatures(),
        KeysInClear(), AccessKeysInClear(), MediaValues(), VideoCredentials(), UnwatchedBot(), ParameterControlsRule(),
        SharedAccessKey(), DuplicateHandle(), Fallbacks(), SmokeCoverage(), DeadOverride(), SharedOverride(),
        UnusedTemplate(), SettingsRules(), PoeNotCalled(),
    ]
}
