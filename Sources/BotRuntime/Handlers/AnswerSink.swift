package import ChatEvents

/// Where an answer goes: the front door's side of a request.
///
/// Calls come one after the other from one task. What a method throws means that nobody reads any more; the answer is
/// then given up without further calls.
package protocol AnswerSink {
    /// Writes a batch of events in one go.
    ///
    /// - Returns: What became of them; after `.full` comes only ``finish(_:_:)``.
    mutating func write(_ events: [ChatEvent]) async throws -> AnswerProgress

    /// Shows that the answer is still being worked on.
    mutating func keepAlive() async throws

    /// Writes the last events, tells how the answer ended, and ends the response, in one go.
    mutating func finish(_ events: [ChatEvent], _ ending: AnswerEnding) async throws
}

/// What became of a batch of events.
package enum AnswerProgress: Hashable, Sendable {
    /// Something went out to the client.
    case written
    /// Nothing of the batch is for the client's eyes, such as a model's thinking.
    case skipped
    /// The client's protocol bounds answers, and this one has reached the bound.
    case full
}

/// How an answer ended.
package enum AnswerEnding: Hashable, Sendable {
    /// The model said all it had to say, or was stopped for that reason.
    case complete(StopReason)
    /// The answer reached the bounds of the client's protocol and was cut.
    case cut
    /// Something failed; the user is told what.
    case failed(PresentedFailure)
    /// The client left.
    case abandoned
}
