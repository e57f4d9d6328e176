import Synchronization

/// What all callers of one service may spend on retries, so that a service in trouble is not met with more requests.
package final class RetryQuota: Sendable {
    /// What a new quota holds, and the most that it ever does.
    package static let capacity = 500

    private let amount: Mutex<Int>

    /// Makes a quota.
    package init(_ amount: Int = RetryQuota.capacity) { self.amount = Mutex(amount) }

    /// What is left.
    package var available: Int { amount.withLock { $0 } }

    /// Takes an amount for a retry.
    ///
    /// - Returns: Whether there was as much; else nothing is taken.
    func acquire(_ cost: Int) -> Bool {
        amount.withLock { amount in
            guard amount >= cost else { return false }
            amount -= cost
            return true
        }
    }

    /// Gives back what a call that has succeeded took last, or a little for one that needed no retry.
    func release(_ cost: Int?) { amount.withLock { $0 = min(Self.capacity, $0 + (cost ?? 1)) } }
}
