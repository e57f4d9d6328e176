private import Synchronization

/// The generation that is served now.
final class CurrentGeneration: Sendable {
    private let generation = Mutex(Generation.empty)

    /// The snapshot for one request; it stays whole however often others replace it.
    var snapshot: Generation { generation.withLock { $0 } }

    /// Serves another generation from now on.
    func replace(with next: Generation) { generation.withLock { $0 = next } }
}
