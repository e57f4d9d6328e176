import ChatEvents
import JSONCoding
import OpenAIProtocol

extension ChatCompletionRequest {
    /// Stands in for a user turn that must be there and was not.
    private static let emptyTurn = "(empty)"

    /// Turns a chat request into what the service accepts.
    ///
    /// - Throws: ``ChatFailure`` with advice for a file that the model does not read.
    init(_ request: ChatRequest, model: String, traits: OpenAIModelTraits) throws(ChatFailure) {
        var messages: [ChatCompletionMessage] = []
        if !request.system.isEmpty {
            messages.append(ChatCompletionMessage(role: .system, content: [.text(request.system)]))
        }
        for message in request.messages {
            switch message.role {
            case .system: messages += Self.message(.system, try Self.parts(of: message.content, traits))
            case .assistant: messages += Self.assistant(message)
            case .user: messages += try Self.user(message, traits)
            }
        }
        if !messages.contains(where: { $0.role == .user }) {
            messages.append(ChatCompletionMessage(role: .user, content: [.text(Self.emptyTurn)]))
        }
        let sampling = request.sampling
        let takesSampling = traits.acceptsSamplingParameters
        let definitions = request.tools?.definitions ?? []
        self.init(
            model: model, messages: messages, temperature: takesSampling ? sampling.temperature : nil,
            topP: takesSampling ? sampling.topP : nil, maxTokens: sampling.maxTokens,
            stop: sampling.stopSequences.filter { !$0.isEmpty }, isStream: true, includesUsage: true,
            tools: definitions.map(ChatCompletionTool.init),
            toolChoice: definitions.isEmpty ? nil : request.tools.flatMap { ChatCompletionToolChoice($0.choice) },
            allowsParallelToolCalls: definitions.isEmpty ? nil : request.tools?.allowsParallelCalls,
            reasoningEffort: request.thinking.word, responseFormat: ChatCompletionFormat(request.responseFormat),
            seed: sampling.seed, presencePenalty: sampling.presencePenalty,
            frequencyPenalty: sampling.frequencyPenalty, logitBias: sampling.logitBias, user: request.endUser,
            additional: sampling.additional)
    }

    private static func message(
        _ role: ChatCompletionMessage.Role, _ parts: [ChatCompletionPart]
    ) -> [ChatCompletionMessage] {
        parts.isEmpty ? [] : [ChatCompletionMessage(role: role, content: parts)]
    }

    private static func assistant(_ message: ChatMessage) -> [ChatCompletionMessage] {
        var texts: [ChatCompletionPart] = []
        var calls: [ChatCompletionToolCall] = []
        for content in message.content {
            switch content {
            case .text(let text): if !text.isEmpty { texts.append(.text(text)) }
            case .toolCall(let call):
                calls.append(
                    ChatCompletionToolCall(
                        id: call.id, name: call.name, arguments: JSONValue.object(call.input).text()))
            // Another turn's thoughts are refused by some services and ignored by the others.
            case .attachment, .toolResult, .reasoning: break
            }
        }
        guard !texts.isEmpty || !calls.isEmpty else { return [] }
        return [ChatCompletionMessage(role: .assistant, content: texts, toolCalls: calls)]
    }

    /// The results of calls come first: the service wants them right behind the turn that called.
    private static func user(
        _ message: ChatMessage, _ traits: OpenAIModelTraits
    ) throws(ChatFailure) -> [ChatCompletionMessage] {
        var messages: [ChatCompletionMessage] = []
        var rest: [ChatContent] = []
        for content in message.content {
            guard case .toolResult(let result) = content else {
                rest.append(content)
                continue
            }
            let texts = try parts(of: result.content, traits).compactMap { part -> String? in
                if case .text(let text) = part { text } else { nil }
            }
            // A picture cannot stand in a tool's message, so the user shows it.
            rest += result.content.filter {
                if case .attachment(let file) = $0 { file.mediaType.sort == .image } else { false }
            }
            let text = texts.joined(separator: "\n\n")
            messages.append(
                ChatCompletionMessage(
                    role: .tool, content: [.text(result.isError ? "Error: \(text)" : text)],
                    toolCallID: result.callID))
        }
        return messages + self.message(.user, try parts(of: rest, traits))
    }

    private static func parts(
        of content: [ChatContent], _ traits: OpenAIModelTraits
    ) throws(ChatFailure) -> [ChatCompletionPart] {
        var parts: [ChatCompletionPart] = []
        for item in content {
            switch item {
            case .text(let text): if !text.allSatisfy(\.isWhitespace) { parts.append(.text(text)) }
            case .attachment(let file): parts.append(try part(of: file, traits))
            case .toolCall, .toolResult, .reasoning: break
            }
        }
        return parts
    }

    private static func part(
        of file: Attachment, _ traits: OpenAIModelTraits
    ) throws(ChatFailure) -> ChatCompletionPart {
        let type = file.mediaType
        let data = { "data:\(type.description);base64,\(Base64.encode(file.bytes))" }
        switch type.sort {
        case .image where traits.acceptsImages: return .image(url: data())
        case .document where type.description.hasPrefix("text/") || type.description == "application/json":
            return .text("Content of the attached file \(file.name):\n\n\(String(decoding: file.bytes, as: UTF8.self))")
        case .document where traits.acceptsFiles && type.description == "application/pdf":
            return .file(name: file.name, data: data())
        default:
            var takes = traits.acceptsImages ? ["PNG", "JPEG"] : []
            takes += traits.acceptsFiles ? ["PDF", "text"] : ["text"]
            throw ChatFailure(
                .invalidRequest, detail: "the model does not read \(type)",
                advice: .attachmentNotRead(name: file.name, takes: takes))
        }
    }
}

extension ChatCompletionTool {
    fileprivate init(_ definition: ToolDefinition) {
        self.init(
            name: definition.name, description: definition.description.isEmpty ? nil : definition.description,
            parameters: definition.inputSchema, isStrict: definition.isStrict ? true : nil)
    }
}

extension ChatCompletionFormat {
    /// The format; nil for the service's default.
    fileprivate init?(_ format: ResponseFormat) {
        switch format {
        case .text: return nil
        case .jsonObject: self = .jsonObject
        case .jsonSchema(let answer):
            self = .jsonSchema(
                Schema(
                    name: answer.name, description: answer.description.isEmpty ? nil : answer.description,
                    schema: answer.schema, isStrict: answer.isStrict ? true : nil))
        }
    }
}

extension ChatCompletionToolChoice {
    /// The choice; nil for the service's default.
    fileprivate init?(_ choice: ToolChoice) {
        switch choice {
        case .auto: return nil
        case .none: self = .none
        case .any: self = .required
        case .tool(let name): self = .function(name: name)
        }
    }
}

extension Thinking {
    /// Source: OpenAI API reference, "Create chat completion", `reasoning_effort`.
    fileprivate var word: String? {
        switch self {
        case .asTheModelDoes: nil
        case .off: "none"
        case .effort(let effort): effort.rawValue
        }
    }
}
