import BotConfiguration
private import Synchronization

/// Counts what one bot is doing, and lets in as much as its limits allow.
///
/// It belongs to the bot's name and outlives generations, so that a deploy does not double what a bot may do.
final class BotGate: Sendable {
    /// Why a request is not let in.
    enum Refusal: Hashable, Sendable {
        case tooManyAtOnce(limit: Int)
        case tooManyPerMinute(limit: Int)
    }

    fileprivate struct State {
        var active = 0
        /// When the last requests were let in: a ring, the oldest at ``oldest`` once it is full.
        var admissions: [Duration] = []
        var oldest = 0
    }

    private let state = Mutex(State())
    /// How the bot's last answers went.
    let history = AnswerHistory()

    init() {}

    /// Whether an answer is being given.
    var isActive: Bool { activeCount > 0 }

    /// How many answers are being given.
    var activeCount: Int { state.withLock { $0.active } }

    /// Lets a request in, which must ``leave()`` again.
    ///
    /// - Parameters:
    ///   - limits: The bot's limits, as they are now.
    ///   - now: The time by a clock that never goes back.
    /// - Returns: Nil when the request is in.
    func enter(limits: Limits, at now: Duration) -> Refusal? {
        state.withLock { state in
            guard state.active < limits.maxConcurrent else { return .tooManyAtOnce(limit: limits.maxConcurrent) }
            guard state.admit(at: now, limit: limits.requestsPerMinute) else {
                return .tooManyPerMinute(limit: limits.requestsPerMinute)
            }
            state.active += 1
            return nil
        }
    }

    /// How much of the minute's requests is left.
    func room(limits: Limits, at now: Duration) -> Room {
        state.withLock { state in
            let recent = state.admissions.filter { now - $0 < .seconds(60) }
            let limit = limits.requestsPerMinute
            return Room(
                limit: limit, remaining: max(limit - recent.count, 0),
                untilNext: recent.count < limit ? .zero : (recent.min() ?? now) + .seconds(60) - now,
                untilAll: recent.max().map { $0 + .seconds(60) - now } ?? .zero)
        }
    }

    /// What a bot still takes in the running minute.
    struct Room: Hashable, Sendable {
        /// How many requests it takes in any minute.
        var limit: Int
        var remaining: Int
        /// How long until it takes another request.
        var untilNext: Duration
        /// How long until it takes ``limit`` requests again.
        var untilAll: Duration
    }

    /// A request that was let in is over.
    func leave() { state.withLock { $0.active -= 1 } }
}

extension BotGate.State {
    /// Records an admission if fewer than `limit` fell into the last minute.
    fileprivate mutating func admit(at now: Duration, limit: Int) -> Bool {
        if admissions.count > limit {
            // The limit was lowered: the newest count.
            admissions = Array((admissions[oldest...] + admissions[..<oldest]).suffix(limit))
            oldest = 0
        }
        guard admissions.count == limit else {
            if oldest > 0 {
                admissions = Array(admissions[oldest...] + admissions[..<oldest])
                oldest = 0
            }
            admissions.append(now)
            return true
        }
        guard limit > 0, now - admissions[oldest] >= .seconds(60) else { return false }
        admissions[oldest] = now
        oldest = (oldest + 1) % limit
        return true
    }
}
