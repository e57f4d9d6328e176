import JSONCoding

extension ConverseRequest {
    /// Reads a body in the words of Anthropic's Messages API, as InvokeModel takes it.
    ///
    /// Source: Amazon Bedrock user guide, "Anthropic Claude Messages API"; Anthropic API reference, "Messages".
    ///
    /// - Throws: ``ServiceError`` in the words of the model's service.
    init(anthropic body: JSONValue) throws(ServiceError) {
        let body = try JSONReading.object(body)
        guard try JSONReading.string(body["anthropic_version"]) == "bedrock-2023-05-31" else {
            throw .validation("anthropic_version: Field required")
        }
        guard let most = try JSONReading.integer(body["max_tokens"]) else {
            throw .validation("max_tokens: Field required")
        }
        for name in ["model", "stream"] where body[name] != nil {
            throw .validation("\(name): Extra inputs are not permitted")
        }
        guard body["messages"] != nil else { throw .validation("messages: Field required") }
        inference.maxTokens = most
        inference.temperature = try JSONReading.number(body["temperature"])
        inference.topP = try JSONReading.number(body["top_p"])
        for value in try JSONReading.list(body["stop_sequences"]) {
            inference.stopSequences.append(try JSONReading.string(value) ?? "")
        }
        system = try Self.anthropicBlocks(body["system"])
        for (index, value) in try JSONReading.list(body["messages"]).enumerated() {
            let value = try JSONReading.object(value)
            guard let role = try JSONReading.string(value["role"]), ["user", "assistant"].contains(role) else {
                throw .validation("messages.\(index).role: Input should be 'user' or 'assistant'")
            }
            messages.append(Message(role: role, content: try Self.anthropicBlocks(value["content"])))
        }
        try readAnthropicTools(body)
        for name in ["thinking", "output_config", "top_k", "anthropic_beta"] {
            if let value = body[name] { additionalFields.append(name, value) }
        }
    }

    private mutating func readAnthropicTools(_ body: JSONObject) throws(ServiceError) {
        hasToolConfiguration = body["tools"] != nil
        for value in try JSONReading.list(body["tools"]) {
            let value = try JSONReading.object(value)
            if value["cache_control"] != nil { cachesTools = true }
            tools.append(
                Tool(
                    name: try JSONReading.string(value["name"]) ?? "",
                    summary: try JSONReading.string(value["description"]), schema: value["input_schema"] ?? .null))
        }
        switch body["tool_choice"]?["type"]?.string {
        case "any": toolChoice = .any
        case "tool": toolChoice = .tool(name: body["tool_choice"]?["name"]?.string ?? "")
        case "none": tools = []
        default: toolChoice = nil
        }
    }

    private static func anthropicBlocks(_ value: JSONValue?) throws(ServiceError) -> [ContentBlock] {
        if let text = value?.string { return [.text(text)] }
        var blocks: [ContentBlock] = []
        for element in try JSONReading.list(value) {
            let element = try JSONReading.object(element)
            blocks.append(try ContentBlock(anthropic: element))
            if let control = try JSONReading.optionalObject(element["cache_control"]) {
                blocks.append(.cachePoint(lifetime: try JSONReading.string(control["ttl"])))
            }
        }
        return blocks
    }
}

extension ConverseRequest.ContentBlock {
    fileprivate init(anthropic block: JSONObject) throws(ServiceError) {
        switch try JSONReading.string(block["type"]) {
        case "text": self = .text(try JSONReading.string(block["text"]) ?? "")
        case "image": self = .media(try Self.file(.image, block))
        case "document": self = .media(try Self.file(.document, block))
        case "tool_use":
            self = .toolUse(
                .init(
                    id: try JSONReading.string(block["id"]) ?? "", name: try JSONReading.string(block["name"]) ?? "",
                    input: block["input"] ?? .null))
        case "tool_result": self = .toolResult(try Self.result(block))
        case "thinking":
            self = .thinking(
                .init(
                    text: try JSONReading.string(block["thinking"]),
                    signature: try JSONReading.string(block["signature"]), redacted: nil))
        case "redacted_thinking":
            self = .thinking(.init(text: nil, signature: nil, redacted: try JSONReading.string(block["data"])))
        case let type: self = .other(type ?? "", text: "")
        }
    }

    private static func file(
        _ kind: ConverseRequest.Media.Kind, _ block: JSONObject
    ) throws(ServiceError) -> ConverseRequest.Media {
        let source = try JSONReading.optionalObject(block["source"])
        let type = try JSONReading.string(source?["media_type"]) ?? ""
        let data = try JSONReading.string(source?["data"]) ?? ""
        if type == "text/plain" {
            return .init(kind: kind, format: "txt", source: .text(data), name: block["title"]?.string)
        }
        return .init(
            kind: kind, format: type.split(separator: "/").last.map(String.init),
            source: Base64.decoded(data).map { .bytes($0) } ?? .unreadable, name: block["title"]?.string)
    }

    private static func result(_ block: JSONObject) throws(ServiceError) -> ConverseRequest.ToolResult {
        var result = ConverseRequest.ToolResult(
            toolUseID: try JSONReading.string(block["tool_use_id"]) ?? "", texts: [], media: [],
            isError: try JSONReading.bool(block["is_error"]) ?? false)
        if let text = block["content"]?.string {
            result.texts = [text]
            return result
        }
        for element in try JSONReading.list(block["content"]) {
            let part = try Self(anthropic: JSONReading.object(element))
            if let text = part.text { result.texts.append(text) }
            if let media = part.media { result.media.append(media) }
        }
        return result
    }
}
