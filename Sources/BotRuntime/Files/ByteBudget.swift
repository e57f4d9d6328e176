private import Synchronization

/// Bounds how many bytes a process holds in memory at once for one purpose, over all requests.
///
/// Bytes are held by shares. A share gives all of its bytes back when it is released or dropped, whatever way the
/// request ends that it belongs to.
package final class ByteBudget: Sendable {
    /// Past this, nothing more is given out.
    package let limitInBytes: Int
    private let used = Mutex(0)

    /// A budget of so many bytes.
    package init(limitInBytes: Int) { self.limitInBytes = limitInBytes }

    /// How many bytes all shares hold now.
    package var usedBytes: Int { used.withLock { $0 } }

    /// A share that holds nothing yet.
    package func share() -> Share { Share(of: self) }

    /// A share of so many bytes; nil, and nothing is taken, when not so many are left.
    package func share(of size: Int) -> Share? {
        let share = share()
        return share.take(size) ? share : nil
    }

    private func take(_ size: Int) -> Bool {
        used.withLock { used in
            guard size <= limitInBytes - used else { return false }
            used += size
            return true
        }
    }

    private func change(by size: Int) { used.withLock { $0 += size } }

    /// What one request, or one file of it, holds of the budget.
    package final class Share: Sendable {
        private let budget: ByteBudget
        private let size = Mutex(0)

        fileprivate init(of budget: ByteBudget) { self.budget = budget }

        deinit { release() }

        /// Takes more bytes.
        ///
        /// - Returns: False, and nothing is taken, when not so many are left.
        package func take(_ more: Int) -> Bool {
            guard budget.take(more) else { return false }
            size.withLock { $0 += more }
            return true
        }

        /// Tells that more is held than was taken: it is there already, and cannot be refused any more.
        package func grow(to newSize: Int) {
            let growth = size.withLock { size in
                defer { size = max(size, newSize) }
                return max(0, newSize - size)
            }
            budget.change(by: growth)
        }

        /// Gives back what is over a size.
        package func shrink(to newSize: Int) {
            let given = size.withLock { size in
                defer { size = min(size, newSize) }
                return max(0, size - newSize)
            }
            budget.change(by: -given)
        }

        /// Gives all of it back.
        package func release() { shrink(to: 0) }
    }
}
