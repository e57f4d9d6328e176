package import ChatEvents

/// Turns an upstream's answer into paced writes.
///
/// A child task reads the upstream into a bounded mailbox; the calling task takes everything that waits there and
/// hands it to the sink in one call, so that a fast upstream costs few writes and a slow one is passed on at once.
/// A second child task watches the deadlines. Both have ended when ``stream(_:from:pacing:call:to:)`` returns.
package struct StreamingService: Sendable {
    private let clock: MonotonicClock
    private let errors: ErrorService

    package init(clock: MonotonicClock = .continuous, errors: ErrorService) {
        self.clock = clock
        self.errors = errors
    }

    /// Gives one answer, from the request to the sink's `finish`.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - upstream: Who answers.
    ///   - pacing: Deadlines and bounds.
    ///   - call: Whose answer it is; its control ends it from elsewhere.
    ///   - sink: Where it goes; a sink that throws counts as a client that has left.
    /// - Returns: How it went. Every failure has been told to the sink.
    package func stream(
        _ request: ChatRequest, from upstream: any ChatUpstream, pacing: AnswerPacing, call: AnswerCall,
        to sink: inout some AnswerSink
    ) async -> StreamedAnswer {
        let mailbox = AnswerMailbox(pacing: pacing, clock: clock)
        call.control.attach(mailbox)
        var answer = StreamedAnswer()
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await read(request, from: upstream, requestID: call.requestID, into: mailbox) }
                group.addTask { await watch(mailbox) }
                await write(from: mailbox, to: &sink, requestID: call.requestID, into: &answer)
                mailbox.end(.abandoned)
                group.cancelAll()
            }
        } onCancel: {
            mailbox.end(.abandoned)
        }
        answer.firstEventLatency = mailbox.firstEventLatency
        return answer
    }

    private func read(
        _ request: ChatRequest, from upstream: any ChatUpstream, requestID: String, into mailbox: AnswerMailbox
    ) async {
        do {
            try await upstream.answer(request, requestID: requestID) { batch in try await mailbox.put(batch) }
            mailbox.end(.complete)
        } catch {
            mailbox.end(.failed(error))
        }
    }

    private func watch(_ mailbox: AnswerMailbox) async {
        while let wait = mailbox.checkDeadlines() {
            do { try await clock.sleep(for: wait) } catch { return }
        }
    }

    private func write(
        from mailbox: AnswerMailbox, to sink: inout some AnswerSink, requestID: String,
        into answer: inout StreamedAnswer
    ) async {
        var hasWritten = true
        do {
            while true {
                let delivery = await mailbox.take(afterWriting: hasWritten)
                answer.record(delivery.events)
                if let end = delivery.end {
                    answer.ending = ending(of: end, answer, requestID: requestID)
                    if answer.ending != .abandoned { try await sink.finish(delivery.events, answer.ending) }
                    return
                }
                guard !delivery.events.isEmpty else {
                    try await sink.keepAlive()
                    hasWritten = true
                    continue
                }
                switch try await sink.write(delivery.events) {
                case .written: hasWritten = true
                case .skipped: hasWritten = false
                case .full:
                    answer.ending = .cut
                    try await sink.finish([], answer.ending)
                    return
                }
            }
        } catch {
            answer.ending = .abandoned
        }
    }

    private func ending(of end: AnswerMailbox.End, _ answer: StreamedAnswer, requestID: String) -> AnswerEnding {
        switch end {
        case .abandoned: return .abandoned
        case .failed(let error): return .failed(errors.present(error, requestID: requestID))
        case .complete:
            let flaw: String
            switch answer.stopReason {
            case .malformed: flaw = "the model produced output that its service could not read"
            case nil: flaw = "the upstream's answer ended without a stop reason"
            case .some(let reason): return .complete(reason)
            }
            return .failed(errors.present(ChatFailure(.modelError, detail: flaw), requestID: requestID))
        }
    }
}

/// What went through one stream.
package struct StreamedAnswer: Hashable, Sendable {
    package var ending: AnswerEnding = .abandoned
    /// Why the model stopped; nil when it did not say.
    package var stopReason: StopReason?
    /// What the upstream counted; nil when it did not say.
    package var usage: TokenUsage?
    /// How long the first event took; nil when none came.
    package var firstEventLatency: Duration?
    /// How many files went through.
    package var fileCount = 0
    /// Text and reasoning in UTF-8 bytes.
    package var sizeInBytes = 0

    package init() {}

    mutating func record(_ events: [ChatEvent]) {
        for event in events {
            switch event {
            case .text(let text), .reasoning(let text), .toolCallInput(_, let text): sizeInBytes += text.utf8.count
            case .file: fileCount += 1
            case .reasoningBlock, .toolCallStarted, .status: break
            case .finished(let reason): stopReason = reason
            case .usage(let usage): self.usage = usage
            }
        }
    }
}
