import JSONCoding

/// What a guardrail made of a call, as an answer tells it.
struct GuardrailReport: Sendable, Hashable {
    let guardrail: SimulatedGuardrail
    let trace: ConverseRequest.Guardrail.Trace
    let input: SimulatedGuardrail.Findings
    /// What was found in the answer; nil when there was none to read.
    var output: SimulatedGuardrail.Findings?
    /// What the model had said before the guardrail put its own words in the place.
    var modelOutput: [String] = []

    /// Whether the guardrail's words stand in the answer's place.
    var intervenes: Bool { input.isBlocking || output?.isBlocking == true }

    private var reason: JSONValue { intervenes ? "Guardrail blocked." : "No action." }

    private func assessment(of findings: SimulatedGuardrail.Findings) -> JSONValue {
        .object(guardrail.assessment(of: findings, isFull: trace == .full))
    }

    /// The trace of Converse and ConverseStream; nil where the request does not ask for it.
    ///
    /// Source: Amazon Bedrock API reference, GuardrailTraceAssessment.
    var converseTrace: JSONValue? {
        guard trace != .none else { return nil }
        var members: JSONObject = [
            "inputAssessment": .object(JSONObject([(guardrail.id, assessment(of: input))]))
        ]
        if let output {
            let list: JSONValue = .array([assessment(of: output)])
            members.append("outputAssessments", .object(JSONObject([(guardrail.id, list)])))
        }
        if !modelOutput.isEmpty { members.append("modelOutput", .array(modelOutput.map { .string($0) })) }
        members.append("actionReason", reason)
        return ["guardrail": .object(members)]
    }

    /// The members that InvokeModel adds to a model's own answer.
    ///
    /// Source: Amazon Bedrock user guide, "Use guardrails with the inference operations", InvokeModel.
    var nativeMembers: JSONObject {
        var members: JSONObject = ["amazon-bedrock-guardrailAction": intervenes ? "INTERVENED" : "NONE"]
        guard trace != .none else { return members }
        var report: JSONObject = ["input": .object(JSONObject([(guardrail.id, assessment(of: input))]))]
        if let output { report.append("outputs", [.object(JSONObject([(guardrail.id, assessment(of: output))]))]) }
        if !modelOutput.isEmpty { report.append("modelOutput", .array(modelOutput.map { .string($0) })) }
        members.append("amazon-bedrock-trace", ["guardrail": .object(report)])
        return members
    }
}
