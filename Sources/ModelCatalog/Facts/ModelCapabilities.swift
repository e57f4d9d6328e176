/// What a model can and cannot do through Converse; nil means that it is not known, never that it cannot.
package struct ModelCapabilities: Sendable, Hashable {
    /// A way to choose a tool that a request may name.
    package enum ToolChoiceMode: String, Hashable, Sendable, CaseIterable {
        case auto
        case any
        case tool
    }

    /// Whether answers can be streamed.
    package var streaming: Bool?
    /// Whether system messages are taken.
    package var systemPrompt: Bool?
    /// Whether tools can be offered.
    package var tools: Bool?
    /// Whether a request may say which tool to use; ``toolChoiceModes`` says in which ways.
    package var toolChoice: Bool?
    /// Whether tools can be offered in a streamed request.
    package var streamingTools: Bool?
    /// False: a tool choice of `any` or `tool` is refused.
    package var forcedToolUse: Bool?
    /// Whether tool inputs can be held to their schema.
    package var strictTools: Bool?
    /// Whether a request may switch parallel tool use off.
    package var parallelToolUseConfig: Bool?
    /// Whether tool results may hold images.
    package var toolResultImages: Bool?
    /// Whether the model takes images.
    package var vision: Bool?
    /// Whether the model takes documents.
    package var documents: Bool?
    /// Whether the model takes sound.
    package var audioInput: Bool?
    /// Whether the model can speak its answer.
    package var audioOutput: Bool?
    /// Whether the model takes video.
    package var videoInput: Bool?
    /// Whether the model can think before it answers; ``ReasoningFacts`` says how it is asked to.
    package var reasoning: Bool?
    /// Whether the beginning of a prompt can be cached.
    package var promptCaching: Bool?
    /// False: `cachePoint` blocks are refused, caching is implicit.
    package var explicitCachePoint: Bool?
    /// Whether the answer can be held to a JSON schema, in some form.
    package var responseSchema: Bool?
    /// Whether `outputConfig.textFormat` is accepted.
    package var nativeStructuredOutput: Bool?
    /// Whether an effort in `output_config` is accepted.
    package var outputConfig: Bool?
    /// Whether a conversation may end with an assistant turn.
    package var assistantPrefill: Bool?
    /// False: temperature, topP and top_k are all refused.
    package var samplingParams: Bool?
    /// False: a request with temperature and topP at once is refused.
    package var temperatureWithTopP: Bool?
    /// Whether the computer-use tools are taken.
    package var computerUse: Bool?
    /// Whether system messages are taken in the middle of a conversation.
    package var midConversationSystem: Bool?
    /// Whether the answer's length is called `max_completion_tokens` at an OpenAI-compatible service; false:
    /// `max_tokens`.
    package var maxCompletionTokens: Bool?
    /// The tool choices that the model accepts.
    package var toolChoiceModes: [ToolChoiceMode]?

    /// Nothing known.
    package init() {}
}
