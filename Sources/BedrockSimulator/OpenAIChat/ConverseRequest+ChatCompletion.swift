import JSONCoding
import OpenAIProtocol

extension ConverseRequest {
    /// The request of a chat completion in the words of Converse.
    ///
    /// - Throws: `OpenAIError` where the conversation breaks the rules of tool calls, or a data URL cannot be read.
    init(_ request: ChatCompletionRequest) throws(OpenAIError) {
        try request.checkToolMessages()
        for message in request.messages {
            var content: [ContentBlock] = []
            for part in message.content { content.append(try ContentBlock(part)) }
            switch message.role {
            case .system, .developer: system += content
            case .user: append(content, role: "user")
            case .assistant:
                for call in message.toolCalls {
                    let input = try? JSONParser.parse(Array(call.arguments.utf8), limits: JSONLimits(values: 20_000))
                    content.append(.toolUse(ToolUse(id: call.id, name: call.name, input: input ?? [:])))
                }
                append(content, role: "assistant")
            case .tool:
                let texts = content.compactMap(\.text)
                append(
                    [
                        .toolResult(
                            ToolResult(toolUseID: message.toolCallID ?? "", texts: texts, media: [], isError: false))
                    ], role: "user")
            }
        }
        inference.maxTokens = request.maxTokens
        inference.stopSequences = request.stop.filter { !$0.isEmpty }
        readTools(request)
        switch request.responseFormat {
        case .jsonSchema(let answer): answerSchema = answer.schema.map(JSONValue.object)
        case .jsonObject: answerSchema = ["type": "object"]
        case .text, nil: break
        }
    }

    private mutating func readTools(_ request: ChatCompletionRequest) {
        if case .none? = request.toolChoice { return }
        hasToolConfiguration = !request.tools.isEmpty
        tools = request.tools.map { tool in
            Tool(name: tool.name, summary: tool.description, schema: .object(tool.parameters ?? ["type": "object"]))
        }
        switch request.toolChoice {
        case .required: toolChoice = .any
        case .function(let name): toolChoice = .tool(name: name)
        case .auto, .some(.none), nil: toolChoice = nil
        }
    }

    /// Adds blocks to the last message where it has the same role, else a message.
    private mutating func append(_ content: [ContentBlock], role: String) {
        if messages.last?.role == role {
            messages[messages.count - 1].content += content
        } else {
            messages.append(Message(role: role, content: content))
        }
    }
}

extension ConverseRequest.ContentBlock {
    fileprivate init(_ part: ChatCompletionPart) throws(OpenAIError) {
        switch part {
        case .text(let text): self = .text(text)
        case .image(let url):
            guard url.hasPrefix("data:") else {
                self = .media(.init(kind: .image, format: nil, source: .object(uri: url), name: nil))
                return
            }
            let bytes = try Self.bytes(ofDataURL: url, param: "image_url")
            guard let probe = ImageProbe(bytes) else {
                throw .invalid(
                    "You uploaded an unsupported image. Please make sure your image has of one the following formats: "
                        + "['png', 'jpeg', 'gif', 'webp'].", param: nil, code: "image_parse_error")
            }
            self = .media(.init(kind: .image, format: probe.format.rawValue, source: .bytes(bytes), name: nil))
        case .file(let name, let data):
            let bytes = try Self.bytes(ofDataURL: data, param: "file")
            let format = name.split(separator: ".").last.map(String.init)
            self = .media(.init(kind: .document, format: format, source: .bytes(bytes), name: name))
        }
    }

    private static func bytes(ofDataURL url: String, param: String) throws(OpenAIError) -> [UInt8] {
        let parts = url.split(separator: ",", maxSplits: 1)
        guard parts.count == 2, parts[0].hasSuffix(";base64"), let bytes = Base64.decoded(String(parts[1])) else {
            throw .invalid("Invalid base64 data URL.", param: param, code: "invalid_base64")
        }
        return bytes
    }
}
