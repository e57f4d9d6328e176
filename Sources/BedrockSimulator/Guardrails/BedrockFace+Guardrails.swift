import JSONCoding

extension BedrockFace {
    /// ApplyGuardrail.
    ///
    /// Source: Amazon Bedrock API reference, ApplyGuardrail.
    func applyGuardrail(_ id: String, version: String, _ call: BedrockCall) throws(ServiceError) -> JSONValue {
        let body = try JSONReading.object(call.call.body)
        if let error = FeatureRules.guardrailError(id: id, version: version, at: "") { throw error }
        let guardrail = SimulatedGuardrail(id: id, version: version, region: call.call.region)
        guard guardrail.exists else { throw ServiceError(.resourceNotFound, SimulatedGuardrail.missingMessage) }
        guard let name = try JSONReading.string(body["source"]) else {
            throw .constraint(value: nil, at: "source", must: "not be null")
        }
        guard let source = SimulatedGuardrail.Source(rawValue: name) else {
            throw .constraint(value: name, at: "source", must: "satisfy enum value set: [INPUT, OUTPUT]")
        }
        guard body["content"]?.isNull == false else {
            throw .constraint(value: nil, at: "content", must: "not be null")
        }
        let scope = try JSONReading.string(body["outputScope"]) ?? "INTERVENTIONS"
        guard ["INTERVENTIONS", "FULL"].contains(scope) else {
            throw .constraint(value: scope, at: "outputScope", must: "satisfy enum value set: [INTERVENTIONS, FULL]")
        }
        let texts = try Self.guardedTexts(try JSONReading.list(body["content"]))
        let findings = guardrail.findings(in: texts, from: source)
        let isMasking = !findings.addresses.isEmpty
        let outputs =
            findings.isBlocking
            ? [SimulatedGuardrail.blockedMessage] : isMasking ? texts.map { MailAddresses.find(in: $0).masked } : []
        let reason = findings.isBlocking ? "Guardrail blocked." : isMasking ? "Guardrail masked." : "No action."
        return [
            "usage": SimulatedGuardrail.usage(of: findings),
            "action": findings.isBlocking || isMasking ? "GUARDRAIL_INTERVENED" : "NONE",
            "actionReason": .string(reason), "outputs": .array(outputs.map { ["text": .string($0)] }),
            "assessments": [.object(guardrail.assessment(of: findings, isFull: scope == "FULL"))],
            "guardrailCoverage": SimulatedGuardrail.coverage(of: findings),
        ]
    }

    private static func guardedTexts(_ blocks: [JSONValue]) throws(ServiceError) -> [String] {
        var texts: [String] = []
        for block in blocks {
            let block = try JSONReading.object(block)
            guard let text = try JSONReading.optionalObject(block["text"]) else { continue }
            guard let text = try JSONReading.string(text["text"]) else {
                throw .constraint(value: nil, at: "content.\(texts.count + 1).member.text.text", must: "not be null")
            }
            texts.append(text)
        }
        return texts
    }
}

extension SimulatedGuardrail {
    /// What the service says of an id or a version that names nothing.
    static let missingMessage = "The guardrail identifier or version provided in the request does not exist."
}

extension ConverseRequest.Guardrail {
    /// The guardrail that the headers of InvokeModel name; nil without one.
    ///
    /// Source: Amazon Bedrock API reference, InvokeModel, request headers; Amazon Bedrock user guide, "Use guardrails
    /// with the inference operations", `amazon-bedrock-guardrailConfig`.
    init?(headersOf request: IncomingRequest, body: JSONValue) {
        guard let id = request.header("x-amzn-bedrock-guardrailidentifier") else { return nil }
        self.id = id
        version = request.header("x-amzn-bedrock-guardrailversion") ?? ""
        trace =
            switch request.header("x-amzn-bedrock-trace") {
            case "ENABLED": .enabled
            case "ENABLED_FULL": .full
            default: .none
            }
        let mode = body["amazon-bedrock-guardrailConfig"]?["streamProcessingMode"]?.string
        self.mode = mode?.lowercased().hasPrefix("async") == true ? .async : .sync
    }
}
