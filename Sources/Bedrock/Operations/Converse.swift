package import AWSClient

extension BedrockClient {
    /// Asks a model and waits for its whole answer.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - modelID: The id of a model or of an inference profile, or an ARN.
    ///   - requestID: The id that all logs of this request carry.
    ///   - attempts: How often it may be tried.
    ///   - deadline: When the answer must be there whole; nil when the caller's task is its only end.
    /// - Returns: The answer.
    /// - Throws: ``ChatFailure``, `CancellationError`.
    package func converse(
        _ request: ConverseRequest, on modelID: String, requestID: String, attempts: inout RetryAttempts,
        deadline: ContinuousClock.Instant? = nil
    ) async throws -> ConverseResponse {
        let answer = try await exchange(
            "POST", Self.path(of: "converse", on: modelID), body: request.body, requestID: requestID,
            attempts: &attempts, deadline: deadline)
        return ConverseResponse(body: answer.value, requestID: answer.requestID)
    }
}
