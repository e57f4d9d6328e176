/// What the catalog knows of one Bedrock foundation model.
///
/// A nil or an empty list means "not known". Limits may be lower than what newer documentation grants, and dates may
/// have passed: facts advise and fill defaults, they are no reason to refuse a bot.
package struct ModelFacts: Sendable, Hashable {
    /// The foundation model id without a profile prefix: `amazon.nova-micro-v1:0`.
    package var id: String
    /// Who made the model, for people: `Anthropic`.
    package var maker: String
    /// The model's name, for people: `Nova Micro`.
    package var displayName: String
    /// What the model makes.
    package var kind: ModelKind
    /// Whether the control plane lists the model; false: old, preview or gated, so nothing is known of its regions.
    package var listed: Bool
    /// Where a listed model stands in its life.
    package var lifecycle: ModelLifecycle?
    /// Whether the model is callable on `bedrock-runtime`; false: only on `bedrock-mantle`, which is another service.
    package var runtime: Bool?
    /// The day on which the listing's entry last changed, as an ISO 8601 date.
    package var listingChanged: String?
    /// The kinds of content that go in.
    package var inputModalities: [Modality] = []
    /// The kinds of content that come out.
    package var outputModalities: [Modality] = []
    /// How long prompt and answer may be together, in tokens; newer documentation may grant more.
    package var contextTokens: Int?
    /// The longest answer in tokens; newer documentation may grant more.
    package var maxOutputTokens: Int?
    /// The shortest bound on an answer that a request may ask for, in tokens; nil where there is none above 1.
    package var minOutputTokens: Int?
    /// How many numbers an embedding has.
    package var embeddingDimensions: Int?
    package var capabilities = ModelCapabilities()
    /// How thinking is asked for; nil where nothing is known of it.
    package var reasoning: ReasoningFacts?
    package var prices = ModelPrices()
    /// Every region in which the listing shows the model in any form, sorted.
    package var regions: [String] = []
    /// The regions where the bare id is accepted, sorted.
    package var onDemandRegions: [String] = []
    /// Regions that the listing calls on-demand but where only `bedrock-mantle` takes the bare id, sorted.
    package var onDemandMantleOnlyRegions: [String] = []
    /// The regions of the `bedrock-mantle` endpoint, sorted.
    package var mantleRegions: [String] = []
    /// The inference profiles that AWS defines for the model.
    package var inferenceProfiles: [InferenceProfile] = []
    /// Whether the bare id is rejected everywhere.
    package var profileOnly = false
    /// The announced end of life as an ISO 8601 date, for some models "not before"; it may have passed.
    package var deprecationDate: String?
    /// The body format of InvokeModel or StartAsyncInvoke, for models that Converse does not serve.
    package var invokeFamily: InvokeFamily?
    /// The smallest prefix that is cached, in tokens.
    package var promptCacheMinTokens: Int?

    /// A model of which little is known.
    package init(id: String, maker: String, displayName: String, kind: ModelKind, listed: Bool = false) {
        self.id = id
        self.maker = maker
        self.displayName = displayName
        self.kind = kind
        self.listed = listed
    }

    /// The day of the announced end of life, if it is not after a day.
    ///
    /// - Parameter today: The day, as an ISO 8601 date.
    /// - Returns: The announced day, as an ISO 8601 date; nil while it is ahead, and where none is announced.
    package func endOfLife(by today: String) -> String? {
        // ISO 8601 dates are in order as texts.
        deprecationDate.flatMap { $0 <= today ? $0 : nil }
    }

    /// The inference profile of that prefix, or nil when the catalog has none.
    package func inferenceProfile(prefix: String) -> InferenceProfile? {
        inferenceProfiles.first { $0.prefix == prefix }
    }
}
