/// Hands out an answer, at once or at a pace.
struct AnswerDelivery: Sendable {
    let answer: Answer
    /// How many estimated tokens come in a second; nil: all at once.
    let tokensPerSecond: Double?
    /// Waits between deltas.
    let pause: @Sendable (Duration) async throws -> Void
    /// How long the call has taken so far.
    let latency: @Sendable () -> Duration

    /// The events of ConverseStream, to be pulled in pieces.
    func makeStream() -> Stream { Stream(delivery: self) }

    /// The body of Converse, after the time that all of it takes.
    func wholeBody() async throws -> [UInt8] {
        if let duration = duration(of: answer.text.utf8.count) { try await pause(duration) }
        return AnswerEvents(answer: answer).whole(latency: latency())
    }

    /// How long a piece of that many bytes takes, or nil when all comes at once; at most an hour.
    private func duration(of bytes: Int) -> Duration? {
        guard let tokensPerSecond, tokensPerSecond > 0 else { return nil }
        let seconds = Double(bytes) / Double(TokenEstimate.bytesPerToken) / tokensPerSecond
        return .seconds(min(seconds, 3600))
    }

    /// The events of a streamed answer, in pieces of whole frames: what is ready together comes together.
    struct Stream {
        private let delivery: AnswerDelivery
        private var state = State.opening

        private enum State {
            case opening
            /// The pause before the delta of that index comes next.
            case waiting(delta: Int)
            case ended
        }

        fileprivate init(delivery: AnswerDelivery) { self.delivery = delivery }

        /// The next frames, or nil after the last ones.
        ///
        /// - Throws: `CancellationError` when the task is cancelled during a pause.
        mutating func next() async throws -> [UInt8]? {
            let events = AnswerEvents(answer: delivery.answer)
            let deltas = delivery.answer.deltas
            var ready: [UInt8] = []
            var index = 0
            switch state {
            case .opening:
                ready = try events.messageStart()
            case .waiting(let delta):
                if let duration = duration(of: delta) { try await delivery.pause(duration) }
                ready = try events.delta(at: delta)
                index = delta + 1
            case .ended:
                return nil
            }
            while index < deltas.count {
                guard duration(of: index) == nil else {
                    state = .waiting(delta: index)
                    return ready
                }
                ready += try events.delta(at: index)
                index += 1
            }
            state = .ended
            return try ready + events.ending(latency: delivery.latency())
        }

        private func duration(of delta: Int) -> Duration? {
            delivery.duration(of: delivery.answer.deltas[delta].utf8.count)
        }
    }
}
