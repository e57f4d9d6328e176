import JSONCoding
package import ModelCatalog

/// What the upstream charges for a bot's answers, in US dollars as exact decimals.
///
/// The bot's `cost` goes over the facts, amount by amount; what neither says is not known, which is not the same as
/// nothing.
package struct UpstreamCost: Hashable, Sendable {
    /// Prices of tokens and images.
    package var price: ModelPrice
    /// The price of a second of video that is made; nil when it is not known.
    package var perVideoSecond: DecimalNumber?

    package init(price: ModelPrice, perVideoSecond: DecimalNumber? = nil) {
        self.price = price
        self.perVideoSecond = perVideoSecond
    }
}

extension UpstreamCost {
    private static let amounts: [(key: String, unit: PriceUnit)] = [
        ("input_usd_per_million", .inputPerMillionTokens), ("output_usd_per_million", .outputPerMillionTokens),
        ("cache_read_usd_per_million", .cacheReadPerMillionTokens),
        ("cache_write_usd_per_million", .cacheWritePerMillionTokens), ("usd_per_image", .outputImage),
    ]

    /// What the layers say of one model's cost, over what is known of it.
    init(_ values: ConfigReader, facts: ModelFacts?, upstreamID: String, region: String) {
        let known = facts?.prices.price(profilePrefix: ModelCatalog.profilePrefix(of: upstreamID), region: region)
        price = known ?? ModelPrice(amounts: [:])
        for (key, unit) in Self.amounts {
            guard let amount = values.decimal("cost", key), let number = JSONNumber(text: amount.text) else { continue }
            price.amounts[unit] = number
            // Who states a price states it for conversations of any length.
            price.longContext?.amounts[unit] = number
        }
        perVideoSecond = values.decimal("cost", "usd_per_second")
    }
}
