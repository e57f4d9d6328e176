import Diagnostics
import ModelCatalog

/// What a model's facts change of a bot's values when a request is built.
///
/// In a bot's own file such a value is a fault, because somebody wrote it for this model; in a template or an
/// environment it was written for many.
struct ModelAdjustments {
    private(set) var adjustments: [EffectiveConfig.Adjustment] = []
    private let root: ConfigObject
    private let facts: ModelFacts?
    private let refusals: ModelRefusals

    /// The adjustments of merged layers.
    init(of root: ConfigObject, facts: ModelFacts?) {
        self.root = root
        self.facts = facts
        refusals = ModelRefusals(facts: facts)
        adjustSampling()
        adjustMaxTokens()
        adjustReasoning()
        adjustFeatures()
    }

    private var model: String { facts?.id ?? root.text("model", "id") ?? "" }

    private func node(_ key: String, _ nested: String? = nil) -> ConfigNode? {
        root.node(key, nested).flatMap { $0.value.isReset ? nil : $0 }
    }

    private mutating func adjust(
        _ path: String, _ message: String, _ code: DiagnosticCode, _ fault: String, help: String
    ) {
        adjustments.append(
            EffectiveConfig.Adjustment(
                path: path, message: message,
                fault: EffectiveConfig.Fault(code: code, message: fault, help: help)))
    }

    private mutating func refuse(_ path: String, _ reason: String, help: String = "remove it") {
        adjust(
            path, "left out: \(reason)", .modelRefusesParameter, "'\(path)' cannot be used with '\(model)': \(reason)",
            help: help)
    }

    private mutating func adjustSampling() {
        let (temperature, topP) = (node("parameters", "temperature"), node("parameters", "top_p"))
        if refusals.sampling {
            if temperature != nil { refuse("parameters.temperature", "the model refuses it") }
            if topP != nil { refuse("parameters.top_p", "the model refuses it") }
            return
        }
        if refusals.temperatureWithTopP, let temperature, let topP {
            let isFromBeneath = temperature.origin.layer < topP.origin.layer
            refuse(
                "parameters.top_p", "the model refuses it beside 'temperature'",
                help: isFromBeneath ? "remove it, or write 'temperature: null' beside it" : "remove one of them")
        }
        if case .decimal(let wished)? = temperature?.value, wished > 1 {
            adjust(
                "parameters.temperature", "sent as 1: Bedrock's Converse takes 0 to 1", .modelRefusesParameter,
                "'parameters.temperature' is \(wished.text), and Bedrock's Converse takes 0 to 1",
                help: "write 1, or less")
        }
    }

    private mutating func adjustMaxTokens() {
        guard case .integer(let wished)? = node("parameters", "max_tokens")?.value else { return }
        let path = "parameters.max_tokens"
        if let limit = facts?.maxOutputTokens, wished > limit {
            adjust(
                path, "lowered to \(limit), the model's limit", .aboveModelLimit,
                "'\(path)' is \(wished), and the model's limit is \(limit)",
                help: "\(limit) is sent; write that, or less")
        } else if let least = refusals.maxTokensBelow, wished < least {
            adjust(
                path, "raised to \(least), the least that the model takes", .modelRefusesParameter,
                "'\(path)' is \(wished), and '\(model)' takes \(least) or more", help: "write \(least), or more")
        }
    }

    private mutating func adjustReasoning() {
        guard let word = root.text("parameters", "reasoning"), let effort = ReasoningEffort(rawValue: word) else {
            return
        }
        let path = "parameters.reasoning"
        if facts?.capabilities.reasoning == false {
            guard effort != .none else { return }
            adjust(
                path, "left out: the model does not reason", .missingFeature,
                "'\(path): \(word)' asks for thinking, and '\(model)' does not reason", help: "remove it")
        } else if let reasoning = facts?.reasoning {
            let accepted = ReasoningEffort.allCases.filter {
                reasoning.accepts($0) == true && !($0 == .none && reasoning.alwaysOn == true)
            }
            let help = "the model takes \(accepted.map(\.rawValue).joined(separator: ", "))"
            if effort == .none, reasoning.alwaysOn == true {
                refuse(path, "the model always thinks", help: help)
            } else if let ceiling = reasoning.effortCeiling, effort > ceiling {
                refuse(path, "'\(word)' is above '\(ceiling.rawValue)', the most that the model takes", help: help)
            } else if reasoning.accepts(effort) == false {
                refuse(path, "the model refuses '\(word)'", help: help)
            }
        }
    }

    private mutating func adjustFeatures() {
        if facts?.capabilities.systemPrompt == false, node("supports_system_messages")?.value == .boolean(true) {
            adjust(
                "supports_system_messages", "taken as false: the model takes no system messages", .missingFeature,
                "'supports_system_messages' is true, and '\(model)' takes no system messages",
                help: "remove it: they then go in front of the first user message")
        }
        if facts?.capabilities.promptCaching == false, root.text("cache") == "auto" {
            adjust(
                "cache", "left out: the model caches no prompts", .missingFeature,
                "'cache' is auto, and '\(model)' caches no prompts", help: "remove it")
        }
    }
}
