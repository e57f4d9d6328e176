package import ChatEvents
package import JSONCoding

/// The body of a Converse or ConverseStream request.
///
/// Source: Amazon Bedrock API Reference, ConverseStream, request syntax.
package struct ConverseRequest: Hashable, Sendable {
    /// The body as a JSON object.
    package let body: JSONValue

    /// Turns a chat request into what the model accepts.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - traits: What the model accepts.
    package init(_ request: ChatRequest, for traits: ConverseModelTraits) {
        let conversation = Conversation(request, for: traits)
        var members = JSONObject()
        members.append("messages", .array(conversation.turns.map(Self.message)))
        if let system = conversation.system { members.append("system", [["text": .string(system)]]) }
        let inference = Self.inferenceConfig(request.sampling, for: traits)
        if !inference.isEmpty { members.append("inferenceConfig", .object(inference)) }
        if !request.sampling.additional.isEmpty {
            members.append("additionalModelRequestFields", .object(request.sampling.additional))
        }
        body = .object(members)
    }

    private static func message(of turn: Conversation.Turn) -> JSONValue {
        [
            "role": turn.role == .user ? "user" : "assistant",
            "content": .array(turn.texts.map { ["text": .string($0)] }),
        ]
    }

    /// The sampling that the model accepts; what is left out is left to the model.
    private static func inferenceConfig(_ sampling: Sampling, for traits: ConverseModelTraits) -> JSONObject {
        var config = JSONObject()
        if let maxTokens = sampling.maxTokens {
            let atLeast = max(maxTokens, traits.minOutputTokens ?? 1, 1)
            config.append("maxTokens", .integer(min(atLeast, traits.maxOutputTokens ?? .max)))
        }
        if traits.acceptsSamplingParameters {
            let temperature = sampling.temperature.flatMap(fraction)
            if let temperature { config.append("temperature", .number(temperature)) }
            if let topP = sampling.topP.flatMap(fraction), temperature == nil || !traits.temperatureExcludesTopP {
                config.append("topP", .number(topP))
            }
        }
        let stopSequences = sampling.stopSequences.filter { !$0.isBlank }
        if !stopSequences.isEmpty { config.append("stopSequences", .array(stopSequences.map(JSONValue.string))) }
        return config
    }

    /// The value within the range that Converse takes, 0 to 1; nil for one that is no number.
    private static func fraction(_ value: Double) -> JSONNumber? {
        value.isNaN ? nil : JSONNumber(text: min(max(value, 0), 1).description)
    }
}
