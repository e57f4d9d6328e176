/// How fast answers come.
struct AnswerPace: Sendable {
    /// How many estimated tokens come in a second; nil: all at once.
    var tokensPerSecond: Double?
    /// How long the model takes before it says anything.
    var timeToFirstToken: Duration?
    /// Waits; throws when the task is cancelled.
    let pause: @Sendable (Duration) async throws -> Void

    /// How long a piece of that many bytes takes, or nil when all comes at once; at most an hour.
    func duration(ofBytes bytes: Int) -> Duration? {
        guard let tokensPerSecond, tokensPerSecond > 0 else { return nil }
        return .seconds(min(Double(bytes) / Double(TokenEstimate.bytesPerToken) / tokensPerSecond, 3600))
    }
}

/// Hands out an answer, at once or at a pace, whole or with a fault in it.
struct AnswerDelivery: Sendable {
    let answer: Answer
    let format: any AnswerFormat
    let pace: AnswerPace
    /// What happens to the bytes of the answer.
    var fault: Fault?
    /// How long the call has taken so far.
    let latency: @Sendable () -> Duration

    /// The events of the stream, to be pulled in pieces.
    func makeStream() throws -> Stream { try Stream(delivery: self) }

    /// The body of the answer in one piece, after the time that all of it takes.
    func wholeBody() async throws -> [UInt8] {
        if let wait = pace.timeToFirstToken { try await pace.pause(wait) }
        let said = answer.blocks.reduce(0) { $0 + $1.byteCount }
        if let duration = pace.duration(ofBytes: said) { try await pace.pause(duration) }
        return format.whole(answer, latency: latency())
    }

    /// A step of a stream.
    enum Step: Sendable {
        /// Bytes to send; what is ready together comes together.
        case send([UInt8])
        /// Nothing for a while.
        case stall(Duration)
        /// The connection is reset.
        case reset
        /// The connection is closed within the body.
        case cut
    }

    /// The steps of a streamed answer.
    struct Stream {
        private let delivery: AnswerDelivery
        private let events: [StreamEvent]
        private var position = 0
        private var hasPaused = false
        private var pending: [Step] = []
        private var isOver = false
        private var isFaultDone = false

        fileprivate init(delivery: AnswerDelivery) throws {
            self.delivery = delivery
            events = try delivery.format.events(of: delivery.answer)
        }

        /// The next step, or nil after the last one.
        ///
        /// - Throws: `CancellationError` when the task is cancelled during a pause.
        mutating func next() async throws -> Step? {
            if !pending.isEmpty { return pending.removeFirst() }
            var ready: [UInt8] = []
            while !isOver {
                if let fault = delivery.fault, !isFaultDone, position == faultPosition(of: fault) {
                    isFaultDone = true
                    let script = try FaultScript(
                        fault, format: delivery.format, next: position < events.count ? events[position].bytes : nil)
                    ready += script.bytes
                    pending = script.steps
                    if script.endsStream {
                        isOver = true
                        return ready.isEmpty ? (pending.isEmpty ? nil : pending.removeFirst()) : .send(ready)
                    }
                }
                guard position < events.count else {
                    isOver = true
                    return .send(ready + (try ending()))
                }
                if !hasPaused, let wait = wait(before: events[position]) {
                    guard ready.isEmpty else { return .send(ready) }
                    hasPaused = true
                    try await delivery.pace.pause(wait)
                    continue
                }
                hasPaused = false
                ready += events[position].bytes
                position += 1
            }
            return nil
        }
    }
}

extension AnswerDelivery.Stream {
    /// The index of the event before which the fault happens; past the last one it happens before the ending.
    private func faultPosition(of fault: Fault) -> Int {
        switch fault.kind {
        case .splitChunks, .missingStop, .missingMetadata, .missingDone: -1
        case let kind where kind.isWithinAnswer: min(fault.afterEvents, events.count)
        default: -1
        }
    }

    private func wait(before event: StreamEvent) -> Duration? {
        guard event.textBytes > 0 else { return nil }
        let isFirst = !events[..<position].contains { $0.textBytes > 0 }
        let duration = delivery.pace.duration(ofBytes: event.textBytes)
        guard isFirst, let first = delivery.pace.timeToFirstToken else { return duration }
        return first + (duration ?? .zero)
    }

    private func ending() throws -> [UInt8] {
        let ending = try delivery.format.ending(
            of: delivery.answer, latency: delivery.latency(), after: events.count)
        return ending.filter { event in
            switch delivery.fault?.kind {
            case .missingStop: false
            case .missingMetadata: event.name != "metadata"
            case .missingDone: event.name != "done"
            default: true
            }
        }.flatMap(\.bytes)
    }
}
