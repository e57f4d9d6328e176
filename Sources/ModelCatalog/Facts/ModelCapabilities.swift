/// What a model can and cannot do through Converse; nil means that it is not known, never that it cannot.
package struct ModelCapabilities: Sendable, Hashable {
    /// A way to choose a tool that a request may name.
    package enum ToolChoiceMode: String, Hashable, Sendable {
        case auto
        case any
        case tool
    }

    package var streaming: Bool?
    package var systemPrompt: Bool?
    package var tools: Bool?
    package var toolChoice: Bool?
    package var streamingTools: Bool?
    /// False: a tool choice of `any` or `tool` is refused.
    package var forcedToolUse: Bool?
    package var strictTools: Bool?
    package var parallelToolUseConfig: Bool?
    package var toolResultImages: Bool?
    /// Whether the model takes images.
    package var vision: Bool?
    package var documents: Bool?
    package var audioInput: Bool?
    package var audioOutput: Bool?
    package var videoInput: Bool?
    package var reasoning: Bool?
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
    package var computerUse: Bool?
    package var midConversationSystem: Bool?
    /// The tool choices that the model accepts.
    package var toolChoiceModes: [ToolChoiceMode]?

    /// Nothing known.
    package init() {}
}
