import JSONCoding
import OpenAIProtocol

extension ChatCompletionRequest {
    /// Refuses what would change the answer and cannot be served, and members that nobody knows, as the service does.
    ///
    /// What the API has and does not change the text of an answer is ignored.
    ///
    /// - Parameter parameters: The bot's own parameters, which members may name besides.
    /// - Throws: `OpenAIError` that names the member.
    func checkServed(parameters: Set<String>) throws(OpenAIError) {
        if let choiceCount, choiceCount != 1 {
            throw .invalid(
                "Only one choice is made for each request: 'n' must be 1.", param: "n", code: "unsupported_value")
        }
        if additional["logprobs"]?.bool == true {
            throw unsupported("logprobs", "Log probabilities are not served here.")
        }
        if additional["modalities"]?.array?.contains("audio") == true || additional["audio"]?.object != nil {
            throw unsupported("modalities", "Answers are text here: 'audio' is not served.")
        }
        for name in ["functions", "function_call"] where !(additional[name]?.isNull ?? true) {
            throw unsupported(name, "'\(name)' is not served; use 'tools' and 'tool_choice'.")
        }
        let unknown = additional.members.map(\.name).filter { !Self.known.contains($0) && !parameters.contains($0) }
        if let name = unknown.first {
            throw .invalid("Unrecognized request argument supplied: \(name.prefix(64))", param: String(name.prefix(64)))
        }
        if messages.count > Self.messageLimit {
            throw .invalid(
                "Invalid 'messages': array too long. Expected an array with maximum length \(Self.messageLimit), but "
                    + "got an array with length \(messages.count) instead.", param: "messages",
                code: "array_above_max_length")
        }
    }

    private func unsupported(_ name: String, _ message: String) -> OpenAIError {
        .invalid(message, param: name, code: "unsupported_parameter")
    }

    /// What the API has and nothing here reads, be it ignored or refused above.
    ///
    /// Source: OpenAI API reference, "Create chat completion", the parameters; those that have a property of
    /// `ChatCompletionRequest` are not among them.
    private static let known: Set<String> = [
        "audio", "function_call", "functions", "logprobs", "metadata", "modalities", "prediction", "prompt_cache_key",
        "prompt_cache_options", "prompt_cache_retention", "service_tier", "store", "top_logprobs", "verbosity",
        "web_search_options", "moderation",
    ]

    /// Source: OpenAI API, the bound that the service names when it is crossed.
    private static let messageLimit = 2048
}
