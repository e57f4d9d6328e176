import BotConfiguration
import Diagnostics
import ModelCatalog
import WallClock

/// A model whose end is near: it is legacy, or the date of its end has passed or comes within ninety days.
///
/// Dates of the catalog are often "not before", so that this never becomes an error.
struct EndOfLife: BotRule {
    let codes: [DiagnosticCode] = [.endOfLife]

    /// How long before its date an end of life is worth a warning.
    static let notice: Duration = .seconds(90 * 86_400)

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard let facts = bot.facts, let message = message(about: facts, on: subject.today) else { return [] }
        return [
            Finding(
                .endOfLife, message, at: bot.node("model", "id")?.origin, file: bot.file.name,
                help: ["move to a newer model before the service refuses this one; 'botctl catalog list' shows them"])
        ]
    }

    private func message(about facts: ModelFacts, on today: Timestamp) -> String? {
        let isLegacy = facts.lifecycle == .legacy
        guard let date = facts.deprecationDate else {
            return isLegacy ? "'\(facts.id)' is legacy: its end of life is announced" : nil
        }
        // ISO 8601 dates are in order as texts.
        let (now, soon) = (day(of: today), day(of: today.advanced(by: Self.notice)))
        if date <= now { return "the end of life that was announced for '\(facts.id)' was on \(date)" }
        guard isLegacy || date <= soon else { return nil }
        return "'\(facts.id)' reaches its end of life on \(date)"
    }

    private func day(of time: Timestamp) -> String { String(time.iso8601.prefix(10)) }
}
