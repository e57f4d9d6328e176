import Bedrock
import BotConfiguration
import ChatEvents
import ModelCatalog

extension ConverseModelTraits {
    /// What the model of a bot accepts, by the bot's config and the model's facts; what is not known is accepted.
    init(_ config: BotConfig) {
        let facts = config.model.facts
        let capabilities = facts?.capabilities ?? ModelCapabilities()
        let family = ModelFamily(config.model.baseID)
        self.init(
            modelID: config.model.baseID,
            streams: capabilities.streaming ?? true,
            supportsSystemMessages: config.supportsSystemMessages,
            acceptsAssistantPrefill: capabilities.assistantPrefill ?? false,
            maxOutputTokens: facts?.maxOutputTokens,
            stopSequenceLimit: family == .claude ? nil : 4,
            topKPlace: TopKPlace(capabilities, of: family),
            attachments: AttachmentTraits(facts), tools: ToolTraits(capabilities, of: family),
            thinking: ThinkingTraits(facts, of: family),
            cache: config.cache == .auto ? CacheTraits(facts, of: family) : nil,
            guardrail: config.guardrail.map(GuardrailReference.init),
            takesSystemTurns: capabilities.midConversationSystem ?? false,
            takesTextFormat: capabilities.nativeStructuredOutput ?? false,
            thinksInline: family != .claude && family != .gpt)
    }
}

extension ConverseModelTraits.TopKPlace {
    fileprivate init(_ capabilities: ModelCapabilities, of family: ModelFamily) {
        switch family {
        case _ where capabilities.samplingParams == false: self = .nowhere
        case .nova: self = .novaInferenceConfig
        case .cohere: self = .k
        case .claude, .gptOSS, .gpt, .kimi, .deepSeekV3, .other: self = .asWritten
        }
    }
}

/// Makers' families of models, as far as their requests differ in more than facts say.
private enum ModelFamily {
    case claude, nova, gptOSS, gpt, kimi, deepSeekV3, cohere, other

    /// The family of a model id without a profile's prefix.
    init(_ id: String) {
        let prefixes: [(String, ModelFamily)] = [
            ("anthropic.", .claude), ("amazon.nova", .nova), ("openai.gpt-oss", .gptOSS), ("openai.gpt", .gpt),
            ("moonshot.", .kimi), ("moonshotai.", .kimi), ("deepseek.v3", .deepSeekV3), ("cohere.", .cohere),
        ]
        self = prefixes.first { id.hasPrefix($0.0) }?.1 ?? .other
    }
}

extension AttachmentTraits {
    /// What a model reads; of a model without facts everything is tried.
    init(_ facts: ModelFacts?) {
        guard let facts else {
            self.init(documents: .untold)
            return
        }
        let capabilities = facts.capabilities
        func takes(_ modality: Modality) -> Bool? {
            facts.inputModalities.isEmpty ? nil : facts.inputModalities.contains(modality)
        }
        let images = capabilities.vision ?? takes(.image) ?? true
        self.init(
            takesImages: images,
            documents: capabilities.documents.map { $0 ? .taken : .refused } ?? .untold,
            takesVideo: capabilities.videoInput ?? takes(.video) ?? false,
            takesAudio: capabilities.audioInput ?? (takes(.audio) == true || takes(.speech) == true),
            takesImagesInToolResults: images && capabilities.toolResultImages ?? true)
    }
}

extension ToolTraits {
    fileprivate init(_ capabilities: ModelCapabilities, of family: ModelFamily) {
        var choices: Set<Choice> = []
        if capabilities.forcedToolUse != false {
            for mode in capabilities.toolChoiceModes ?? [] {
                switch mode {
                case .auto: break
                case .any: choices.insert(.any)
                case .tool: choices.insert(.named)
                }
            }
        }
        self.init(
            areTaken: capabilities.tools ?? true,
            areTakenInStreams: capabilities.streamingTools ?? true, choices: choices,
            canBeStrict: capabilities.strictTools ?? (family == .claude),
            canCallOneByOne: capabilities.parallelToolUseConfig ?? false)
    }
}

extension ThinkingTraits {
    fileprivate init(_ facts: ModelFacts?, of family: ModelFamily) {
        guard let facts, facts.capabilities.reasoning == true || facts.reasoning != nil else {
            self.init()
            return
        }
        let reasoning = facts.reasoning ?? ReasoningFacts()
        let form: Form =
            switch family {
            case .claude: reasoning.adaptiveThinking == true || reasoning.alwaysOn == true ? .adaptive : .budget
            case .nova: .novaReasoningConfig
            case .gptOSS, .kimi, .deepSeekV3: .effortWord
            case .gpt: .effortObject
            case .cohere, .other: .none
            }
        var efforts = Set(
            Thinking.Effort.allCases.filter { ReasoningEffort(rawValue: $0.rawValue).map(reasoning.accepts) == true })
        // Kimi's own documentation: low, high and max.
        if family == .kimi { efforts = [.low, .high, .max] }
        // A budget is a number, so that every effort can be said.
        if form == .budget { efforts = Set(Thinking.Effort.allCases) }
        self.init(
            form: form, efforts: efforts, takesNone: reasoning.accepts(.none) == true,
            isAlwaysOn: reasoning.alwaysOn ?? false)
    }
}

extension CacheTraits {
    /// Where marks may stand; nil for a model that caches nothing, or by itself.
    fileprivate init?(_ facts: ModelFacts?, of family: ModelFamily) {
        guard let facts, facts.capabilities.promptCaching == true, facts.capabilities.explicitCachePoint != false
        else { return nil }
        let isNova = family == .nova
        self.init(
            marksTools: !isNova, marksToolResults: !isNova, leastTokens: facts.promptCacheMinTokens ?? 1024)
    }
}
