package import ChatEvents

/// What an answer took, and what it cost.
package struct TokenAccount: Hashable, Sendable {
    /// Input, cache reads, cache writes and output; each token counts in one of them only.
    package var usage: TokenUsage
    /// How many images were made.
    package var images: Int
    /// How many seconds of video were made.
    package var videoSeconds: Int
    /// Whether these are our guesses, because the model did not say.
    package var isEstimate: Bool
    /// What the upstream charges, in US dollars; nil where a price that it takes is not known.
    package var cost: ExactAmount?
    /// How many answers of this process did not add up so far, this one among them; nil where this one does.
    package var mismatches: Int?

    package init(
        usage: TokenUsage, images: Int = 0, videoSeconds: Int = 0, isEstimate: Bool, cost: ExactAmount? = nil,
        mismatches: Int? = nil
    ) {
        self.usage = usage
        self.images = images
        self.videoSeconds = videoSeconds
        self.isEstimate = isEstimate
        self.cost = cost
        self.mismatches = mismatches
    }

    /// Whether the service's own total is the sum of its parts; one that says no total adds up.
    ///
    /// An answer where it is not counts tokens twice or not at all, so its cost cannot be trusted.
    package var addsUp: Bool { usage.statedTotal.map { $0 == usage.total } ?? true }
}
