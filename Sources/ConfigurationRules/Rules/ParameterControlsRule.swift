import BotConfiguration
import Diagnostics

/// Controls that Poe would refuse, beyond what the types of their keys say.
///
/// Source: Poe server-bot protocol, `parameter_controls` of the settings response.
struct ParameterControlsRule: BotRule {
    let codes: [DiagnosticCode] = [.parameterControls]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard let node = bot.node("poe", "parameter_controls"), case .object(let controls) = node.value else {
            return []
        }
        var check = ParameterControlsCheck(rejections: ControlRejections(bot.rejectedPaths))
        check.check(controls, at: node)
        return check.findings
    }
}
