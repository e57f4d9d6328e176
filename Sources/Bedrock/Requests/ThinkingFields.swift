package import ChatEvents
import JSONCoding

/// How much a model is asked to think, and what follows from it for the rest of the request.
///
/// Source: Amazon Bedrock User Guide, "Extended thinking" and "Adaptive thinking" of Claude; Amazon Nova User Guide,
/// "Extended thinking"; OpenAI API reference, `reasoning` and `reasoning_effort`.
struct ThinkingFields {
    /// What goes among the additional fields.
    private(set) var fields = JSONObject()
    /// Whether the model thinks in a way that forbids sampling parameters, a prefill and a forced tool.
    private(set) var isExtended = false
    /// The longest answer in tokens, thoughts included; nil leaves it to the model.
    private(set) var maxTokens: Int?

    /// What a request asks for.
    ///
    /// - Parameters:
    ///   - request: The request. Where its additional fields say themselves how to think, nothing is added.
    ///   - traits: What the model takes.
    ///   - canThink: False where a thought that the service wants back is lost, so that it would refuse the request.
    init(_ request: ChatRequest, for traits: ConverseModelTraits, canThink: Bool) {
        maxTokens = request.sampling.maxTokens
        let thinking = traits.thinking
        if Self.ownFields.contains(where: { request.sampling.additional[$0] != nil }) {
            let type = request.sampling.additional["thinking"]?["type"]?.string
            isExtended = type == "enabled" || type == "adaptive"
            return
        }
        let isClaude = thinking.form == .budget || thinking.form == .adaptive
        isExtended = isClaude && thinking.isAlwaysOn
        switch request.thinking {
        case .asTheModelDoes: break
        case .off: switchOff(thinking)
        case .effort(let wished):
            guard canThink || thinking.isAlwaysOn, let effort = thinking.nearest(to: wished) else { return }
            ask(for: effort, of: thinking.form, traits.maxOutputTokens)
        }
    }

    private static let ownFields = ["thinking", "output_config", "reasoningConfig", "reasoning_effort", "reasoning"]

    private mutating func switchOff(_ thinking: ThinkingTraits) {
        guard !thinking.isAlwaysOn else { return }
        let least: Thinking.Effort? = Thinking.Effort.allCases.first(where: thinking.efforts.contains)
        let word = thinking.takesNone ? "none" : least?.rawValue
        switch thinking.form {
        // Without the field these do not think.
        case .none, .budget, .adaptive, .novaReasoningConfig: break
        case .effortWord: if let word { fields.append("reasoning_effort", .string(word)) }
        case .effortObject: if let word { fields.append("reasoning", ["effort": .string(word)]) }
        }
    }

    private mutating func ask(for effort: Thinking.Effort, of form: ThinkingTraits.Form, _ mostTokens: Int?) {
        let word = JSONValue.string(effort.rawValue)
        switch form {
        case .none: break
        case .budget:
            fields.append(
                "thinking", ["type": "enabled", "budget_tokens": .integer(budget(of: effort, mostTokens))])
            isExtended = true
        case .adaptive:
            fields.append("thinking", ["type": "adaptive"])
            fields.append("output_config", ["effort": word])
            isExtended = true
        case .novaReasoningConfig:
            fields.append("reasoningConfig", ["type": "enabled", "maxReasoningEffort": word])
            guard effort >= .high else { break }
            isExtended = true
            maxTokens = nil
        case .effortWord: fields.append("reasoning_effort", word)
        case .effortObject: fields.append("reasoning", ["effort": word])
        }
    }

    /// The least that Claude takes.
    private static let leastBudget = 1024

    /// How many tokens an effort is; the longest answer grows where it would leave no room for thoughts.
    private mutating func budget(of effort: Thinking.Effort, _ mostTokens: Int?) -> Int {
        let wished =
            switch effort {
            case .minimal: Self.leastBudget
            case .low: 2048
            case .medium: 8192
            case .high: 16_384
            case .xhigh: 32_768
            case .max: 60_000
            }
        let most = mostTokens ?? .max
        // The service fills in a longest answer of its own that may be below the budget.
        let room = min(maxTokens ?? wished + 4096, most)
        // A quarter of the answer is left for words, at most what a long answer takes.
        var budget = min(wished, room - min(room / 4, 4096))
        maxTokens = room
        if budget < Self.leastBudget {
            budget = Self.leastBudget
            maxTokens = min(Self.leastBudget + max(room, 1), max(most, Self.leastBudget + 1))
        }
        return budget
    }
}

extension Thinking.Effort: Comparable {
    /// Orders efforts from little to much.
    package static func < (left: Thinking.Effort, right: Thinking.Effort) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
}
