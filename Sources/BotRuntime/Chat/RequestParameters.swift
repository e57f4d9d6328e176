import BotConfiguration
import ChatEvents
import JSONCoding
import ModelCatalog

/// Brings together what a bot's config, a caller's hints and a caller's own settings say of how an answer is made.
///
/// The config wins over hints, and settings win over the config. Whatever comes of it goes through the same
/// adjustment to the model as the config itself, so that no caller can ask for more than a bot's own file could.
struct RequestParameters {
    private let config: BotConfig
    private var facts: ModelFacts? { config.model.facts }

    init(_ config: BotConfig) { self.config = config }

    /// Settles what a request says into its sampling and thinking, as the model takes it.
    func settle(_ request: inout ChatRequest) {
        let overrides = request.overrides
        var wished = config.parameters
        addHints(of: request, to: &wished)
        apply(overrides, to: &wished)
        let sent = wished.adjusted(to: facts, of: config.model.provider).sent
        request.sampling.temperature = sent.temperature
        request.sampling.topP = sent.topP
        request.sampling.maxTokens = sent.maxTokens
        request.sampling.stopSequences = sent.stopSequences
        request.sampling.additional = sent.additional
        // Where the bot says how hard to think, a caller's hint has no say.
        if wished.reasoning != nil {
            request.thinking = Thinking(sent.reasoning)
        } else if overrides.thinking == .asTheModelDoes {
            request.thinking = .asTheModelDoes
        }
        request.overrides = RequestOverrides()
    }

    /// A hint at a temperature is dropped for a model that takes it only without the `top_p` that the config sets.
    private func addHints(of request: ChatRequest, to wished: inout Parameters) {
        let takesHint = wished.topP == nil || facts?.capabilities.temperatureWithTopP != false
        if wished.temperature == nil, takesHint { wished.temperature = request.sampling.temperature }
        if wished.stopSequences.isEmpty { wished.stopSequences = request.sampling.stopSequences }
    }

    private func apply(_ overrides: RequestOverrides, to wished: inout Parameters) {
        if let temperature = overrides.temperature { wished.temperature = temperature }
        if let topP = overrides.topP {
            wished.topP = topP
            // Of two values that the model does not take together, the one that the caller sets is meant.
            if overrides.temperature == nil, facts?.capabilities.temperatureWithTopP == false {
                wished.temperature = nil
            }
        }
        if let maxTokens = overrides.maxTokens { wished.maxTokens = max(maxTokens, 1) }
        for stop in overrides.stopSequences where !stop.isEmpty && !wished.stopSequences.contains(stop) {
            wished.stopSequences.append(stop)
        }
        for member in overrides.additional.members { wished.additional[member.name] = member.value }
        switch overrides.thinking {
        case nil: break
        case .asTheModelDoes?: wished.reasoning = nil
        case .off?: wished.reasoning = ReasoningEffort.none
        case .effort(let effort)?: wished.reasoning = ReasoningEffort(rawValue: effort.rawValue)
        }
    }
}
