import BotConfiguration
import BotRuntime
import JSONCoding
import ModelCatalog

/// What users on Poe read of a bot's price, made of its `pricing`.
///
/// Amounts are in thousandths of a US cent, rounded up; Poe puts points in their place.
/// Source: Poe server-bot protocol, `rate_card` and `cost_label`: `[usd_milli_cents=N]`.
struct PriceTexts {
    /// What is paid for.
    private enum Prices {
        /// One amount for one of a thing.
        case each(ExactAmount, thing: String)
        /// For a million tokens.
        case tokens(input: ExactAmount, output: ExactAmount)
    }

    private let prices: Prices

    /// The texts of a bot; nil for one without pricing, with a price of what it does not make, and where a price of the
    /// model that it needs is not known.
    init?(_ config: BotConfig) {
        guard let prices = Self.prices(of: config) else { return nil }
        self.prices = prices
    }

    /// The explanation in Markdown; nil where an amount does not fit into a number.
    var rateCard: String? {
        switch prices {
        case .each(let price, let thing): return Self.tag(price).map { "\($0) for every \(thing)" }
        case .tokens(let input, let output):
            guard let input = Self.tag(input), let output = Self.tag(output) else { return nil }
            return """
                | Tokens | Price of a million |
                |---|---|
                | Input | \(input) |
                | Output | \(output) |
                """
        }
    }

    /// The short price tag: of a bot that is paid by tokens, what a message of 100 tokens each way costs, and a plus.
    ///
    /// Nil where an amount does not fit into a number.
    var costLabel: String? {
        switch prices {
        case .each(let price, let thing): Self.tag(price).map { thing == Self.second ? "\($0)/s" : $0 }
        case .tokens(let input, let output):
            input.plus(output)?.times(100, perPowerOfTen: 6).flatMap(Self.tag).map { "\($0)+" }
        }
    }

    /// The price in US dollars, as decimal strings.
    var json: JSONValue {
        switch prices {
        case .each(let price, let thing):
            ["unit": .string(thing == Self.second ? "second" : thing), "usd": .string(price.description)]
        case .tokens(let input, let output):
            [
                "unit": "tokens", "input_usd_per_million": .string(input.description),
                "output_usd_per_million": .string(output.description),
            ]
        }
    }

    private static let second = "second of video"

    private static func prices(of config: BotConfig) -> Prices? {
        switch config.pricing {
        case nil: nil
        case .perMessage(let price): ExactAmount(price.text).map { .each($0, thing: "message") }
        case .perImage(let price):
            config.kind == .image ? ExactAmount(price.text).map { .each($0, thing: "image") } : nil
        case .perSecond(let price):
            config.kind == .video ? ExactAmount(price.text).map { .each($0, thing: second) } : nil
        case .perMillionTokens(let input, let output):
            config.kind == .chat ? tokens(ExactAmount(input.text), ExactAmount(output.text)) : nil
        case .markup(let factor):
            switch config.kind {
            case .chat:
                tokens(
                    amount(of: .inputPerMillionTokens, in: config, times: factor),
                    amount(of: .outputPerMillionTokens, in: config, times: factor))
            case .image: amount(of: .outputImage, in: config, times: factor).map { .each($0, thing: "image") }
            case .video:
                config.cost.perVideoSecond.flatMap { product($0, factor) }.map { .each($0, thing: second) }
            }
        }
    }

    private static func tokens(_ input: ExactAmount?, _ output: ExactAmount?) -> Prices? {
        guard let input, let output else { return nil }
        return .tokens(input: input, output: output)
    }

    private static func amount(
        of unit: PriceUnit, in config: BotConfig, times factor: DecimalNumber
    ) -> ExactAmount? {
        config.cost.price.amounts[unit].flatMap { DecimalNumber($0.text) }.flatMap { product($0, factor) }
    }

    private static func product(_ price: DecimalNumber, _ factor: DecimalNumber) -> ExactAmount? {
        ExactAmount(price.text)?.times(factor)
    }

    /// Nil for an amount that does not fit, as a part of it would be a price far too low.
    private static func tag(_ price: ExactAmount) -> String? {
        price.milliCentsRoundedUp.map { "[usd_milli_cents=\($0)]" }
    }
}
