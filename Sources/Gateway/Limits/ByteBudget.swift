import Synchronization

/// How many bytes that came from strangers may be in memory at once, over all requests.
final class ByteBudget: Sendable {
    private let limit: Int
    private let used = Mutex(0)

    /// A budget of so many bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// Takes bytes from the budget.
    ///
    /// - Returns: False, and nothing is taken, when not so many are left.
    func take(_ count: Int) -> Bool {
        used.withLock { used in
            guard used + count <= limit else { return false }
            used += count
            return true
        }
    }

    /// Gives bytes back that were taken.
    func giveBack(_ count: Int) {
        used.withLock { $0 -= count }
    }
}
