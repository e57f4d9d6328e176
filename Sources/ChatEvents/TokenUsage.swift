/// Tokens as the model service counted them.
///
/// Cached tokens are not part of `input`: input + cacheRead + cacheWrite + output is the total.
package struct TokenUsage: Hashable, Sendable {
    package private(set) var input: Int
    package private(set) var output: Int
    package private(set) var cacheRead: Int
    package private(set) var cacheWrite: Int
    /// The total as the service said it, to be held against ``total``; nil when it said none.
    package var statedTotal: Int?

    /// The most that counts: far above what any model reads or writes, so that sums of what a service says are safe.
    private static let most = 1 << 40

    /// Counts of a service; what cannot be true of any answer is taken as the nearest that could.
    package init(input: Int, output: Int, cacheRead: Int = 0, cacheWrite: Int = 0, statedTotal: Int? = nil) {
        self.input = Self.bounded(input)
        self.output = Self.bounded(output)
        self.cacheRead = Self.bounded(cacheRead)
        self.cacheWrite = Self.bounded(cacheWrite)
        self.statedTotal = statedTotal
    }

    private static func bounded(_ count: Int) -> Int { min(max(count, 0), most) }

    package var total: Int { input + output + cacheRead + cacheWrite }
}
