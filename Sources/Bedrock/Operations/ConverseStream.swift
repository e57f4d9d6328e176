package import AWSClient
package import ChatEvents

extension BedrockClient {
    /// Asks a model and passes its answer on while it comes.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - modelID: The id of a model or of an inference profile, or an ARN.
    ///   - requestID: The id that all logs of this request carry.
    ///   - attempts: How often it may be tried.
    ///   - deadline: When the first event must have come; nil when the caller's task is the only end.
    ///   - thoughts: What is known of the model's thoughts.
    ///   - deliver: Takes the events in order, all that arrived together in one batch; while it waits, nothing more is
    ///     read.
    /// - Throws: ``ChatFailure``, `CancellationError`, or what `deliver` throws.
    package func converseStream(
        _ request: ConverseRequest, on modelID: String, requestID: String, attempts: inout RetryAttempts,
        firstEventBy deadline: ContinuousClock.Instant? = nil, thoughts: ThoughtSource = ThoughtSource(),
        deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        try await stream(
            Self.json("POST", Self.path(of: "converse-stream", on: modelID), request.body), requestID: requestID,
            attempts: &attempts, firstEventBy: deadline, decoder: ConverseStreamDecoder.self, thoughts: thoughts,
            deliver: deliver)
    }
}

extension ConverseStreamDecoder: StreamDecoder {
    init(_ thoughts: ThoughtSource, requestID: String?) { self.init(requestID: requestID, thoughts: thoughts) }
}
