package import JSONCoding

/// The tokens of a completion; those read from the cache are part of the prompt's.
///
/// Source: OpenAI API reference, "The chat completion object", `usage`.
package struct CompletionUsage: Hashable, Sendable {
    package var promptTokens: Int
    package var completionTokens: Int
    package var totalTokens: Int?
    /// How many of the prompt's tokens came from the cache.
    package var cachedTokens: Int
    /// How many of the completion's tokens were thinking.
    package var reasoningTokens: Int

    package init(
        promptTokens: Int, completionTokens: Int, totalTokens: Int? = nil, cachedTokens: Int = 0,
        reasoningTokens: Int = 0
    ) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.totalTokens = totalTokens
        self.cachedTokens = cachedTokens
        self.reasoningTokens = reasoningTokens
    }

    /// The usage as JSON.
    package var json: JSONValue {
        [
            "prompt_tokens": .integer(promptTokens), "completion_tokens": .integer(completionTokens),
            "total_tokens": .integer(totalTokens ?? promptTokens + completionTokens),
            "prompt_tokens_details": ["cached_tokens": .integer(cachedTokens)],
            "completion_tokens_details": ["reasoning_tokens": .integer(reasoningTokens)],
        ]
    }

    /// Reads a usage; nil when the value holds none.
    package init?(_ value: JSONValue?) {
        guard let prompt = value?["prompt_tokens"]?.integer, prompt >= 0 else { return nil }
        promptTokens = prompt
        completionTokens = max(value?["completion_tokens"]?.integer ?? 0, 0)
        totalTokens = value?["total_tokens"]?.integer
        cachedTokens = min(max(value?["prompt_tokens_details"]?["cached_tokens"]?.integer ?? 0, 0), prompt)
        reasoningTokens = max(value?["completion_tokens_details"]?["reasoning_tokens"]?.integer ?? 0, 0)
    }
}
