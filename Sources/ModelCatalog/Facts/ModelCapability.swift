/// One thing that a model can or cannot do through Converse.
///
/// The raw value is the member's name in the catalog file.
package enum ModelCapability: String, Hashable, Sendable, CaseIterable {
    case streaming
    case systemPrompt
    case tools
    case toolChoice
    case streamingTools
    case forcedToolUse
    case strictTools
    case parallelToolUseConfig
    case toolResultImages
    case vision
    case documents
    case audioInput
    case audioOutput
    case videoInput
    case reasoning
    case promptCaching
    case explicitCachePoint
    case responseSchema
    case nativeStructuredOutput
    case outputConfig
    case assistantPrefill
    case samplingParams
    case temperatureWithTopP
    case computerUse
    case midConversationSystem
    case maxCompletionTokens

    /// The name as the configuration and the command line write it: `system_prompt`.
    package var configurationName: String { rawValue.snakeCased }

    /// The capability that a person names, with `_` or `-` between the words, or nil when there is none.
    package init?(configurationName name: String) {
        let wanted = String(name.map { $0 == "-" ? "_" : $0 }).lowercased()
        guard let found = Self.allCases.first(where: { $0.configurationName == wanted }) else { return nil }
        self = found
    }

    /// What it means where a model has it, as a sentence.
    package var summary: String {
        switch self {
        case .streaming: "Whether answers can be streamed."
        case .systemPrompt: "Whether system messages are taken."
        case .tools: "Whether tools can be offered."
        case .toolChoice: "Whether a request may say which tool to use."
        case .streamingTools: "Whether tools can be offered in a streamed request."
        case .forcedToolUse: "Whether a request may force the use of a tool."
        case .strictTools: "Whether tool inputs can be held to their schema."
        case .parallelToolUseConfig: "Whether a request may switch parallel tool use off."
        case .toolResultImages: "Whether tool results may hold images."
        case .vision: "Whether images are taken."
        case .documents: "Whether documents are taken."
        case .audioInput: "Whether sound is taken."
        case .audioOutput: "Whether answers can be spoken."
        case .videoInput: "Whether video is taken."
        case .reasoning: "Whether the model can think before it answers."
        case .promptCaching: "Whether the beginning of a prompt can be cached."
        case .explicitCachePoint: "Whether cachePoint blocks are taken; false where caching is implicit."
        case .responseSchema: "Whether answers can be held to a JSON schema in some form."
        case .nativeStructuredOutput: "Whether outputConfig.textFormat is taken."
        case .outputConfig: "Whether an effort in output_config is taken."
        case .assistantPrefill: "Whether a conversation may end with an assistant turn."
        case .samplingParams: "Whether temperature, top_p and top_k are taken."
        case .temperatureWithTopP: "Whether temperature and top_p are taken in one request."
        case .computerUse: "Whether the computer-use tools are taken."
        case .midConversationSystem: "Whether system messages are taken in the middle of a conversation."
        case .maxCompletionTokens: "Whether an OpenAI-compatible service calls the length max_completion_tokens."
        }
    }
}

extension ModelCapabilities {
    /// Whether the model has a capability; nil when that is not known.
    package subscript(capability: ModelCapability) -> Bool? {
        get { self[keyPath: capability.path] }
        set { self[keyPath: capability.path] = newValue }
    }

    /// These capabilities with others laid over them: only what those know replaces.
    package func overlaid(by other: ModelCapabilities) -> ModelCapabilities {
        var result = self
        for capability in ModelCapability.allCases {
            if let flag = other[capability] { result[capability] = flag }
        }
        result.toolChoiceModes = other.toolChoiceModes ?? toolChoiceModes
        return result
    }
}

extension ModelCapability {
    /// Where the capability is kept.
    fileprivate var path: WritableKeyPath<ModelCapabilities, Bool?> {
        switch self {
        case .streaming: \.streaming
        case .systemPrompt: \.systemPrompt
        case .tools: \.tools
        case .toolChoice: \.toolChoice
        case .streamingTools: \.streamingTools
        case .forcedToolUse: \.forcedToolUse
        case .strictTools: \.strictTools
        case .parallelToolUseConfig: \.parallelToolUseConfig
        case .toolResultImages: \.toolResultImages
        case .vision: \.vision
        case .documents: \.documents
        case .audioInput: \.audioInput
        case .audioOutput: \.audioOutput
        case .videoInput: \.videoInput
        case .reasoning: \.reasoning
        case .promptCaching: \.promptCaching
        case .explicitCachePoint: \.explicitCachePoint
        case .responseSchema: \.responseSchema
        case .nativeStructuredOutput: \.nativeStructuredOutput
        case .outputConfig: \.outputConfig
        case .assistantPrefill: \.assistantPrefill
        case .samplingParams: \.samplingParams
        case .temperatureWithTopP: \.temperatureWithTopP
        case .computerUse: \.computerUse
        case .midConversationSystem: \.midConversationSystem
        case .maxCompletionTokens: \.maxCompletionTokens
        }
    }
}

extension String {
    /// The words of a camel-case name with `_` between them: `imageEdit` is `image_edit`.
    var snakeCased: String {
        var result = ""
        for character in self {
            if character.isUppercase { result += "_" }
            result += character.lowercased()
        }
        return result
    }
}
