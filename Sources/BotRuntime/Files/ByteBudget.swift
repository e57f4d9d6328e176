package import ChatEvents
private import Synchronization

/// Bounds how many bytes the answers of a process hold at once that are files rather than streams of text.
///
/// What is over the bound is refused before anything is paid for it: an answer that has begun goes on, within the bounds
/// of its own, as its model has worked for it.
package final class ByteBudget: Sendable {
    private let limitInBytes: Int
    private let used = Mutex(0)

    /// A budget.
    ///
    /// - Parameter limitInBytes: Past this, no answer begins.
    package init(limitInBytes: Int = 256 << 20) { self.limitInBytes = limitInBytes }

    /// How many bytes all answers hold now.
    package var usedBytes: Int { used.withLock { $0 } }

    /// Begins an answer.
    ///
    /// - Parameter size: How many bytes it will hold at once, as far as can be told; none are refused to an answer that
    ///   is the only one.
    /// - Returns: The answer's share, which ends with ``Share/release()`` or when it is dropped.
    /// - Throws: ``ChatFailure`` of the kind `overloaded` when there is no room.
    package func begin(expecting size: Int) throws(ChatFailure) -> Share {
        let others: Int? = used.withLock { used in
            guard used == 0 || used + size <= limitInBytes else { return used }
            used += size
            return nil
        }
        if let others {
            throw ChatFailure(
                .overloaded, detail: "answers hold \(others) bytes of files, and \(limitInBytes) are allowed at once")
        }
        return Share(of: self, size)
    }

    fileprivate func change(by size: Int) { used.withLock { $0 += size } }

    /// What one answer holds of the budget.
    package final class Share: Sendable {
        private let budget: ByteBudget
        private let size: Mutex<Int>

        fileprivate init(of budget: ByteBudget, _ size: Int) {
            self.budget = budget
            self.size = Mutex(size)
        }

        deinit { release() }

        /// Tells that the answer holds more than was expected.
        package func grow(to newSize: Int) {
            let growth = size.withLock { size in
                defer { size = max(size, newSize) }
                return max(0, newSize - size)
            }
            budget.change(by: growth)
        }

        /// Gives all of it back.
        package func release() {
            let given = size.withLock { size in
                defer { size = 0 }
                return size
            }
            budget.change(by: -given)
        }
    }
}
