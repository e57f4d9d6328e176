import BotConfiguration
import BotRuntime
import ChatEvents

/// What a user pays for an answer of a bot, exactly, and rounded up only at the end.
struct AnswerPrice: Sendable {
    private let pricing: Pricing
    private let cost: UpstreamCost

    /// The price of a bot's answers; nil for one without `pricing`.
    init?(_ config: BotConfig) {
        guard let pricing = config.pricing else { return nil }
        self.pricing = pricing
        cost = config.cost
    }

    /// What is paid for what an answer took.
    ///
    /// - Parameter used: What it took.
    /// - Returns: Thousandths of a US cent, rounded up; nil where the price of something that was used is not known.
    func milliCents(for used: AnswerCost) -> Int? { amount(for: used)?.milliCentsRoundedUp }

    private func amount(for used: AnswerCost) -> ExactAmount? {
        switch pricing {
        case .markup(let factor): used.amount(at: cost)?.times(factor)
        case .perMessage(let price): ExactAmount(price.text)
        case .perImage(let price): ExactAmount(price.text)?.times(used.images)
        case .perSecond(let price): ExactAmount(price.text)?.times(used.videoSeconds)
        case .perMillionTokens(let input, let output):
            // Cached or not, input is input: the bot names one price for it.
            ExactAmount(input.text)?
                .times(used.usage.input + used.usage.cacheRead + used.usage.cacheWrite, perPowerOfTen: 6)
                .flatMap { sum in
                    ExactAmount(output.text)?.times(used.usage.output, perPowerOfTen: 6).flatMap(sum.plus)
                }
        }
    }
}
