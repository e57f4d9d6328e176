import JSONCoding
import OpenAIProtocol

extension ChatCompletionRequest {
    /// Refuses what would change the answer and cannot be served; everything else that is not known is ignored.
    ///
    /// - Throws: `OpenAIError` that names the member.
    func checkServed() throws(OpenAIError) {
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

    /// Source: OpenAI API, the bound that the service names when it is crossed.
    private static let messageLimit = 2048
}
