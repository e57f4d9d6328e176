/// Bounds on a YAML text that comes from outside; past one of them reading stops with a diagnostic.
package struct YAMLLimits: Hashable, Sendable {
    /// How large a file may be.
    package var bytes: Int
    /// How deep lists and mappings may nest, aliases counted as what they stand for.
    package var depth: Int
    /// How many values a file may write down.
    package var nodes: Int
    /// How many values a file may hold once every alias is replaced by what it stands for.
    package var aliasExpansion: Int
    /// How many bytes the texts of a file may have once every alias is replaced by what it stands for.
    package var expandedBytes: Int

    /// Bounds; what a configuration file never comes near.
    package init(
        bytes: Int = 1 << 20, depth: Int = 64, nodes: Int = 100_000, aliasExpansion: Int = 200_000,
        expandedBytes: Int = 1 << 22
    ) {
        // Offsets are kept in 32 bits.
        self.bytes = min(bytes, Int(UInt32.max))
        self.depth = depth
        self.nodes = nodes
        self.aliasExpansion = aliasExpansion
        self.expandedBytes = expandedBytes
    }
}
