extension ChatCompletionRequest {
    /// Checks that every call of a tool is answered right after it, and that nothing else is.
    ///
    /// Source: OpenAI API reference, "Create chat completion", `messages`; the words are the service's.
    ///
    /// - Throws: ``OpenAIError`` that names the message.
    package func checkToolMessages() throws(OpenAIError) {
        var open: [String] = []
        for (index, message) in messages.enumerated() {
            if message.role == .tool {
                guard let position = open.firstIndex(of: message.toolCallID ?? "") else {
                    throw .invalid(
                        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with "
                            + "'tool_calls'.", param: "messages.[\(index)].role")
                }
                open.remove(at: position)
            } else {
                guard open.isEmpty else { throw Self.unanswered(open, at: index) }
                open = message.toolCalls.map(\.id)
            }
        }
        guard open.isEmpty else { throw Self.unanswered(open, at: messages.count) }
    }

    private static func unanswered(_ ids: [String], at index: Int) -> OpenAIError {
        .invalid(
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
                + "'tool_call_id'. The following tool_call_ids did not have response messages: "
                + ids.joined(separator: ", "), param: "messages.[\(index)].role")
    }
}
