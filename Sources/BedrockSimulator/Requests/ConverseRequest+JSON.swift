import JSONCoding

extension ConverseRequest {
    /// Reads a request body.
    ///
    /// - Parameter body: The body as JSON.
    /// - Throws: ``ServiceError``: a SerializationException where a value has another type than the service model
    ///   says, a ValidationException where a required one is missing.
    init(_ body: JSONValue) throws(ServiceError) {
        let body = try object(body)
        messages = []
        for (index, value) in try list(body["messages"]).enumerated() {
            messages.append(try Message(object(value), position: index + 1))
        }
        system = []
        for value in try list(body["system"]) { system.append(try ContentBlock(object(value))) }
        inference = try InferenceConfiguration(optionalObject(body["inferenceConfig"]) ?? [:])
        let toolConfiguration = try optionalObject(body["toolConfig"])
        offersTools = try !list(toolConfiguration?["tools"]).isEmpty
        additionalFields = try optionalObject(body["additionalModelRequestFields"]) ?? [:]
    }
}

extension ConverseRequest.Message {
    fileprivate init(_ message: JSONObject, position: Int) throws(ServiceError) {
        guard let role = try string(message["role"]) else {
            throw .constraint(value: nil, at: "messages.\(position).member.role", must: "not be null")
        }
        guard message["content"].map(\.isNull) == false else {
            throw .constraint(value: nil, at: "messages.\(position).member.content", must: "not be null")
        }
        self.role = role
        content = []
        for value in try list(message["content"]) {
            content.append(try ConverseRequest.ContentBlock(object(value)))
        }
    }
}

extension ConverseRequest.ContentBlock {
    fileprivate init(_ block: JSONObject) throws(ServiceError) {
        if let text = try string(block["text"]) {
            self = .text(text)
        } else if let member = block.members.first(where: { !$0.value.isNull }) {
            self = .other(member.name)
        } else {
            self = .empty
        }
    }
}

extension ConverseRequest.InferenceConfiguration {
    fileprivate init(_ values: JSONObject) throws(ServiceError) {
        self.init()
        if let number = try number(values["maxTokens"]) {
            guard let integer = number.integer else { throw mismatch("NUMBER_VALUE", "Integer") }
            maxTokens = integer
        }
        temperature = try number(values["temperature"])
        topP = try number(values["topP"])
        for value in try list(values["stopSequences"]) {
            guard let sequence = try string(value) else { continue }
            stopSequences.append(sequence)
        }
    }
}

// MARK: - Types

/// The service's words for a value of another type than it expects.
private func mismatch(_ found: String, _ expected: String) -> ServiceError {
    ServiceError(.serialization, "\(found) can not be converted to \(expected)")
}

private func mismatch(_ value: JSONValue, _ expected: String) -> ServiceError {
    let found =
        switch value {
        case .null: "NULL_VALUE"
        case .bool(let flag): flag ? "TRUE_VALUE" : "FALSE_VALUE"
        case .number: "NUMBER_VALUE"
        case .string: "STRING_VALUE"
        case .array: "START_ARRAY"
        case .object: "START_OBJECT"
        }
    return mismatch(found, expected)
}

private func object(_ value: JSONValue) throws(ServiceError) -> JSONObject {
    guard let object = value.object else { throw mismatch(value, "a Structure") }
    return object
}

private func optionalObject(_ value: JSONValue?) throws(ServiceError) -> JSONObject? {
    guard let value, !value.isNull else { return nil }
    return try object(value)
}

private func list(_ value: JSONValue?) throws(ServiceError) -> [JSONValue] {
    guard let value, !value.isNull else { return [] }
    guard let elements = value.array else { throw mismatch(value, "a List") }
    return elements
}

private func string(_ value: JSONValue?) throws(ServiceError) -> String? {
    guard let value, !value.isNull else { return nil }
    guard let string = value.string else { throw mismatch(value, "a String") }
    return string
}

private func number(_ value: JSONValue?) throws(ServiceError) -> JSONNumber? {
    guard let value, !value.isNull else { return nil }
    guard let number = value.number else { throw mismatch(value, "a Number") }
    return number
}
