/// Bounds on what a shelf keeps.
package struct ShelfLimits: Hashable, Sendable {
    /// All files together, those included that are still coming.
    package var bytes: Int
    package var count: Int
    /// How long a link is good for.
    package var lifetime: Duration = .seconds(3600)

    /// Bounds on bytes and files, with links that are good for an hour.
    package init(bytes: Int, count: Int) {
        self.bytes = bytes
        self.count = count
    }

    /// What a process keeps in its memory.
    package static let inMemory = ShelfLimits(bytes: 128 << 20, count: 1024)
    /// What a directory keeps for all gateways of an environment.
    package static let onDisk = ShelfLimits(bytes: 2 << 30, count: 8192)
}
