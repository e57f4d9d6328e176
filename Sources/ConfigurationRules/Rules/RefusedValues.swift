import BotConfiguration
import Diagnostics

/// Values of a bot's own file that its model cannot take as they are: parameters that it refuses, more tokens than it
/// gives, features that it lacks, keys that only another kind of bot or another service has.
///
/// The same values of a template or an environment are not faults: they are left out or adjusted in the request.
struct RefusedValues: BotRule {
    let codes: [DiagnosticCode] = [.modelRefusesParameter, .aboveModelLimit, .missingFeature, .contradictingKeys]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        bot.effective.adjustments.compactMap { adjustment in
            // What is left of a value that is wrong itself tells nothing.
            guard !bot.isRejected(adjustment.path) else { return nil }
            let path = adjustment.path.split(separator: ".").map(String.init)
            guard let node = bot.effective.root.node(at: path), node.origin.layer == .bot else { return nil }
            let fault = adjustment.fault
            return Finding(fault.code, fault.message, at: node.origin, file: bot.file.name, help: [fault.help])
        }
    }
}
