import JSONCoding

/// What the guardrail of a request makes of it.
///
/// A guardrail whose id begins with `blocked` intervenes at every prompt; any other lets everything through.
struct GuardrailVerdict: Sendable, Hashable {
    /// The text that a guardrail answers instead of the model.
    static let blockedMessage = "Sorry, the model cannot answer this question."

    let intervenes: Bool
    /// The assessment, where the request asks for it.
    let trace: JSONValue?

    /// The verdict; nil without a guardrail.
    init?(_ guardrail: ConverseRequest.Guardrail?) {
        guard let guardrail else { return nil }
        let id = guardrail.id.split(separator: "/").last.map(String.init) ?? guardrail.id
        intervenes = id.hasPrefix("blocked")
        guard guardrail.isTraced else {
            trace = nil
            return
        }
        let topic: JSONValue = ["name": "Simulated", "type": "DENY", "action": "BLOCKED", "detected": true]
        let assessment: JSONObject = [
            "topicPolicy": ["topics": intervenes ? [topic] : []],
            "invocationMetrics": [
                "guardrailProcessingLatency": 0,
                "usage": [
                    "topicPolicyUnits": 1, "contentPolicyUnits": 0, "wordPolicyUnits": 0,
                    "sensitiveInformationPolicyUnits": 0, "sensitiveInformationPolicyFreeUnits": 0,
                    "contextualGroundingPolicyUnits": 0,
                ],
            ],
        ]
        let reason = intervenes ? "Guardrail blocked." : "No action."
        trace = [
            "guardrail": [
                "inputAssessment": .object(JSONObject([(id, .object(assessment))])),
                "actionReason": .string(reason),
            ]
        ]
    }
}
