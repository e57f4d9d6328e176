import Deployment
private import Synchronization
import WallClock

/// Counts what Poe reports of bots' answers, and keeps the newest text of each: it is mostly the only place where Poe
/// says what it disliked.
///
/// It holds one short text for each bot that is served, however many reports come.
final class PoeComplaints: Sendable {
    private let errors = Mutex<[String: ReplicaReport.PoeErrors]>([:])

    init() {}

    /// Takes in a report.
    ///
    /// - Parameters:
    ///   - text: What Poe said, on one line and shortened.
    ///   - bot: The bot's own name.
    ///   - time: When it came.
    func add(_ text: String, about bot: String, at time: Timestamp) {
        errors.withLock { errors in
            errors[bot] = ReplicaReport.PoeErrors(count: (errors[bot]?.count ?? 0) + 1, last: text, lastAt: time)
        }
    }

    /// What there is, by bot.
    var all: [String: ReplicaReport.PoeErrors] { errors.withLock { $0 } }

    /// Forgets bots that are gone.
    func forget(allBut names: Set<String>) {
        errors.withLock { errors in errors = errors.filter { names.contains($0.key) } }
    }
}
