import JSONCoding

extension BedrockClient {
    /// Asks how many tokens a request is, without asking the model; costs nothing, and only some models know.
    ///
    /// Source: Amazon Bedrock API Reference, CountTokens.
    ///
    /// - Parameters:
    ///   - request: What would be asked.
    ///   - modelID: The id of a foundation model.
    ///   - requestID: The id that all logs of this request carry.
    /// - Returns: The tokens of the input.
    /// - Throws: ``ChatFailure``, `CancellationError`.
    package func countTokens(
        of request: ConverseRequest, on modelID: String, requestID: String
    ) async throws -> Int {
        let counted = ["messages", "system", "toolConfig", "additionalModelRequestFields"]
        let conversation = JSONObject(
            counted.compactMap { name in request.body[name].map { (name, $0) } })
        let answer = try await exchange(
            "POST", Self.path(of: "count-tokens", on: modelID),
            body: ["input": ["converse": .object(conversation)]], requestID: requestID)
        guard let count = answer.value["inputTokens"]?.integer, count >= 0 else {
            throw Self.incomplete("CountTokens", lacks: "inputTokens", requestID: answer.requestID)
        }
        return count
    }
}
