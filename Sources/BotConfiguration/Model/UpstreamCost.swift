import JSONCoding
package import ModelCatalog

/// What the upstream charges for a bot's answers, in US dollars as exact decimals.
///
/// The bot's `cost` goes over the facts, amount by amount; what neither says is not known, which is not the same as
/// nothing.
package struct UpstreamCost: Hashable, Sendable {
    /// Prices of tokens, images and video.
    package var price: ModelPrice

    package init(price: ModelPrice) { self.price = price }

    /// The price of a second of video that is made; nil when it is not known.
    package var perVideoSecond: DecimalNumber? {
        price.amounts[.outputVideoSecond].flatMap { DecimalNumber($0.text) }
    }
}

extension UpstreamCost {
    private static let amounts: [(key: String, unit: PriceUnit)] = [
        ("input_usd_per_million", .inputPerMillionTokens), ("output_usd_per_million", .outputPerMillionTokens),
        ("cache_read_usd_per_million", .cacheReadPerMillionTokens),
        ("cache_write_usd_per_million", .cacheWritePerMillionTokens), ("usd_per_image", .outputImage),
        ("usd_per_second", .outputVideoSecond),
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
    }
}
