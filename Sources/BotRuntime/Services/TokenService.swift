package import BotConfiguration
package import ChatEvents
import ModelCatalog

/// Counts tokens: by estimate before the model is asked, by the model's own count afterwards.
package struct TokenService: Sendable {
    package init() {}

    /// About how many tokens a request is.
    ///
    /// Without the model's own tokenizer this is a rule of thumb: four ASCII characters, two characters of other
    /// alphabets or one of any other script are a token, and every message costs four more.
    package func estimate(_ request: ChatRequest) -> Int {
        var quarters = request.messages.count * 16
        for message in request.messages { quarters += quarterTokens(message.text) }
        return (quarters + quarterTokens(request.system)) / 4
    }

    private func quarterTokens(_ text: String) -> Int {
        var quarters = 0
        for byte in text.utf8 {
            // Only the first byte of a character counts: 0xxxxxxx, 110xxxxx, 111xxxxx.
            if byte < 0x80 {
                quarters += 1
            } else if byte >= 0xE0 {
                quarters += 4
            } else if byte >= 0xC0 {
                quarters += 2
            }
        }
        return quarters
    }

    /// Refuses a request that is too long for the bot before anything is paid for it.
    ///
    /// An operator's own limit is kept to the letter. The model's context is what the catalog says, which may be too
    /// low, and the estimate may be too high; so only what is longer by half is refused here, and the model decides
    /// on the rest.
    ///
    /// - Parameters:
    ///   - request: What would be sent.
    ///   - config: Whose limits hold.
    /// - Returns: The estimate.
    /// - Throws: ``TokenBudgetExceeded``.
    package func checkBudget(of request: ChatRequest, for config: BotConfig) throws(TokenBudgetExceeded) -> Int {
        let estimate = estimate(request)
        if let limit = config.limits.maxInputTokens, estimate > limit {
            throw TokenBudgetExceeded(estimate: estimate, limit: limit)
        }
        if let limit = config.model.facts?.contextTokens, estimate > limit + limit / 2 {
            throw TokenBudgetExceeded(estimate: estimate, limit: limit)
        }
        return estimate
    }

    /// What an answer cost: the model's own count, or an estimate that says it is one.
    ///
    /// - Parameters:
    ///   - usage: What the model counted; nil when it did not say.
    ///   - estimatedInput: The estimate of the request.
    ///   - outputSizeInBytes: The answer in UTF-8.
    /// - Returns: The account.
    package func account(usage: TokenUsage?, estimatedInput: Int, outputSizeInBytes: Int) -> TokenAccount {
        guard let usage else {
            return TokenAccount(
                usage: TokenUsage(input: estimatedInput, output: (outputSizeInBytes + 3) / 4), isEstimate: true)
        }
        return TokenAccount(usage: usage, isEstimate: false)
    }
}

/// What an answer cost in tokens.
package struct TokenAccount: Hashable, Sendable {
    /// Input, cache reads, cache writes and output; each token counts in one of them only.
    package var usage: TokenUsage
    /// Whether these are our guesses, because the model did not say.
    package var isEstimate: Bool

    package init(usage: TokenUsage, isEstimate: Bool) {
        self.usage = usage
        self.isEstimate = isEstimate
    }
}

/// A request that is longer than its bot takes.
package struct TokenBudgetExceeded: Error, Hashable, Sendable, CustomStringConvertible {
    /// About how long the request is, in tokens.
    package var estimate: Int
    /// What the bot takes, in tokens.
    package var limit: Int

    package init(estimate: Int, limit: Int) {
        self.estimate = estimate
        self.limit = limit
    }

    package var description: String { "about \(estimate) tokens of input where \(limit) are allowed" }
}
