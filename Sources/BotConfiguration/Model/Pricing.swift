/// What users pay for a bot's answers, in US dollars.
package enum Pricing: Hashable, Sendable {
    /// What the upstream charges, times this.
    case markup(DecimalNumber)
    case perMessage(DecimalNumber)
    case perImage(DecimalNumber)
    /// For a second of video.
    case perSecond(DecimalNumber)
    /// For a million tokens.
    case perMillionTokens(input: DecimalNumber, output: DecimalNumber)
}

extension Pricing {
    /// The pricing that layers set; nil where they set none.
    init?(_ values: ConfigReader) {
        func amount(_ key: String) -> DecimalNumber? { values.decimal("pricing", key) }
        if let factor = amount("markup") {
            self = .markup(factor)
        } else if let price = amount("per_message") {
            self = .perMessage(price)
        } else if let price = amount("per_image") {
            self = .perImage(price)
        } else if let price = amount("per_second") {
            self = .perSecond(price)
        } else if let input = amount("input_usd_per_million"), let output = amount("output_usd_per_million") {
            self = .perMillionTokens(input: input, output: output)
        } else {
            return nil
        }
    }
}
