import ChatEvents
private import Synchronization

/// Where the events of one answer wait between the task that reads them from the upstream and the task that writes
/// them to the client.
///
/// One task puts and one takes. It holds at most about ``AnswerPacing/mailboxLimitInBytes``: past that, putting waits,
/// so that a slow client slows the upstream down instead of filling the memory.
final class AnswerMailbox: Sendable {
    /// How an answer ended.
    enum End: Sendable {
        /// The upstream said all it had to say.
        case complete
        /// Something failed; the user is told.
        case failed(any Error)
        /// Nobody reads the answer any more.
        case abandoned
    }

    /// What the writing task gets: everything that waited, or a sign.
    struct Delivery: Sendable {
        /// In order; empty when only a sign of life or the end is due.
        var events: [ChatEvent]
        /// Set when nothing will follow.
        var end: End?
    }

    fileprivate struct State {
        var events: [ChatEvent] = []
        var weight = 0
        var end: End?
        var isKeepAliveDue = false
        var taker: UnsafeContinuation<Void, Never>?
        var putter: UnsafeContinuation<Void, Never>?
        /// When the first event arrived.
        var firstArrival: Duration?
        /// When the upstream was last heard, or last allowed to speak.
        var lastArrival: Duration
        /// When the client last got something.
        var lastWrite: Duration
    }

    /// The tasks that wait, taken out of the state to be resumed outside its lock.
    fileprivate struct Waiters {
        var taker: UnsafeContinuation<Void, Never>?
        var putter: UnsafeContinuation<Void, Never>?

        func resume() {
            taker?.resume()
            putter?.resume()
        }
    }

    private let state: Mutex<State>
    private let pacing: AnswerPacing
    private let clock: MonotonicClock
    private let start: Duration

    init(pacing: AnswerPacing, clock: MonotonicClock) {
        self.pacing = pacing
        self.clock = clock
        start = clock.now()
        state = Mutex(State(lastArrival: start, lastWrite: start))
    }

    /// How long the first event took; nil when none came.
    var firstEventLatency: Duration? { state.withLock { $0.firstArrival }.map { $0 - start } }
}

// MARK: - The upstream's side

extension AnswerMailbox {
    /// Adds a batch, then waits while the mailbox is full.
    ///
    /// - Throws: `CancellationError` when the answer has been ended from elsewhere.
    func put(_ batch: [ChatEvent]) async throws {
        guard !batch.isEmpty else { return }
        let weight = batch.reduce(0) { $0 + $1.weight }
        let now = clock.now()
        let (taker, isFull): (UnsafeContinuation<Void, Never>?, Bool) = try state.withLock { state in
            guard state.end == nil else { throw CancellationError() }
            if state.events.isEmpty { state.events = batch } else { state.events += batch }
            state.weight += weight
            state.lastArrival = now
            if state.firstArrival == nil { state.firstArrival = now }
            return (state.taker.take(), state.weight >= pacing.mailboxLimitInBytes)
        }
        taker?.resume()
        if isFull { try await waitForRoom() }
    }

    private func waitForRoom() async throws {
        await withUnsafeContinuation { continuation in
            let canGoOn = state.withLock { state in
                guard state.end == nil, state.weight >= pacing.mailboxLimitInBytes else { return true }
                state.putter = continuation
                return false
            }
            if canGoOn { continuation.resume() }
        }
        if state.withLock({ $0.end != nil }) { throw CancellationError() }
    }
}

// MARK: - The client's side

extension AnswerMailbox {
    /// Takes all that waits, or waits for something.
    ///
    /// - Parameter hasWritten: Whether the client has got something since the last call.
    /// - Returns: What waits, with the end when nothing will follow.
    func take(afterWriting hasWritten: Bool) async -> Delivery {
        if hasWritten {
            let now = clock.now()
            state.withLock { $0.lastWrite = now }
        }
        while true {
            if let delivery = takeBuffered() { return delivery }
            await withUnsafeContinuation { continuation in
                let isDue = state.withLock { state in
                    if state.isDeliveryDue { return true }
                    state.taker = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        }
    }

    private func takeBuffered() -> Delivery? {
        // Read outside the lock, used only where a waiting upstream may go on.
        let now = clock.now()
        let (delivery, putter): (Delivery?, UnsafeContinuation<Void, Never>?) = state.withLock { state in
            guard state.isDeliveryDue else { return (nil, nil) }
            var delivery = Delivery(events: [], end: state.end)
            swap(&delivery.events, &state.events)
            if case .abandoned = state.end { delivery.events = [] }
            state.weight = 0
            state.isKeepAliveDue = false
            let putter = state.putter.take()
            if putter != nil { state.lastArrival = now }
            return (delivery, putter)
        }
        putter?.resume()
        return delivery
    }

    /// Ends the answer; only the first end counts.
    func end(_ end: End) {
        let waiters = state.withLock { state in
            if state.end == nil { state.end = end }
            return state.takeWaiters()
        }
        waiters.resume()
    }
}

// MARK: - The watchdog's side

extension AnswerMailbox {
    /// Looks at the deadlines: ends the answer when one has passed, asks for a sign of life when one is due.
    ///
    /// - Returns: How long to wait until looking again makes sense; nil when the answer has ended.
    func checkDeadlines() -> Duration? {
        let now = clock.now()
        let (waiters, wait): (Waiters, Duration?) = state.withLock { state in
            guard state.end == nil else { return (Waiters(), nil) }
            if let failure = overdue(in: state, at: now) {
                state.end = .failed(failure)
                return (state.takeWaiters(), nil)
            }
            var waiters = Waiters()
            var keepAlive = state.lastWrite + pacing.keepAliveInterval
            if keepAlive <= now {
                state.isKeepAliveDue = true
                waiters.taker = state.taker.take()
                keepAlive = now + pacing.keepAliveInterval
            }
            return (waiters, min(nextDeadline(in: state, at: now), keepAlive) - now)
        }
        waiters.resume()
        return wait
    }

    private func nextDeadline(in state: State, at now: Duration) -> Duration {
        let whole = start + pacing.requestTimeout
        guard state.firstArrival != nil else {
            // Should the first event come while the watchdog sleeps, the silence after it must not be overslept.
            return min(whole, start + pacing.firstEventTimeout, now + pacing.idleTimeout)
        }
        // While the client is what holds the answer up, the upstream is not to blame.
        return min(whole, (state.putter == nil ? state.lastArrival : now) + pacing.idleTimeout)
    }

    private func overdue(in state: State, at now: Duration) -> ChatFailure? {
        if now >= start + pacing.requestTimeout {
            return ChatFailure(.timedOut, detail: "the answer took longer than \(pacing.requestTimeout)")
        }
        if state.firstArrival == nil, now >= start + pacing.firstEventTimeout {
            return ChatFailure(.timedOut, detail: "no first event within \(pacing.firstEventTimeout)")
        }
        if state.firstArrival != nil, state.putter == nil, now >= state.lastArrival + pacing.idleTimeout {
            return ChatFailure(.timedOut, detail: "no further event within \(pacing.idleTimeout)")
        }
        return nil
    }
}

extension AnswerMailbox.State {
    fileprivate var isDeliveryDue: Bool { !events.isEmpty || end != nil || isKeepAliveDue }

    fileprivate mutating func takeWaiters() -> AnswerMailbox.Waiters {
        AnswerMailbox.Waiters(taker: taker.take(), putter: putter.take())
    }
}

extension ChatEvent {
    /// About how many bytes the event holds in memory.
    fileprivate var weight: Int {
        switch self {
        case .text(let text), .reasoning(let text), .status(let text): text.utf8.count + 32
        case .toolCallInput(_, let fragment): fragment.utf8.count + 32
        case .reasoningBlock(let block): block.text.utf8.count + (block.redacted?.utf8.count ?? 0) + 128
        case .file(let file): file.heldBytes + 64
        case .toolCallStarted, .finished, .usage: 64
        }
    }
}
