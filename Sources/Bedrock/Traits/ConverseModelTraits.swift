/// What the Converse operation accepts of one model, where models differ.
///
/// What a model cannot take is left out of a request or changed to what it can, as the service would refuse it.
package struct ConverseModelTraits: Hashable, Sendable {
    /// The model's own id, without a profile's prefix: thoughts go back only to the model that had them.
    package var modelID: String
    /// Whether answers can be streamed; without, they come in one piece.
    package var streams: Bool
    /// Whether instructions have a place of their own; without, they open the first user turn.
    package var supportsSystemMessages: Bool
    /// Whether instructions may also stand between the turns of a conversation, as turns of a role of their own.
    package var takesSystemTurns: Bool
    /// Whether a conversation may end in an assistant turn that the model goes on with.
    package var acceptsAssistantPrefill: Bool
    /// The most tokens that may be asked for, where it is known; bounds how long thinking may make an answer.
    package var maxOutputTokens: Int?
    /// How many stop sequences are taken; nil for as many as there are.
    package var stopSequenceLimit: Int?
    /// Where a `top_k` among the additional fields goes.
    package var topKPlace: TopKPlace
    package var attachments: AttachmentTraits
    package var tools: ToolTraits
    package var thinking: ThinkingTraits
    /// Where the beginning of a request may be marked for the cache; nil where it is not to be.
    package var cache: CacheTraits?
    /// The guardrail that watches the conversation.
    package var guardrail: GuardrailReference?
    /// Whether an answer can be held to a JSON schema that the request names.
    package var takesTextFormat: Bool
    /// Whether the model may write its thoughts into its text, between tags; they are then taken out.
    package var thinksInline: Bool

    /// Where a model looks for `top_k`.
    package enum TopKPlace: Hashable, Sendable {
        /// As it stands: `top_k`.
        case asWritten
        /// `inferenceConfig.topK`, as Amazon Nova has it.
        case novaInferenceConfig
        /// `k`, as Cohere has it.
        case k
        /// Nowhere: the model refuses it.
        case nowhere
    }

    /// Makes traits; the defaults fit most models.
    package init(
        modelID: String = "", streams: Bool = true, supportsSystemMessages: Bool = true,
        acceptsAssistantPrefill: Bool = false, maxOutputTokens: Int? = nil,
        stopSequenceLimit: Int? = nil, topKPlace: TopKPlace = .asWritten,
        attachments: AttachmentTraits = AttachmentTraits(), tools: ToolTraits = ToolTraits(),
        thinking: ThinkingTraits = ThinkingTraits(), cache: CacheTraits? = nil, guardrail: GuardrailReference? = nil,
        takesSystemTurns: Bool = false, takesTextFormat: Bool = false, thinksInline: Bool = false
    ) {
        self.modelID = modelID
        self.streams = streams
        self.supportsSystemMessages = supportsSystemMessages
        self.acceptsAssistantPrefill = acceptsAssistantPrefill
        self.maxOutputTokens = maxOutputTokens
        self.stopSequenceLimit = stopSequenceLimit
        self.topKPlace = topKPlace
        self.attachments = attachments
        self.tools = tools
        self.thinking = thinking
        self.cache = cache
        self.guardrail = guardrail
        self.takesSystemTurns = takesSystemTurns
        self.takesTextFormat = takesTextFormat
        self.thinksInline = thinksInline
    }
}
