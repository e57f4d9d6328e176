import JSONCoding

extension ConverseRequest.ContentBlock {
    /// Reads a block as Converse writes it.
    ///
    /// - Parameter block: The object, of which the first known member counts.
    /// - Throws: ``ServiceError`` when a value has another type than the service model says.
    init(_ block: JSONObject) throws(ServiceError) {
        if let text = try JSONReading.string(block["text"]) {
            self = .text(text)
            return
        }
        guard let member = block.members.first(where: { !$0.value.isNull }) else {
            self = .empty
            return
        }
        let value = member.value
        if let kind = ConverseRequest.Media.Kind(rawValue: member.name) {
            self = .media(try ConverseRequest.Media(kind, JSONReading.object(value)))
            return
        }
        switch member.name {
        case "toolUse": self = .toolUse(try ConverseRequest.ToolUse(JSONReading.object(value)))
        case "toolResult": self = .toolResult(try ConverseRequest.ToolResult(JSONReading.object(value)))
        case "reasoningContent": self = .thinking(try ConverseRequest.Thinking(JSONReading.object(value)))
        case "cachePoint":
            self = .cachePoint(lifetime: try JSONReading.string(JSONReading.object(value)["ttl"]))
        default: self = .other(member.name, text: Self.texts(in: value))
        }
    }

    /// Every member called `text` within a value, joined by line breaks.
    private static func texts(in value: JSONValue) -> String {
        switch value {
        case .object(let object):
            object.map { $0.name == "text" ? $0.value.string ?? texts(in: $0.value) : texts(in: $0.value) }
                .filter { !$0.isEmpty }.joined(separator: "\n")
        case .array(let elements): elements.map(texts).filter { !$0.isEmpty }.joined(separator: "\n")
        case .null, .bool, .number, .string: ""
        }
    }
}

extension ConverseRequest.Media {
    fileprivate init(_ kind: Kind, _ block: JSONObject) throws(ServiceError) {
        self.kind = kind
        format = try JSONReading.string(block["format"])
        name = try JSONReading.string(block["name"])
        let source = try JSONReading.optionalObject(block["source"])
        if let text = try JSONReading.string(source?["bytes"]) {
            self.source = Base64.decoded(text).map(Source.bytes) ?? .unreadable
        } else if let location = try JSONReading.optionalObject(source?["s3Location"]) {
            self.source = .object(uri: try JSONReading.string(location["uri"]) ?? "")
        } else if let text = try JSONReading.string(source?["text"]) {
            self.source = .text(text)
        } else if let source, source["content"] != nil {
            let texts = try JSONReading.list(source["content"]).compactMap { $0["text"]?.string }
            self.source = .text(texts.joined(separator: "\n"))
        } else {
            self.source = .missing
        }
    }
}

extension ConverseRequest.ToolUse {
    fileprivate init(_ block: JSONObject) throws(ServiceError) {
        id = try JSONReading.string(block["toolUseId"]) ?? ""
        name = try JSONReading.string(block["name"]) ?? ""
        input = block["input"] ?? .null
    }
}

extension ConverseRequest.ToolResult {
    fileprivate init(_ block: JSONObject) throws(ServiceError) {
        toolUseID = try JSONReading.string(block["toolUseId"]) ?? ""
        isError = try JSONReading.string(block["status"]) == "error"
        (texts, media) = ([], [])
        for element in try JSONReading.list(block["content"]) {
            let element = try JSONReading.object(element)
            if let json = element["json"] {
                texts.append(json.text())
                continue
            }
            let part = try ConverseRequest.ContentBlock(element)
            if let file = part.media { media.append(file) }
            if let text = part.text { texts.append(text) }
            if case .other(_, let text) = part { texts.append(text) }
        }
    }
}

extension ConverseRequest.Thinking {
    fileprivate init(_ block: JSONObject) throws(ServiceError) {
        let visible = try JSONReading.optionalObject(block["reasoningText"])
        text = try JSONReading.string(visible?["text"])
        signature = try JSONReading.string(visible?["signature"])
        redacted = try JSONReading.string(block["redactedContent"])
    }
}
