/// How hard a model is asked to think, from not at all to as hard as it can.
package enum ReasoningEffort: String, Hashable, Sendable, CaseIterable, Comparable {
    case none
    case minimal
    case low
    case medium
    case high
    case xhigh
    case max

    package static func < (left: ReasoningEffort, right: ReasoningEffort) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .none: 0
        case .minimal: 1
        case .low: 2
        case .medium: 3
        case .high: 4
        case .xhigh: 5
        case .max: 6
        }
    }
}

/// How a reasoning model takes its thinking settings; nil means that it is not known.
package struct ReasoningFacts: Sendable, Hashable {
    /// The model thinks whatever the request says.
    package var alwaysOn: Bool?
    /// The request form `thinking: {type: adaptive}` is accepted.
    package var adaptiveThinking: Bool?
    /// The older request form with `budget_tokens` is accepted.
    package var budgetTokens: Bool?
    /// Efforts that are known to be accepted or refused.
    package var effort: [ReasoningEffort: Bool]
    /// The highest effort accepted on Bedrock; wins over ``effort``.
    package var effortCeiling: ReasoningEffort?

    package init(
        alwaysOn: Bool? = nil, adaptiveThinking: Bool? = nil, budgetTokens: Bool? = nil,
        effort: [ReasoningEffort: Bool] = [:], effortCeiling: ReasoningEffort? = nil
    ) {
        self.alwaysOn = alwaysOn
        self.adaptiveThinking = adaptiveThinking
        self.budgetTokens = budgetTokens
        self.effort = effort
        self.effortCeiling = effortCeiling
    }

    /// Whether the model takes that effort, or nil when it is not known.
    ///
    /// Low, medium and high are taken by every model that reasons, up to the ceiling.
    package func accepts(_ effort: ReasoningEffort) -> Bool? {
        if let effortCeiling, effort > effortCeiling { return false }
        switch effort {
        case .low, .medium, .high: return self.effort[effort] ?? true
        case .none, .minimal, .xhigh, .max: return self.effort[effort]
        }
    }
}

extension ReasoningFacts {
    /// These facts with others laid over them: only what those know replaces.
    package func overlaid(by other: ReasoningFacts) -> ReasoningFacts {
        ReasoningFacts(
            alwaysOn: other.alwaysOn ?? alwaysOn,
            adaptiveThinking: other.adaptiveThinking ?? adaptiveThinking,
            budgetTokens: other.budgetTokens ?? budgetTokens,
            effort: effort.merging(other.effort) { $1 },
            effortCeiling: other.effortCeiling ?? effortCeiling)
    }
}
