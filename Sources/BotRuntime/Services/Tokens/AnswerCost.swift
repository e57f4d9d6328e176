package import BotConfiguration
package import ChatEvents
import JSONCoding
import ModelCatalog

/// What one answer costs at given prices.
package struct AnswerCost: Hashable, Sendable {
    package var usage: TokenUsage
    /// How many images were made.
    package var images: Int
    /// How many seconds of video were made.
    package var videoSeconds: Int

    package init(usage: TokenUsage, images: Int = 0, videoSeconds: Int = 0) {
        self.usage = usage
        self.images = images
        self.videoSeconds = videoSeconds
    }

    /// The cost in US dollars, exact.
    ///
    /// Cached tokens are paid at their own prices and not at that of input. Above the size where a model's prices for
    /// long input begin, all tokens are paid at those.
    ///
    /// - Parameter cost: The prices.
    /// - Returns: The sum; nil when something was used whose price is not known.
    package func amount(at cost: UpstreamCost) -> ExactAmount? {
        let prices = amounts(of: cost.price)
        let tokens: [(count: Int, unit: PriceUnit)] = [
            (usage.input, .inputPerMillionTokens), (usage.output, .outputPerMillionTokens),
            (usage.cacheRead, .cacheReadPerMillionTokens), (usage.cacheWrite, .cacheWritePerMillionTokens),
        ]
        var sum = ExactAmount.zero
        for (count, unit) in tokens where count > 0 {
            guard let price = prices[unit].flatMap({ ExactAmount(price: $0.text) }),
                let part = price.times(count, perPowerOfTen: 6), let next = sum.plus(part)
            else { return nil }
            sum = next
        }
        if images > 0 {
            guard let price = prices[.outputImage].flatMap({ ExactAmount(price: $0.text) }),
                let part = price.times(images),
                let next = sum.plus(part)
            else { return nil }
            sum = next
        }
        if videoSeconds > 0 {
            guard let price = cost.perVideoSecond.flatMap({ ExactAmount(price: $0.text) }),
                let part = price.times(videoSeconds), let next = sum.plus(part)
            else { return nil }
            sum = next
        }
        return sum
    }

    private func amounts(of price: ModelPrice) -> PriceAmounts {
        guard let long = price.longContext, usage.input + usage.cacheRead + usage.cacheWrite > long.aboveInputTokens
        else { return price.amounts }
        return price.amounts.merging(long.amounts) { $1 }
    }
}

extension ExactAmount {
    /// A price in any decimal spelling.
    fileprivate init?(price text: String) {
        guard let number = DecimalNumber(text) else { return nil }
        self.init(number.text)
    }
}
