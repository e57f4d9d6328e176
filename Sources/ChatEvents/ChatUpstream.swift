/// A model service that answers chat requests.
package protocol ChatUpstream: Sendable {
    /// Answers one request.
    ///
    /// The call lasts as long as the answer. `deliver` gets the events in order, all that arrived together in one
    /// batch; while it waits, nothing more is read from the upstream. Cancelling the calling task ends the upstream
    /// request.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - requestID: The id that all logs of this request carry.
    ///   - deliver: Takes each batch. What it throws ends the request and is thrown on.
    /// - Throws: ``ChatFailure``, `CancellationError`, or what `deliver` throws.
    func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws
}
