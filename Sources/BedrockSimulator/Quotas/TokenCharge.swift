import ModelCatalog

/// What a call counts for against the quota of tokens.
///
/// At the start all that goes in and the most that may come out is kept back; in the end what was read from the cache
/// counts nothing, and what came out counts at the model's rate.
///
/// Source: Amazon Bedrock user guide, "How tokens are counted in Amazon Bedrock".
enum TokenCharge {
    /// What a model may say whose limit is not known.
    private static let assumedMost = 4096
    /// What a caller may ask for is bounded by the model's limit alone, which need not be known.
    private static let most = 1 << 40

    /// The tokens that are kept back when the call starts.
    static func reserved(for usage: Answer.Usage, maxTokens: Int?, of model: ModelFacts) -> Int {
        usage.input + usage.cacheRead + usage.cacheWrite + min(maxTokens ?? model.maxOutputTokens ?? assumedMost, most)
    }

    /// The tokens that the call has used when it ends.
    static func used(by usage: Answer.Usage, of model: ModelFacts) -> Int {
        usage.input + usage.cacheWrite + usage.output * rate(of: model)
    }

    /// How many tokens of the quota one token of the answer counts for: five for Claude 3.7 and later.
    static func rate(of model: ModelFacts) -> Int {
        guard model.id.hasPrefix("anthropic.claude") else { return 1 }
        let older = ["anthropic.claude-v", "anthropic.claude-instant", "anthropic.claude-2", "anthropic.claude-3-"]
        return older.contains(where: model.id.hasPrefix) && !model.id.hasPrefix("anthropic.claude-3-7") ? 1 : 5
    }
}
