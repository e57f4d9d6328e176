import JSONCoding

/// A policy of the simulated guardrails that stops a text, by the words in it that break it.
///
/// The words are documented in docs/simulator.md; case does not matter.
enum GuardrailPolicy: String, CaseIterable, Sendable {
    case topic = "break the topic policy"
    case content = "break the content policy"
    case word = "break the word policy"

    /// The name of the assessment's member.
    ///
    /// Source: Amazon Bedrock API reference, GuardrailAssessment.
    var name: String {
        switch self {
        case .topic: "topicPolicy"
        case .content: "contentPolicy"
        case .word: "wordPolicy"
        }
    }

    /// What the assessment says of the policy.
    ///
    /// - Parameter isBroken: Whether the text breaks it; one that it keeps is told in full assessments only.
    /// - Returns: The member's value.
    func assessment(isBroken: Bool) -> JSONValue {
        let action: JSONValue = isBroken ? "BLOCKED" : "NONE"
        switch self {
        case .topic:
            return [
                "topics": [
                    ["name": "Simulated", "type": "DENY", "action": action, "detected": .bool(isBroken)]
                ]
            ]
        case .content:
            return [
                "filters": [
                    [
                        "type": "MISCONDUCT", "confidence": isBroken ? "HIGH" : "NONE", "filterStrength": "HIGH",
                        "action": action, "detected": .bool(isBroken),
                    ]
                ]
            ]
        case .word:
            let words: JSONValue = isBroken ? [["match": .string(rawValue), "action": action, "detected": true]] : []
            return ["customWords": words, "managedWordLists": []]
        }
    }
}
