import JSONCoding

extension ConverseRequest {
    /// Reads the body of Converse or ConverseStream.
    ///
    /// - Parameter body: The body as JSON.
    /// - Throws: ``ServiceError``: a SerializationException where a value has another type than the service model
    ///   says, a ValidationException where a required one is missing.
    init(_ body: JSONValue) throws(ServiceError) {
        let body = try JSONReading.object(body)
        for (index, value) in try JSONReading.list(body["messages"]).enumerated() {
            messages.append(try Message(JSONReading.object(value), position: index + 1))
        }
        for value in try JSONReading.list(body["system"]) { system.append(try ContentBlock(JSONReading.object(value))) }
        inference = try InferenceConfiguration(JSONReading.optionalObject(body["inferenceConfig"]) ?? [:])
        if let configuration = try JSONReading.optionalObject(body["toolConfig"]) { try readTools(configuration) }
        if let value = try JSONReading.optionalObject(body["guardrailConfig"]) { guardrail = try Guardrail(value) }
        additionalFields = try JSONReading.optionalObject(body["additionalModelRequestFields"]) ?? [:]
        for value in try JSONReading.list(body["additionalModelResponseFieldPaths"]) {
            responseFieldPaths.append(try JSONReading.string(value) ?? "")
        }
        try readAnswerSchema(body["outputConfig"])
        for name in ["performanceConfig", "serviceTier"] {
            if let value = try JSONReading.optionalObject(body[name]) { echoed.append(name, .object(value)) }
        }
    }

    private mutating func readTools(_ configuration: JSONObject) throws(ServiceError) {
        hasToolConfiguration = true
        for value in try JSONReading.list(configuration["tools"]) {
            let value = try JSONReading.object(value)
            if value["cachePoint"] != nil { cachesTools = true }
            guard let specification = try JSONReading.optionalObject(value["toolSpec"]) else { continue }
            tools.append(
                Tool(
                    name: try JSONReading.string(specification["name"]) ?? "",
                    summary: try JSONReading.string(specification["description"]),
                    schema: try JSONReading.optionalObject(specification["inputSchema"])?["json"] ?? .null))
        }
        guard let choice = try JSONReading.optionalObject(configuration["toolChoice"]) else { return }
        if let named = try JSONReading.optionalObject(choice["tool"]) {
            toolChoice = .tool(name: try JSONReading.string(named["name"]) ?? "")
        } else if choice["any"] != nil {
            toolChoice = .any
        } else {
            toolChoice = .automatic
        }
    }

    /// Reads `outputConfig.textFormat`, whose schema is JSON within a string.
    private mutating func readAnswerSchema(_ configuration: JSONValue?) throws(ServiceError) {
        guard let format = try JSONReading.optionalObject(configuration)?["textFormat"],
            let text = format["structure"]?["jsonSchema"]?["schema"]?.string
        else { return }
        do {
            answerSchema = try JSONParser.parse(Array(text.utf8), limits: JSONLimits(values: 20_000))
        } catch {
            throw .validation("The JSON schema in outputConfig.textFormat is \(error).")
        }
    }
}

extension ConverseRequest.Message {
    fileprivate init(_ message: JSONObject, position: Int) throws(ServiceError) {
        guard let role = try JSONReading.string(message["role"]) else {
            throw .constraint(value: nil, at: "messages.\(position).member.role", must: "not be null")
        }
        guard message["content"].map(\.isNull) == false else {
            throw .constraint(value: nil, at: "messages.\(position).member.content", must: "not be null")
        }
        self.role = role
        content = []
        for value in try JSONReading.list(message["content"]) {
            content.append(try ConverseRequest.ContentBlock(JSONReading.object(value)))
        }
    }
}

extension ConverseRequest.InferenceConfiguration {
    fileprivate init(_ values: JSONObject) throws(ServiceError) {
        maxTokens = try JSONReading.integer(values["maxTokens"])
        temperature = try JSONReading.number(values["temperature"])
        topP = try JSONReading.number(values["topP"])
        for value in try JSONReading.list(values["stopSequences"]) {
            guard let sequence = try JSONReading.string(value) else { continue }
            stopSequences.append(sequence)
        }
    }
}

extension ConverseRequest.Guardrail {
    fileprivate init(_ values: JSONObject) throws(ServiceError) {
        id = try JSONReading.string(values["guardrailIdentifier"]) ?? ""
        version = try JSONReading.string(values["guardrailVersion"]) ?? ""
        trace =
            switch try JSONReading.string(values["trace"]) {
            case "enabled": .enabled
            case "enabled_full": .full
            default: .none
            }
        mode = Mode(rawValue: try JSONReading.string(values["streamProcessingMode"]) ?? "") ?? .sync
    }
}
