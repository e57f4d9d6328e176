/// Where the beginning of a request may be marked for the prompt cache.
package struct CacheTraits: Hashable, Sendable {
    /// Whether a mark may stand after the tools.
    package var marksTools: Bool
    /// Whether a mark may stand beside the result of a tool.
    package var marksToolResults: Bool
    /// The shortest beginning that is cached, in tokens.
    package var leastTokens: Int

    /// Makes traits; the defaults are those of Claude models.
    package init(marksTools: Bool = true, marksToolResults: Bool = true, leastTokens: Int = 1024) {
        self.marksTools = marksTools
        self.marksToolResults = marksToolResults
        self.leastTokens = leastTokens
    }
}
