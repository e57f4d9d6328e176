/// Tokens as the model service counted them.
///
/// Cached tokens are not part of `input`: input + cacheRead + cacheWrite + output is the total.
package struct TokenUsage: Hashable, Sendable {
    package var input: Int
    package var output: Int
    package var cacheRead: Int
    package var cacheWrite: Int
    /// The total as the service said it, to be held against ``total``; nil when it said none.
    package var statedTotal: Int?

    package init(input: Int, output: Int, cacheRead: Int = 0, cacheWrite: Int = 0, statedTotal: Int? = nil) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.statedTotal = statedTotal
    }

    package var total: Int { input + output + cacheRead + cacheWrite }
}
