import BotConfiguration
import BotRuntime

extension ExactAmount {
    /// The amount of US dollars in thousandths of a cent, of which a hundred thousand are a dollar, rounded up; nil for
    /// one that is negative or does not fit.
    ///
    /// Source: Poe server-bot protocol, costs: a fraction of the unit is rounded up.
    var milliCentsRoundedUp: Int? {
        guard let amount = times(100_000) else { return nil }
        let parts = amount.description.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first.flatMap({ Int($0) }), whole >= 0, whole < Int.max else { return nil }
        return parts.count == 2 ? whole + 1 : whole
    }

    /// The amount times a decimal number; nil when that does not fit.
    func times(_ factor: DecimalNumber) -> ExactAmount? {
        let parts = factor.text.split(separator: ".", maxSplits: 1)
        guard let digits = Int(parts.joined()) else { return nil }
        return times(digits, perPowerOfTen: parts.count == 2 ? parts[1].count : 0)
    }
}
