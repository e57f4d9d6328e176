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
    case outputVideoSecond = "perOutputVideoSecond"
    case inputVideoSecond = "perInputVideoSecond"
    case inputAudioSecond = "perInputAudioSecond"
    case query = "perQuery"

    /// The unit as the configuration writes it: `input_usd_per_million`.
    package var configurationName: String {
        switch self {
        case .inputPerMillionTokens: "input_usd_per_million"
        case .outputPerMillionTokens: "output_usd_per_million"
        case .cacheReadPerMillionTokens: "cache_read_usd_per_million"
        case .cacheWritePerMillionTokens: "cache_write_usd_per_million"
        case .cacheWriteOneHourPerMillionTokens: "cache_write_1h_usd_per_million"
        case .inputAudioPerMillionTokens: "input_audio_usd_per_million"
        case .outputAudioPerMillionTokens: "output_audio_usd_per_million"
        case .inputImagePerMillionTokens: "input_image_usd_per_million"
        case .outputImage: "usd_per_output_image"
        case .inputImage: "usd_per_input_image"
        case .outputVideoSecond: "usd_per_output_video_second"
        case .inputVideoSecond: "usd_per_input_video_second"
        case .inputAudioSecond: "usd_per_input_audio_second"
        case .query: "usd_per_query"
        }
    }

    /// What is paid for, for people: "a million input tokens".
    package var summary: String {
        switch self {
        case .inputPerMillionTokens: "a million input tokens"
        case .outputPerMillionTokens: "a million output tokens"
        case .cacheReadPerMillionTokens: "a million tokens read from the cache"
        case .cacheWritePerMillionTokens: "a million tokens written to the cache for five minutes"
        case .cacheWriteOneHourPerMillionTokens: "a million tokens written to the cache for an hour"
        case .inputAudioPerMillionTokens: "a million input tokens of sound"
        case .outputAudioPerMillionTokens: "a million output tokens of sound"
        case .inputImagePerMillionTokens: "a million input tokens of images"
        case .outputImage: "an image that is made"
        case .inputImage: "an image that is sent"
        case .outputVideoSecond: "a second of video that is made"
        case .inputVideoSecond: "a second of video that is sent"
        case .inputAudioSecond: "a second of sound that is sent"
        case .query: "a query"
        }
    }
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

extension ModelPrices {
    /// These prices with others laid over them: entry by entry, and within one amount by amount.
    package func overlaid(by other: ModelPrices) -> ModelPrices {
        ModelPrices(entries: entries.merging(other.entries) { $0.overlaid(by: $1) })
    }
}

extension ModelPrice {
    fileprivate func overlaid(by other: ModelPrice) -> ModelPrice {
        var result = self
        result.amounts.merge(other.amounts) { $1 }
        result.tiers.merge(other.tiers) { $0.merging($1) { $1 } }
        if let long = other.longContext {
            result.longContext = LongContext(
                aboveInputTokens: long.aboveInputTokens,
                amounts: (longContext?.amounts ?? [:]).merging(long.amounts) { $1 })
        }
        return result
    }
}
