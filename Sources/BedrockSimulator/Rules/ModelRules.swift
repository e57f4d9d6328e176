import JSONCoding
import ModelCatalog

/// What one model takes and another does not, by the catalog's facts; what is not known is taken.
///
/// The texts are those of the service as users report them.
enum ModelRules {
    static let all = [
        streaming, systemPrompt, tools, streamingTools, image, document, video, cachePoint, assistantPrefill,
        maxTokensLimit, leastMaxTokens, samplingParameters, temperatureWithTopP,
    ]

    static let streaming = ValidationRule { subject in
        guard subject.isStream, subject.model.capabilities.streaming == false else { return nil }
        return .validation("The model is unsupported for streaming.")
    }

    static let systemPrompt = ValidationRule { subject in
        guard subject.model.capabilities.systemPrompt == false, !subject.request.system.isEmpty else { return nil }
        return .validation(
            "This model doesn't support system messages. Try again without a system message or use a model that "
                + "supports system messages.")
    }

    static let tools = ValidationRule { subject in
        guard subject.model.capabilities.tools == false, subject.request.offersTools else { return nil }
        return .validation("This model doesn't support tool use.")
    }

    static let streamingTools = ValidationRule { subject in
        guard subject.isStream, subject.model.capabilities.streamingTools == false, subject.request.offersTools else {
            return nil
        }
        return .validation("This model doesn't support tool use in streaming mode.")
    }

    static let image = content("image", allowedBy: \.vision)
    static let document = content("document", allowedBy: \.documents)
    static let video = content("video", allowedBy: \.videoInput)

    static let cachePoint = ValidationRule { subject in
        let capabilities = subject.model.capabilities
        let blocks = subject.request.system + subject.request.messages.flatMap(\.content)
        guard capabilities.promptCaching == false || capabilities.explicitCachePoint == false,
            blocks.contains(where: { $0.isKind("cachePoint") })
        else { return nil }
        return .validation("This model doesn't support the cachePoint field. Remove cachePoint and try again.")
    }

    static let assistantPrefill = ValidationRule { subject in
        guard subject.model.capabilities.assistantPrefill == false,
            subject.request.messages.last?.role == "assistant"
        else { return nil }
        return .validation(
            "This model does not support assistant message prefill. The conversation must end with a user message.")
    }

    static let maxTokensLimit = ValidationRule { subject in
        guard let limit = subject.model.maxOutputTokens, let tokens = subject.request.inference.maxTokens,
            tokens > limit
        else { return nil }
        return .validation(
            "The maximum tokens you requested exceed the model limit of \(limit). Try again with a maximum tokens "
                + "value lower than \(limit).")
    }

    static let leastMaxTokens = ValidationRule { subject in
        guard let least = subject.model.minOutputTokens, let tokens = subject.request.inference.maxTokens,
            tokens < least
        else { return nil }
        return .refusedByModel(
            "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= \(least), but got \(tokens) "
                + "instead.")
    }

    static let samplingParameters = ValidationRule { subject in
        guard subject.model.capabilities.samplingParams == false else { return nil }
        let request = subject.request
        let parameters: [(name: String, isSent: Bool)] = [
            ("temperature", request.inference.temperature != nil),
            ("top_p", request.inference.topP != nil),
            ("top_k", request.additionalFields["top_k"] != nil),
        ]
        guard let sent = parameters.first(where: \.isSent) else { return nil }
        return .refusedByModel("`\(sent.name)` is not supported for this model.")
    }

    static let temperatureWithTopP = ValidationRule { subject in
        let inference = subject.request.inference
        guard inference.temperature != nil, inference.topP != nil,
            subject.model.capabilities.temperatureWithTopP == false
        else { return nil }
        return .refusedByModel(
            "`temperature` and `top_p` cannot both be specified for this model. Please use only one.")
    }

    private static func content(
        _ kind: String, allowedBy capability: @escaping @Sendable (ModelCapabilities) -> Bool?
    ) -> ValidationRule {
        ValidationRule { subject in
            guard capability(subject.model.capabilities) == false,
                subject.request.messages.contains(where: { $0.content.contains { $0.isKind(kind) } })
            else { return nil }
            return .validation("This model doesn't support the \(kind) content block that you provided.")
        }
    }
}
