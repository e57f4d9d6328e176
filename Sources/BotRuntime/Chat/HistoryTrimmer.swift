import ChatEvents

/// Leaves the oldest of a conversation out, until it fits.
///
/// Whole exchanges go: what the user said, and all that followed until the user spoke again, so that a tool's call
/// never loses its result. Instructions and the newest exchange stay, however long they are.
struct HistoryTrimmer {
    /// How long a conversation may be, in estimated tokens.
    let limit: Int

    /// Trims a request.
    ///
    /// - Returns: How many messages were left out.
    func trim(_ request: inout ChatRequest) -> Int {
        var tokens = TokenEstimate(of: request).tokens
        guard tokens > limit else { return 0 }
        let exchanges = Self.exchanges(of: request.messages)
        var leftOut: Set<Int> = []
        for exchange in exchanges.dropLast() where tokens > limit {
            let messages = exchange.filter { request.messages[$0].role != .system }
            tokens -= TokenEstimate(of: ChatRequest(messages: messages.map { request.messages[$0] })).tokens
            leftOut.formUnion(messages)
        }
        request.messages = request.messages.indices.filter { !leftOut.contains($0) }.map { request.messages[$0] }
        return leftOut.count
    }

    /// The conversation cut in front of everything that the user says by himself.
    private static func exchanges(of messages: [ChatMessage]) -> [Range<Int>] {
        var starts = messages.indices.filter { index in
            messages[index].role == .user && !messages[index].isAnswerOfTools
                && (index == 0 || messages[index - 1].role != .user)
        }
        if starts.first != 0 { starts.insert(0, at: 0) }
        return zip(starts, starts.dropFirst() + [messages.count]).map { $0..<$1 }
    }
}

extension ChatMessage {
    /// Whether the message carries what tools gave, rather than what somebody says.
    fileprivate var isAnswerOfTools: Bool {
        content.contains { if case .toolResult = $0 { true } else { false } }
    }
}
