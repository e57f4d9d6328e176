import JSONCoding
import ModelCatalog

/// What models want of requests to think, and of thoughts that come back.
///
/// The texts are those of the service as users report them.
enum ThinkingRules {
    static let all = [
        thoughtsOfUsers, thoughtsWhereRefused, thoughtsUnchanged, claudeSettings, claudeEffort, claudeWithSampling,
        claudeWithForcedTools, claudeBeforeToolResults, claudeFields, novaWithHighEffort, namedEffort,
    ]

    static let thoughtsOfUsers = ValidationRule { subject in
        let isBroken = subject.request.messages.contains { message in
            message.role == "user" && message.content.contains { $0.thinking != nil }
        }
        guard isBroken else { return nil }
        return .validation(
            "User messages cannot contain reasoning content. Please remove the reasoning content and try again.")
    }

    static let thoughtsWhereRefused = ValidationRule { subject in
        guard ThinkingFamily(subject.model) == .alwaysOpen, thoughts(of: subject).first != nil else { return nil }
        return .validation(
            "This model doesn't support the reasoningContent field. Remove reasoningContent and try again.")
    }

    /// Thoughts of Claude come back as they were, or not at all.
    static let thoughtsUnchanged = ValidationRule { subject in
        guard ThinkingFamily(subject.model) == .claude else { return nil }
        let signer = AnswerSubject(model: subject.model, id: "", region: "")
        for (path, thinking) in thoughts(of: subject) {
            guard let text = thinking.text else { continue }
            guard let signature = thinking.signature else {
                return .refusedByModel("\(path).thinking.signature: Field required")
            }
            guard signature == signer.signature(of: text) else {
                return .refusedByModel("\(path): Invalid `signature` in `thinking` block")
            }
        }
        return nil
    }

    static let claudeSettings = ValidationRule { subject in
        guard let thinking = claudeThinking(of: subject) else { return nil }
        if subject.model.capabilities.reasoning == false {
            return .refusedByModel("thinking: Extra inputs are not permitted")
        }
        let facts = subject.model.reasoning
        switch thinking["type"]?.string {
        case "enabled":
            if facts?.adaptiveThinking == true, facts?.budgetTokens != true {
                return .refusedByModel(
                    "\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" and "
                        + "\"output_config.effort\" to control thinking behavior.")
            }
            guard let budget = thinking["budget_tokens"]?.integer else {
                return .refusedByModel("thinking.enabled.budget_tokens: Field required")
            }
            guard budget >= 1024 else {
                return .refusedByModel(
                    "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024")
            }
            guard budget < subject.request.inference.maxTokens ?? Int.max else {
                return .refusedByModel("`max_tokens` must be greater than `thinking.budget_tokens`.")
            }
            return nil
        case "adaptive":
            guard facts?.adaptiveThinking != true else { return nil }
            return .refusedByModel("adaptive thinking is not supported on this model")
        case "disabled":
            guard facts?.alwaysOn == true else { return nil }
            return .refusedByModel("\"thinking.type.disabled\" is not supported for this model.")
        default:
            return .refusedByModel(
                "thinking: Input tag does not match any of the expected tags: 'adaptive', 'disabled', 'enabled'")
        }
    }

    static let claudeEffort = ValidationRule { subject in
        guard ThinkingFamily(subject.model) == .claude,
            let text = subject.request.additionalFields["output_config"]?["effort"]?.string
        else { return nil }
        guard let effort = ReasoningEffort(rawValue: text), effort >= .low else {
            return .refusedByModel(
                "output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'")
        }
        guard subject.model.reasoning?.accepts(effort) != true else { return nil }
        return .refusedByModel("This model does not support effort level '\(text)'.")
    }

    static let claudeWithSampling = ValidationRule { subject in
        guard claudeThinks(in: subject) else { return nil }
        let inference = subject.request.inference
        if let temperature = inference.temperature?.double, temperature != 1 {
            return .refusedByModel("`temperature` may only be set to 1 when thinking is enabled.")
        }
        if let topP = inference.topP?.double, topP < 0.95 {
            return .refusedByModel("`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.")
        }
        if subject.request.additionalFields["top_k"] != nil {
            return .refusedByModel("`top_k` must be unset when thinking is enabled.")
        }
        return nil
    }

    static let claudeWithForcedTools = ValidationRule { subject in
        guard claudeThinks(in: subject) else { return nil }
        switch subject.request.toolChoice {
        case .any, .tool: return .refusedByModel("Thinking may not be enabled when tool_choice forces tool use.")
        case .automatic, nil: return nil
        }
    }

    /// The turn whose calls are answered last must begin with its thoughts.
    static let claudeBeforeToolResults = ValidationRule { subject in
        let messages = subject.request.messages
        guard claudeThinks(in: subject), messages.last?.content.contains(where: { $0.toolResult != nil }) == true,
            let index = messages.lastIndex(where: { $0.role == "assistant" }),
            let first = messages[index].content.first, first.thinking == nil
        else { return nil }
        let found = first.toolUse == nil ? "text" : "tool_use"
        return .refusedByModel(
            "messages.\(index).content.0.type: Expected `thinking` or `redacted_thinking`, but found `\(found)`. When "
                + "`thinking` is enabled, a final `assistant` message must start with a thinking block (preceeding the "
                + "lastmost set of `tool_use` and `tool_result` blocks).")
    }

    static let claudeFields = ValidationRule { subject in
        guard ThinkingFamily(subject.model) == .claude else { return nil }
        guard let unknown = subject.request.additionalFields.first(where: { !claudeNames.contains($0.name) }) else {
            return nil
        }
        return .refusedByModel("\(unknown.name): Extra inputs are not permitted")
    }

    /// Source: Amazon Nova 2 user guide, extended thinking.
    static let novaWithHighEffort = ValidationRule { subject in
        guard ThinkingFamily(subject.model) == .nova,
            let thinking = subject.request.additionalFields["reasoningConfig"], thinking["type"]?.string == "enabled"
        else { return nil }
        let effort = thinking["maxReasoningEffort"]?.string
        guard ["low", "medium", "high"].contains(effort) else {
            return .refusedByModel("reasoningConfig.maxReasoningEffort: must be one of low, medium, high")
        }
        let inference = subject.request.inference
        guard effort == "high", inference.maxTokens != nil || inference.temperature != nil || inference.topP != nil
        else { return nil }
        return .refusedByModel(
            "maxTokens, temperature and topP must be unset when maxReasoningEffort is high.")
    }

    /// Efforts that the catalog knows the model to refuse.
    static let namedEffort = ValidationRule { subject in
        let fields = subject.request.additionalFields
        guard ThinkingFamily(subject.model) == .effort,
            let text = fields["reasoning_effort"]?.string ?? fields["reasoning"]?["effort"]?.string
        else { return nil }
        if let effort = ReasoningEffort(rawValue: text), subject.model.reasoning?.accepts(effort) != false {
            return nil
        }
        return .refusedByModel("Unsupported value: '\(text)' is not supported as the effort of this model.")
    }

    private static let claudeNames: Set<String> = [
        "thinking", "output_config", "output_format", "top_k", "anthropic_beta", "tool_choice", "tools", "metadata",
        "context_management", "container", "mcp_servers", "service_tier", "speed",
    ]

    private static func claudeThinking(of subject: RuleSubject) -> JSONValue? {
        ThinkingFamily(subject.model) == .claude ? subject.request.additionalFields["thinking"] : nil
    }

    private static func claudeThinks(in subject: RuleSubject) -> Bool {
        ["enabled", "adaptive"].contains(claudeThinking(of: subject)?["type"]?.string)
    }

    /// The thoughts in the history with their places.
    private static func thoughts(of subject: RuleSubject) -> [(path: String, ConverseRequest.Thinking)] {
        subject.request.messages.enumerated().flatMap { message, turn in
            turn.content.enumerated().compactMap { block, content in
                content.thinking.map { ("messages.\(message).content.\(block)", $0) }
            }
        }
    }
}
