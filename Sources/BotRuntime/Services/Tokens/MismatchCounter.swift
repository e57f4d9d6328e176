import Synchronization

/// Counts the answers whose service said a total that is not the sum of its parts.
final class MismatchCounter: Sendable {
    private let count = Atomic(0)

    /// Counts one more; returns how many there are now.
    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}
