import BotRuntime
import ChatEvents
private import Synchronization

/// How the last answers of one bot went at this gateway: how soon they began, and whether they failed.
///
/// Failures that whoever asked has caused do not count.
final class AnswerHistory: Sendable {
    /// What the last answers say of a bot.
    struct Summary: Hashable, Sendable {
        /// How many answers were given or failed within ``AnswerHistory/window``.
        var answerCount = 0
        var failureCount = 0
        /// The times from the call to the model's first event, in ascending order; whenever those answers were given.
        var latencies: [Duration] = []

        /// The time within which that share of the answers began; nil where none did.
        func latency(ofShare share: Double) -> Duration? {
            guard !latencies.isEmpty else { return nil }
            return latencies[min(Int((Double(latencies.count) * share).rounded(.up)), latencies.count) - 1]
        }
    }

    private struct Entry {
        let time: Duration
        let latency: Duration?
        let hasFailed: Bool
    }

    /// How many answers are remembered.
    static let capacity = 100
    /// How long an answer says something of a bot's health.
    static let window = Duration.seconds(600)

    private struct State {
        var entries: [Entry] = []
        var next = 0
    }

    private let state = Mutex(State())

    /// Takes note of an answer that has ended.
    ///
    /// - Parameters:
    ///   - answer: How it went.
    ///   - now: The time by a clock that never goes back.
    func add(_ answer: Answer, at now: Duration) {
        guard let hasFailed = Self.hasFailed(answer) else { return }
        let entry = Entry(time: now, latency: answer.firstEventLatency, hasFailed: hasFailed)
        state.withLock { state in
            if state.entries.count < Self.capacity {
                state.entries.append(entry)
            } else {
                state.entries[state.next] = entry
                state.next = (state.next + 1) % Self.capacity
            }
        }
    }

    /// What the remembered answers say now.
    func summary(at now: Duration) -> Summary {
        let entries = state.withLock { $0.entries }
        let recent = entries.filter { now - $0.time <= Self.window }
        return Summary(
            answerCount: recent.count, failureCount: recent.count(where: \.hasFailed),
            latencies: entries.compactMap(\.latency).sorted())
    }

    /// Whether the bot has failed; nil where the answer says nothing of that.
    private static func hasFailed(_ answer: Answer) -> Bool? {
        switch answer.ending {
        case .complete, .cut: return false
        case .abandoned: return nil
        case .failed(let presented):
            switch presented.failure.kind {
            case .inputTooLong, .invalidRequest, .contentFiltered, .overloaded, .shuttingDown, .botUnavailable,
                .insufficientFunds:
                return nil
            case .throttled, .quotaExhausted, .unavailable, .timedOut, .unauthorized, .misconfigured, .modelError,
                .internalError:
                return true
            }
        }
    }
}
