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
    package var poe: PoeOptions
    package var limits: Limits
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
    /// What the catalog knows of the model; nil for a model that it does not know.
    package var facts: ModelFacts?
    /// Whether a project's own facts are among ``facts``, so that others may not know the model as this bot does.
    package var hasProjectFacts = false
}

/// How answers are sampled, after the model's facts: what the model refuses is nil here.
package struct Parameters: Hashable, Sendable {
    package var temperature: Double?
    package var topP: Double?
    package var maxTokens: Int?
    package var stopSequences: [String]
    /// Further fields for the model, passed on as they are.
    package var additional: JSONObject
}

/// What Poe is told of the bot, and the key it calls with.
package struct PoeOptions: Hashable, Sendable {
    /// The bot's name on Poe; nil when it is the bot's own name.
    package var handle: String?
    /// Where the access key is found, tried in order.
    package var accessKey: [SecretReference]
    package var introductionMessage: String?
    package var allowAttachments: Bool
    package var enforceAuthorRoleAlternation: Bool
    package var enableMultiEntityPrompting: Bool
    package var rateCard: String?
    package var costLabel: String?
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
