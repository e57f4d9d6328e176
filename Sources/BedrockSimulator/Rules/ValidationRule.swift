import ModelCatalog

/// What a rule judges.
struct RuleSubject: Sendable {
    let request: ConverseRequest
    let model: ModelFacts
    /// Whether the answer is to be streamed.
    let isStream: Bool
}

/// One condition that the service, or a model behind it, puts on a request.
struct ValidationRule: Sendable {
    /// The error when the request breaks the rule, or nil when it keeps it.
    let violation: @Sendable (RuleSubject) -> ServiceError?

    init(_ violation: @escaping @Sendable (RuleSubject) -> ServiceError?) { self.violation = violation }

    /// Every rule, in the order in which the service judges.
    ///
    /// Ranges come first, then the shape of the conversation, then what the model takes, then what is
    /// wanted of files, tools, thoughts and the rest; the first rule that is broken
    /// is answered.
    static let all: [ValidationRule] =
        RangeRules.all + ConversationRules.all + ModelRules.all + FileRules.all + ToolRules.all + ThinkingRules.all
        + FeatureRules.all
}
