package import JSONCoding
package import ModelCatalog
package import Secrets

/// Everything a gateway needs to know of one bot: validated, every default filled in, facts applied.
///
/// It is made from the stored form only, in the gateway as in `botctl`, so that what was validated is what boots.
package struct BotConfig: Sendable, Hashable {
    /// The bot's identity: manifest key, path, metric label; `[a-z0-9][a-z0-9.-]{0,62}`.
    package var name: String
    /// Further names and paths that answer.
    package var aliases: [String]
    /// What the bot produces.
    package var kind: BotKind
    package var description: String?
    package var labels: [String: String]
    package var model: ModelReference
    package var parameters: Parameters
    /// Instructions that stand above every conversation; empty when there are none.
    package var systemPrompt: String
    /// Whether the model takes system messages; where it does not, they go in front of the first user message.
    package var supportsSystemMessages: Bool
    /// Whether Poe describes images in words, for models that cannot see.
    package var enableImageComprehension: Bool
    /// Whether Poe extracts the text of attachments.
    package var expandTextAttachments: Bool
    /// What watches the conversations; nil for nothing.
    package var guardrail: Guardrail?
    /// Whether prompts are marked for the service's cache; the model decides whether that is possible.
    package var cache: PromptCaching
    /// What becomes of a conversation that is too long.
    package var historyTrim: HistoryTrim
    /// How often a request is tried in all, before the first event: 1 or more.
    package var maxAttempts: Int
    /// Whether a layer says how often; else `AWS_MAX_ATTEMPTS` and the like may say something else to requests to AWS.
    package var setsMaxAttempts: Bool
    package var poe: PoeOptions
    /// Which attachments are fetched.
    package var attachments: AttachmentOptions
    package var limits: Limits
    /// What is set of the pictures or videos that the bot makes.
    package var media: MediaParameters
    /// What the upstream charges.
    package var cost: UpstreamCost
    /// What users pay; nil where that is not said.
    package var pricing: Pricing?
    /// SHA-256 of the stored form that this config was made from.
    package var digest: ContentDigest
}

/// What a bot produces.
package enum BotKind: String, Hashable, Sendable, CaseIterable {
    case chat, image, video
}

/// The model that answers, resolved for the region.
package struct ModelReference: Hashable, Sendable {
    /// The service behind which the model stands.
    package enum Provider: String, Hashable, Sendable, CaseIterable {
        case bedrock, openai
    }

    package var provider: Provider
    /// The id without a profile's prefix, for looking up facts.
    package var baseID: String
    /// What is sent upstream: a foundation model's id, an inference profile's id, or an ARN.
    package var upstreamID: String
    package var region: String
    /// Where the model is called next, in this order, when its region fails before the first event.
    package var failover: [FailoverRoute] = []
    /// The operation that is called; nil where the model decides.
    package var api: ModelAPI?
    /// Credentials of the bot's own; nil for the gateway's.
    package var credentials: ModelCredentials?
    /// Where an OpenAI-compatible model is found: the URL before `/chat/completions`.
    package var baseURL: String?
    /// The key of an OpenAI-compatible model, tried in order; empty for one without keys.
    package var apiKey: [SecretReference] = []
    /// Where a video model puts its results: `s3://bucket/prefix`.
    package var output: String?
    /// What the catalog knows of the model; nil for a model that it does not know.
    package var facts: ModelFacts?
    /// Whether a project's own facts are among ``facts``, so that others may not know the model as this bot does.
    package var hasProjectFacts = false
}

/// How answers are sampled; those of a ``BotConfig`` are adjusted to the model's facts.
package struct Parameters: Hashable, Sendable {
    package var temperature: Double?
    package var topP: Double?
    package var maxTokens: Int?
    package var stopSequences: [String]
    /// How hard the model thinks before it answers; nil where that is left to the model.
    package var reasoning: ReasoningEffort?
    /// Further fields for the model, passed on as they are.
    package var additional: JSONObject

    /// Parameters; what is not given is left to the model.
    package init(
        temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil, stopSequences: [String] = [],
        reasoning: ReasoningEffort? = nil, additional: JSONObject = JSONObject()
    ) {
        self.temperature = temperature
        self.topP = topP
        self.maxTokens = maxTokens
        self.stopSequences = stopSequences
        self.reasoning = reasoning
        self.additional = additional
    }
}

/// What Poe is told of the bot, and the key it calls with.
package struct PoeOptions: Hashable, Sendable {
    /// The bot's name on Poe; nil when it is the bot's own name.
    package var handle: String?
    /// Where the access key is found, tried in order.
    package var accessKey: [SecretReference]
    /// Where a key is found that is still taken beside it; empty for none.
    package var previousAccessKey: [SecretReference]
    package var introductionMessage: String?
    package var allowAttachments: Bool
    package var enforceAuthorRoleAlternation: Bool
    package var enableMultiEntityPrompting: Bool
    /// What users may set themselves.
    package var parameterControls: ParameterControls
    /// The bots on Poe that this one calls, and how often for one message.
    package var serverBotDependencies: [String: Int]
    /// After how many seconds Poe starts a new conversation, 0 for never; nil leaves it to Poe.
    package var contextClearWindowSeconds: Int?
    /// Whether users may start a new conversation; nil leaves it to Poe.
    package var allowUserContextClear: Bool?
    package var rateCard: String?
    package var costLabel: String?
    /// What users see of the model's thoughts.
    package var showReasoning: ReasoningDisplay
}

/// Which of the files that people attach are fetched.
package struct AttachmentOptions: Hashable, Sendable {
    /// The only hosts that are asked, `*.` in front of one for all below it; empty for any.
    package var allowedHosts: [String]
    /// The largest file in bytes.
    package var sizeLimitInBytes: Int
    /// How many files of a conversation are fetched, the newest first.
    package var countLimit: Int
    /// How long the files of one request may take in all.
    package var timeout: Duration
}

/// Bounds on what one bot takes and for how long.
package struct Limits: Hashable, Sendable {
    /// How many answers may be given at once.
    package var maxConcurrent: Int
    /// How many requests are taken in any minute.
    package var requestsPerMinute: Int
    /// How long the model may take to its first event.
    package var firstTokenTimeout: Duration
    /// How long the model may be silent after that.
    package var idleTimeout: Duration
    /// How long the whole answer may take.
    package var requestTimeout: Duration
    /// How long a conversation may be, in estimated tokens; nil for the model's own limit.
    package var maxInputTokens: Int?
}

extension BotConfig {
    /// Whether the bot changes a picture that it is given, and makes nothing without one.
    package var needsPicture: Bool { model.facts?.kind == .imageEdit }
}
