import JSONCoding

/// A guardrail: every id names one, and what it does follows from the text alone.
///
/// One whose id begins with `blocked` stops every prompt, one whose id begins with `missing` does not exist, and any
/// other stops what breaks a ``GuardrailPolicy`` and masks e-mail addresses in what the model says.
struct SimulatedGuardrail: Sendable, Hashable {
    /// The text that a guardrail answers instead of the model.
    static let blockedMessage = "Sorry, the model cannot answer this question."

    /// What it reads.
    enum Source: String, Sendable, Hashable {
        case input = "INPUT"
        case output = "OUTPUT"
    }

    /// What it has found in texts.
    struct Findings: Sendable, Hashable {
        var broken: Set<GuardrailPolicy> = []
        var addresses: [String] = []
        /// The characters that were read.
        var guarded = 0
        /// The characters that there are.
        var total = 0

        /// Whether the texts must not pass.
        var isBlocking: Bool { !broken.isEmpty }
    }

    /// The id without what stands before it in an ARN.
    let id: String
    let version: String
    let region: String

    init(id: String, version: String, region: String) {
        self.id = id.split(separator: "/").last.map(String.init) ?? id
        self.version = version
        self.region = region
    }

    /// Whether there is such a guardrail.
    var exists: Bool { !id.hasPrefix("missing") }

    /// Reads texts.
    ///
    /// - Parameters:
    ///   - texts: What is read.
    ///   - total: The characters of all there is, where that is more.
    ///   - source: Where the texts come from.
    /// - Returns: What is in them.
    func findings(in texts: [String], ofTotal total: Int? = nil, from source: Source) -> Findings {
        var findings = Findings()
        if source == .input, id.hasPrefix("blocked") { findings.broken.insert(.topic) }
        for text in texts {
            let lowercased = text.lowercased()
            for policy in GuardrailPolicy.allCases where lowercased.contains(policy.rawValue) {
                findings.broken.insert(policy)
            }
            findings.addresses += MailAddresses.find(in: text).found
            findings.guarded += text.count
        }
        findings.total = max(findings.guarded, total ?? 0)
        return findings
    }

    /// What is told of findings.
    ///
    /// Source: Amazon Bedrock API reference, GuardrailAssessment.
    ///
    /// - Parameters:
    ///   - findings: What was found.
    ///   - isFull: Whether policies that are kept are told of, too.
    /// - Returns: The assessment.
    func assessment(of findings: Findings, isFull: Bool) -> JSONObject {
        var members = JSONObject()
        for policy in GuardrailPolicy.allCases where isFull || findings.broken.contains(policy) {
            members.append(policy.name, policy.assessment(isBroken: findings.broken.contains(policy)))
        }
        if isFull || !findings.addresses.isEmpty {
            let entities = findings.addresses.map { address -> JSONValue in
                ["match": .string(address), "type": "EMAIL", "action": "ANONYMIZED", "detected": true]
            }
            members.append("sensitiveInformationPolicy", ["piiEntities": .array(entities), "regexes": []])
        }
        members.append(
            "invocationMetrics",
            [
                "guardrailProcessingLatency": 0, "usage": Self.usage(of: findings),
                "guardrailCoverage": Self.coverage(of: findings),
            ])
        members.append(
            "appliedGuardrailDetails",
            [
                "guardrailId": .string(id), "guardrailVersion": .string(version),
                "guardrailArn": .string("arn:aws:bedrock:\(region):\(BedrockFace.account):guardrail/\(id)"),
                "guardrailOrigin": ["REQUEST"], "guardrailOwnership": "SELF",
            ])
        return members
    }

    /// The text units of findings: one for each thousand characters that was begun.
    ///
    /// Source: Amazon Bedrock API reference, GuardrailUsage; Amazon Bedrock pricing, "Guardrails".
    static func usage(of findings: Findings) -> JSONValue {
        let units = JSONValue.integer((findings.guarded + 999) / 1000)
        return [
            "topicPolicyUnits": units, "contentPolicyUnits": units, "wordPolicyUnits": units,
            "sensitiveInformationPolicyUnits": units, "sensitiveInformationPolicyFreeUnits": 0,
            "contextualGroundingPolicyUnits": 0,
        ]
    }

    /// How much of the text was read.
    static func coverage(of findings: Findings) -> JSONValue {
        ["textCharacters": ["guarded": .integer(findings.guarded), "total": .integer(findings.total)]]
    }
}
