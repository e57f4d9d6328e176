/// A step of a model's answer, in no protocol's terms.
///
/// Order: any number of `text` and `reasoning`, then `finished` once, then at most one `usage`.
package enum ChatEvent: Hashable, Sendable {
    /// More of the answer.
    case text(String)
    /// More of the model's thinking, which is not part of the answer.
    case reasoning(String)
    /// The answer is complete.
    case finished(StopReason)
    /// What the answer cost in tokens, as the model counted.
    case usage(TokenUsage)
}

/// Why an answer ended.
package enum StopReason: Hashable, Sendable {
    case endOfTurn
    case stopSequence
    /// The answer reached `maxTokens` and is cut.
    case maxTokens
    case toolUse
    case contentFiltered
    case contextWindowExceeded
    /// The model produced something that its own service could not read.
    case malformed
    /// A reason that this version does not know; treated as the end of the turn.
    case other(String)
}

/// Tokens as the model service counted them.
///
/// Cached tokens are not part of `input`: input + cacheRead + cacheWrite + output is the total.
package struct TokenUsage: Hashable, Sendable {
    package var input: Int
    package var output: Int
    package var cacheRead: Int
    package var cacheWrite: Int

    package init(input: Int, output: Int, cacheRead: Int = 0, cacheWrite: Int = 0) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
    }

    package var total: Int { input + output + cacheRead + cacheWrite }
}
