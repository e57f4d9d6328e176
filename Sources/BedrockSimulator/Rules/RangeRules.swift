import JSONCoding
import ModelCatalog

/// Ranges of the service model, the same for every model.
///
/// Source: Amazon Bedrock API reference, InferenceConfiguration and Message.
enum RangeRules {
    static let all = [role, maxTokens, temperature, topP, stopSequences]

    static let role = ValidationRule { subject in
        let roles = subject.model.capabilities.midConversationSystem == true ? ["user", "assistant", "system"] : known
        for (index, message) in subject.request.messages.enumerated() where !roles.contains(message.role) {
            return .constraint(
                value: message.role, at: "messages.\(index + 1).member.role",
                must: "satisfy enum value set: [\(roles.joined(separator: ", "))]")
        }
        return nil
    }

    static let maxTokens = ValidationRule { subject in
        guard let tokens = subject.request.inference.maxTokens, tokens < 1 else { return nil }
        return .constraint(
            value: String(tokens), at: "inferenceConfig.maxTokens", must: "have value greater than or equal to 1")
    }

    static let temperature = ValidationRule { subject in
        unitInterval(subject.request.inference.temperature, at: "inferenceConfig.temperature")
    }

    static let topP = ValidationRule { subject in
        unitInterval(subject.request.inference.topP, at: "inferenceConfig.topP")
    }

    static let stopSequences = ValidationRule { subject in
        let sequences = subject.request.inference.stopSequences
        if sequences.count > 2500 {
            return .constraint(
                value: "[\(sequences.count) elements]", at: "inferenceConfig.stopSequences",
                must: "have length less than or equal to 2500")
        }
        guard let index = sequences.firstIndex(where: \.isEmpty) else { return nil }
        return .constraint(
            value: "", at: "inferenceConfig.stopSequences.\(index + 1).member",
            must: "have length greater than or equal to 1")
    }

    private static let known = ["user", "assistant"]

    private static func unitInterval(_ number: JSONNumber?, at path: String) -> ServiceError? {
        guard let number else { return nil }
        // A number too large for a binary fraction has no value of its own; its sign says which side it is on.
        let value = number.double ?? (number.text.hasPrefix("-") ? -1 : 2)
        if value < 0 {
            return .constraint(value: number.text, at: path, must: "have value greater than or equal to 0")
        }
        if value > 1 {
            return .constraint(value: number.text, at: path, must: "have value less than or equal to 1")
        }
        return nil
    }
}
