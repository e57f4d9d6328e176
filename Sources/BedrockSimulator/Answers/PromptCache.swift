import Synchronization
import WallClock

/// What the simulated models remember of the beginnings of prompts.
///
/// Bounded: past ``limit`` entries the ones that end first are dropped.
final class PromptCache: Sendable {
    /// The most prefixes that are remembered.
    static let limit = 4096

    private let ends = Mutex<[String: Timestamp]>([:])

    /// Reads the longest known prefix and remembers all of them.
    ///
    /// - Parameters:
    ///   - prefixes: The prefixes of a prompt, the shortest first.
    ///   - model: The model; another one remembers for itself.
    ///   - least: The fewest tokens that are cached.
    ///   - now: The time.
    /// - Returns: The tokens that were read, and those that were written besides.
    func use(
        _ prefixes: [PromptPrefix], of model: String, least: Int, now: Timestamp
    ) -> (read: Int, written: Int) {
        let eligible = prefixes.filter { $0.tokens >= least }
        guard let longest = eligible.last else { return (0, 0) }
        return ends.withLock { ends in
            let read = eligible.last { ends["\(model) \($0.key)"].map { $0 > now } ?? false }?.tokens ?? 0
            for prefix in eligible {
                let lifetime: Duration = prefix.lifetime == "1h" ? .seconds(3600) : .seconds(300)
                ends["\(model) \(prefix.key)"] = now.advanced(by: lifetime)
            }
            if ends.count > Self.limit {
                for entry in ends.sorted(by: { $0.value < $1.value }).prefix(ends.count - Self.limit) {
                    ends[entry.key] = nil
                }
            }
            return (read, longest.tokens - read)
        }
    }
}
