package import BotConfiguration
package import ChatEvents
import ModelCatalog

/// Counts tokens and what they cost: by estimate before the model is asked, by the model's own count afterwards.
package struct TokenService: Sendable {
    private let mismatches = MismatchCounter()

    package init() {}

    /// Refuses a request that is too long for the bot before anything is paid for it.
    ///
    /// An operator's own limit is kept to the letter. The model's context is what the catalog says, which may be too
    /// low, and the estimate may be too high; so only what is longer by half is refused here, and the model decides
    /// on the rest.
    ///
    /// - Parameters:
    ///   - request: What would be sent.
    ///   - config: Whose limits hold.
    /// - Returns: The estimate, in tokens.
    /// - Throws: ``ChatFailure`` of the kind `inputTooLong`, with advice that holds both numbers.
    package func checkBudget(of request: ChatRequest, for config: BotConfig) throws(ChatFailure) -> Int {
        let estimate = TokenEstimate(of: request).tokens
        if let limit = config.limits.maxInputTokens, estimate > limit { throw excess(estimate, over: limit) }
        if let limit = config.model.facts?.contextTokens, estimate > limit + limit / 2 {
            throw excess(estimate, over: limit)
        }
        return estimate
    }

    private func excess(_ estimate: Int, over limit: Int) -> ChatFailure {
        ChatFailure(
            .inputTooLong, detail: "about \(estimate) tokens of input where \(limit) are allowed",
            advice: .shortenConversation(estimate: estimate, limit: limit))
    }

    /// What an answer took and cost: by the model's own count, or by an estimate that says it is one.
    ///
    /// - Parameters:
    ///   - usage: What the model counted; nil when it did not say.
    ///   - estimatedInput: The estimate of the request.
    ///   - outputSizeInBytes: The answer in UTF-8.
    ///   - images: How many images the model made.
    ///   - videoSeconds: How many seconds of video the model made.
    ///   - config: Whose prices hold.
    /// - Returns: The account.
    package func account(
        usage: TokenUsage?, estimatedInput: Int, outputSizeInBytes: Int, images: Int = 0, videoSeconds: Int = 0,
        for config: BotConfig
    ) -> TokenAccount {
        let isEstimate = usage == nil
        let usage = usage ?? TokenUsage(input: estimatedInput, output: (outputSizeInBytes + 3) / 4)
        var account = TokenAccount(
            usage: usage, images: images, videoSeconds: videoSeconds, isEstimate: isEstimate,
            cost: AnswerCost(usage: usage, images: images, videoSeconds: videoSeconds).amount(at: config.cost))
        if !account.addsUp { account.mismatches = mismatches.next() }
        return account
    }

    /// The most that an answer to a request can take: what is reserved before the model is asked.
    ///
    /// The estimate of the input may be too low, so half is added to it, up to what the model takes at all. The output
    /// is bounded by the request, else by the model; where neither is known, by a guess.
    ///
    /// - Parameters:
    ///   - request: What would be sent, with the bot's own instructions and parameters.
    ///   - config: The bot.
    /// - Returns: The tokens.
    func bound(of request: ChatRequest, for config: BotConfig) -> AnswerCost {
        let estimate = TokenEstimate(of: request).tokens
        let input = min(estimate + estimate / 2 + Self.spareTokens, config.model.facts?.contextTokens ?? .max)
        let output = request.sampling.maxTokens ?? config.model.facts?.maxOutputTokens ?? Self.guessedOutput
        let plain = TokenUsage(input: input, output: output)
        // What is written to the model's cache may cost more than plain input.
        let written = TokenUsage(input: 0, output: output, cacheWrite: input)
        guard let amount = AnswerCost(usage: plain).amount(at: config.cost),
            let dearer = AnswerCost(usage: written).amount(at: config.cost), amount < dearer
        else { return AnswerCost(usage: plain) }
        return AnswerCost(usage: written)
    }

    /// What models add to a short conversation on their own.
    private static let spareTokens = 64
    private static let guessedOutput = 8_192

    /// What an order of files took and cost: models that make files are paid by the piece, whatever they say of tokens.
    ///
    /// - Parameters:
    ///   - bill: What was made.
    ///   - config: Whose prices hold.
    /// - Returns: The account; nil when nothing is to be paid for.
    func account(_ bill: MediaBill, for config: BotConfig) -> TokenAccount? {
        let made = bill.made
        guard made.images > 0 || made.videoSeconds > 0 else { return nil }
        return account(
            usage: TokenUsage(input: 0, output: 0), estimatedInput: 0, outputSizeInBytes: 0, images: made.images,
            videoSeconds: made.videoSeconds, for: config)
    }
}
