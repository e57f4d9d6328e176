package import ModelCatalog

/// A parameter that a model cannot take as it is set, and what is sent in its place.
package struct ParameterAdjustment: Hashable, Sendable {
    /// The parameter, by its key in `parameters`.
    package enum Key: String, Hashable, Sendable {
        case temperature
        case topP = "top_p"
        case maxTokens = "max_tokens"
        case reasoning
    }

    /// What is sent, and why.
    package enum Change: Hashable, Sendable {
        /// Left out: the model refuses it.
        case refused
        /// Left out: the model refuses it in a request that has a temperature.
        case refusedBesideTemperature
        /// The nearer end of the range that the service takes.
        case outOfRange(sent: Double)
        /// The model's limit, which is less.
        case aboveLimit(Int)
        /// The least that the model takes, which is more.
        case belowLeast(Int)
        /// Left out: the model does not reason.
        case doesNotReason
        /// Left out: the model thinks whatever a request says.
        case alwaysReasons
        /// Left out: it is above the highest effort that the model takes.
        case aboveCeiling(ReasoningEffort)
    }

    package let key: Key
    package let change: Change

    package init(key: Key, change: Change) {
        self.key = key
        self.change = change
    }
}

extension Parameters {
    /// The parameters as a request may hold them, and what that changes of these.
    ///
    /// The only place where parameters meet a model's facts: a gateway sends what this returns, and `show` and
    /// `validate` say what it changed. What is not known of a model is taken. Adjusting twice is adjusting once.
    ///
    /// - Parameters:
    ///   - facts: What is known of the model; nil when nothing is.
    ///   - provider: The service that is called; only Bedrock's Converse has ranges of its own.
    /// - Returns: What is sent, and an entry for every parameter that differs from what is set here.
    package func adjusted(
        to facts: ModelFacts?, of provider: ModelReference.Provider
    ) -> (sent: Parameters, adjustments: [ParameterAdjustment]) {
        var adjuster = ParameterAdjuster(sent: self, facts: facts, provider: provider)
        adjuster.adjustSampling()
        adjuster.adjustMaxTokens()
        adjuster.adjustReasoning()
        return (adjuster.sent, adjuster.adjustments)
    }
}

private struct ParameterAdjuster {
    var sent: Parameters
    var adjustments: [ParameterAdjustment] = []
    let facts: ModelFacts?
    let provider: ModelReference.Provider

    private mutating func note(_ key: ParameterAdjustment.Key, _ change: ParameterAdjustment.Change) {
        adjustments.append(ParameterAdjustment(key: key, change: change))
    }

    mutating func adjustSampling() {
        let capabilities = facts?.capabilities ?? ModelCapabilities()
        if capabilities.samplingParams == false {
            if sent.temperature != nil { note(.temperature, .refused) }
            if sent.topP != nil { note(.topP, .refused) }
            sent.temperature = nil
            sent.topP = nil
            return
        }
        limitToConverse(\.temperature, .temperature)
        limitToConverse(\.topP, .topP)
        if capabilities.temperatureWithTopP == false, sent.temperature != nil, sent.topP != nil {
            note(.topP, .refusedBesideTemperature)
            sent.topP = nil
        }
    }

    /// Source: Amazon Bedrock API reference, InferenceConfiguration: 0 to 1.
    private mutating func limitToConverse(
        _ parameter: WritableKeyPath<Parameters, Double?>, _ key: ParameterAdjustment.Key
    ) {
        guard provider == .bedrock, let wished = sent[keyPath: parameter] else { return }
        // What a caller hints at may be no number at all.
        guard !wished.isNaN else { return sent[keyPath: parameter] = nil }
        let limited = min(max(wished, 0), 1)
        guard limited != wished else { return }
        note(key, .outOfRange(sent: limited))
        sent[keyPath: parameter] = limited
    }

    mutating func adjustMaxTokens() {
        guard let wished = sent.maxTokens else { return }
        if let limit = facts?.maxOutputTokens, wished > limit {
            note(.maxTokens, .aboveLimit(limit))
            sent.maxTokens = limit
        } else if let least = facts?.minOutputTokens, wished < least {
            note(.maxTokens, .belowLeast(least))
            sent.maxTokens = least
        }
    }

    mutating func adjustReasoning() {
        guard let effort = sent.reasoning, let change = refusal(of: effort) else { return }
        // Where nothing was to be thought, a model that cannot think does what is asked.
        if change != .doesNotReason || effort != .none { note(.reasoning, change) }
        sent.reasoning = nil
    }

    private func refusal(of effort: ReasoningEffort) -> ParameterAdjustment.Change? {
        if facts?.capabilities.reasoning == false { return .doesNotReason }
        guard let reasoning = facts?.reasoning else { return nil }
        if effort == .none, reasoning.alwaysOn == true { return .alwaysReasons }
        if let ceiling = reasoning.effortCeiling, effort > ceiling { return .aboveCeiling(ceiling) }
        return reasoning.accepts(effort) == false ? .refused : nil
    }
}
