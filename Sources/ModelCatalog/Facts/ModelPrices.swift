package import JSONCoding

/// What an amount of money is paid for.
package enum PriceUnit: String, Hashable, Sendable, CaseIterable {
    case inputPerMillionTokens = "inputPerMTok"
    case outputPerMillionTokens = "outputPerMTok"
    case cacheReadPerMillionTokens = "cacheReadPerMTok"
    /// Writing a cache entry that lives for five minutes.
    case cacheWritePerMillionTokens = "cacheWritePerMTok"
    /// Writing a cache entry that lives for one hour.
    case cacheWriteOneHourPerMillionTokens = "cacheWrite1hPerMTok"
    case inputAudioPerMillionTokens = "inputAudioPerMTok"
    case outputAudioPerMillionTokens = "outputAudioPerMTok"
    case inputImagePerMillionTokens = "inputImagePerMTok"
    case outputImage = "perOutputImage"
    case inputImage = "perInputImage"
    case inputVideoSecond = "perInputVideoSecond"
    case inputAudioSecond = "perInputAudioSecond"
    case query = "perQuery"
}

/// Amounts in US dollars, in their source text: money never passes through a binary fraction.
package typealias PriceAmounts = [PriceUnit: JSONNumber]

/// What a model costs under one way of calling it.
package struct ModelPrice: Sendable, Hashable {
    /// A service tier with prices of its own.
    package enum Tier: String, Hashable, Sendable, CaseIterable {
        case batch
        case flex
        case priority
    }

    /// Prices that replace the token prices of the whole request when its input is long.
    package struct LongContext: Sendable, Hashable {
        /// The input size above which they hold.
        package var aboveInputTokens: Int
        package var amounts: PriceAmounts

        package init(aboveInputTokens: Int, amounts: PriceAmounts) {
            self.aboveInputTokens = aboveInputTokens
            self.amounts = amounts
        }
    }

    package var amounts: PriceAmounts
    package var tiers: [Tier: PriceAmounts]
    package var longContext: LongContext?

    package init(amounts: PriceAmounts, tiers: [Tier: PriceAmounts] = [:], longContext: LongContext? = nil) {
        self.amounts = amounts
        self.tiers = tiers
        self.longContext = longContext
    }
}

/// What a model costs, by the way it is called.
package struct ModelPrices: Sendable, Hashable {
    /// Prices by `base` (the bare id), a profile prefix, `region:<region>`, `mantle` or `mantle:<region>`.
    package var entries: [String: ModelPrice]

    package init(entries: [String: ModelPrice] = [:]) { self.entries = entries }

    /// The price of a call, or nil when none is known: then show nothing rather than zero.
    ///
    /// - Parameters:
    ///   - profilePrefix: The prefix of the upstream id, such as `us`; nil for a bare id.
    ///   - region: The region of the call.
    /// - Returns: The entry of the prefix, else of the region, else of the bare id, else the closest there is.
    package func price(profilePrefix: String?, region: String) -> ModelPrice? {
        let keys = [profilePrefix, "region:\(region)", "base", "global"].compactMap(\.self)
        for key in keys {
            if let price = entries[key] { return price }
        }
        let others = entries.keys.sorted { left, right in
            let (leftIsMantle, rightIsMantle) = (left.hasPrefix("mantle"), right.hasPrefix("mantle"))
            return leftIsMantle == rightIsMantle ? left < right : rightIsMantle
        }
        return others.first.flatMap { entries[$0] }
    }
}
