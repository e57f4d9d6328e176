import JSONCoding

/// What the simulated model says, which depends on the request and on what is cached alone.
struct Answer: Sendable, Hashable {
    /// Why the model stopped.
    ///
    /// Source: Amazon Bedrock API reference, Converse, stopReason.
    enum StopReason: String, Sendable, Hashable {
        case endTurn = "end_turn"
        case toolUse = "tool_use"
        case maxTokens = "max_tokens"
        case stopSequence = "stop_sequence"
        case guardrailIntervened = "guardrail_intervened"
        case contentFiltered = "content_filtered"
        case contextWindowExceeded = "model_context_window_exceeded"
    }

    /// A part of the answer.
    enum Block: Sendable, Hashable {
        /// Thoughts that can be read, in the pieces of a stream; models without signatures have none.
        case thinking(deltas: [String], signature: String?)
        /// Thoughts that the service hides, in base64.
        case hiddenThinking(String)
        /// Text in the pieces of a stream.
        case text(deltas: [String])
        /// A call of a tool; the fragments joined are its input as JSON.
        case toolUse(id: String, name: String, input: JSONValue, fragments: [String])
    }

    /// What the call cost; all parts are disjoint.
    struct Usage: Sendable, Hashable {
        /// The tokens that went in and were neither read from the cache nor written to it.
        var input = 0
        var cacheRead = 0
        var cacheWrite = 0
        /// The lifetime of what was written to the cache.
        var cacheLifetime = "5m"
        /// Whether the cache was asked for at all.
        var isCached = false
        /// The tokens that came out, thoughts included.
        var output = 0
        /// The tokens of the thoughts.
        var thinking = 0

        /// All tokens together.
        var total: Int { input + cacheRead + cacheWrite + output }
    }

    var blocks: [Block] = []
    var stopReason = StopReason.endTurn
    /// The stop sequence that ended the text.
    var stoppedBy: String?
    var usage = Usage()
    /// What the guardrail saw; nil without one.
    var guardrail: GuardrailReport?
    /// What is answered as it was asked.
    var echoed: JSONObject = [:]
    /// What the request wanted of the model's own answer.
    var additionalFields: JSONValue?

    /// The whole text.
    var text: String {
        blocks.map { block in
            if case .text(let deltas) = block { deltas.joined() } else { "" }
        }.joined()
    }
}

extension Answer.Block {
    /// The block's length on the wire in bytes of UTF-8, from which its tokens are estimated.
    var byteCount: Int {
        switch self {
        case .thinking(let deltas, _): deltas.reduce(0) { $0 + $1.utf8.count }
        case .hiddenThinking(let text): text.utf8.count / 4 * 3
        case .text(let deltas): deltas.reduce(0) { $0 + $1.utf8.count }
        case .toolUse(_, let name, _, let fragments):
            name.utf8.count + fragments.reduce(0) { $0 + $1.utf8.count }
        }
    }
}
