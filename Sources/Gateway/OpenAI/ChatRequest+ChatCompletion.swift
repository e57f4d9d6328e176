import ChatEvents
import JSONCoding
import OpenAIProtocol

extension ChatRequest {
    /// A chat completion's request in no protocol's terms.
    ///
    /// - Messages of the system and the developer, wherever they stand, become the system text, apart by a blank line.
    /// - Tool messages that stand beside each other become one turn of the user, with the results in it.
    /// - What the caller sets of temperature, length and the like wins over the bot's own values.
    ///
    /// - Parameters:
    ///   - completion: The request as it came.
    ///   - files: Reads the files in it.
    /// - Throws: `OpenAIError` that names the member which cannot be served.
    init(_ completion: ChatCompletionRequest, files: inout CompletionFiles) throws(OpenAIError) {
        try completion.checkToolMessages()
        var messages: [ChatMessage] = []
        var system: [String] = []
        for (index, message) in completion.messages.enumerated() {
            let place = "messages[\(index)].content"
            switch message.role {
            case .system, .developer:
                let text = try files.content(of: message.content, at: place).compactMap(\.text).joined(separator: "\n")
                if !text.isEmpty { system.append(text) }
            case .user:
                messages.append(ChatMessage(role: .user, content: try files.content(of: message.content, at: place)))
            case .assistant:
                let calls = message.toolCalls.map { ChatContent.toolCall(ToolCall($0)) }
                let content = try files.content(of: message.content, at: place) + calls
                if !content.isEmpty { messages.append(ChatMessage(role: .assistant, content: content)) }
            case .tool:
                let result = ChatContent.toolResult(
                    ToolResult(
                        callID: message.toolCallID ?? "", content: try files.content(of: message.content, at: place)))
                if index > 0, completion.messages[index - 1].role == .tool, let last = messages.indices.last {
                    messages[last].content.append(result)
                } else {
                    messages.append(ChatMessage(role: .user, content: [result]))
                }
            }
        }
        self.init(
            messages: messages, system: system.joined(separator: "\n\n"),
            sampling: Sampling(
                seed: completion.seed, presencePenalty: completion.presencePenalty,
                frequencyPenalty: completion.frequencyPenalty, logitBias: completion.logitBias),
            tools: try ToolUse(completion), responseFormat: ResponseFormat(completion.responseFormat),
            overrides: RequestOverrides(
                temperature: completion.temperature, topP: completion.topP, maxTokens: completion.maxTokens,
                stopSequences: completion.stop.filter { !$0.isEmpty },
                thinking: try Thinking(completion.reasoningEffort)),
            endUser: completion.user)
    }
}

extension ResponseFormat {
    fileprivate init(_ format: ChatCompletionFormat?) {
        switch format {
        case .text, nil: self = .text
        case .jsonObject: self = .jsonObject
        case .jsonSchema(let schema):
            self = .jsonSchema(
                AnswerSchema(
                    name: schema.name, description: schema.description ?? "", schema: schema.schema ?? JSONObject(),
                    isStrict: schema.isStrict ?? false))
        }
    }
}

extension ChatContent {
    fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}

extension ToolCall {
    /// A call as the client kept it; input that is no JSON object is kept as it is, so that the model sees its mistake.
    fileprivate init(_ call: ChatCompletionToolCall) {
        let input = try? JSONParser.parse(Array(call.arguments.utf8), limits: JSONLimits(values: 20_000)).object
        self.init(id: call.id, name: call.name, input: input ?? Self.kept(call.arguments))
    }

    private static func kept(_ arguments: String) -> JSONObject {
        arguments.isEmpty ? JSONObject() : ["arguments": .string(arguments)]
    }
}

extension ToolUse {
    /// The tools of a request; nil when it has none.
    fileprivate init?(_ completion: ChatCompletionRequest) throws(OpenAIError) {
        let names = completion.tools.map(\.name)
        guard !names.isEmpty else {
            if let choice = completion.toolChoice, choice != .none {
                throw .invalid(
                    "'tool_choice' is only allowed when 'tools' are specified.", param: "tool_choice",
                    code: "invalid_value")
            }
            return nil
        }
        guard names.count <= Self.limit else {
            throw .invalid(
                "Invalid 'tools': array too long. Expected an array with maximum length \(Self.limit), but got an array "
                    + "with length \(names.count) instead.", param: "tools", code: "array_above_max_length")
        }
        guard Set(names).count == names.count else {
            throw .invalid("'tools' must not name a function twice", param: "tools", code: "invalid_value")
        }
        let choice: ToolChoice
        switch completion.toolChoice {
        case .auto, nil: choice = .auto
        case .some(.none): choice = .none
        case .required: choice = .any
        case .function(let name):
            guard names.contains(name) else {
                throw .invalid(
                    "Tool choice '\(name.prefix(64))' not found in 'tools' parameter.", param: "tool_choice",
                    code: "invalid_value")
            }
            choice = .tool(name)
        }
        self.init(
            definitions: completion.tools.map { tool in
                ToolDefinition(
                    name: tool.name, description: tool.description ?? "",
                    inputSchema: tool.parameters ?? ["type": "object", "properties": [:]],
                    isStrict: tool.isStrict ?? false)
            }, choice: choice, allowsParallelCalls: completion.allowsParallelToolCalls)
    }

    /// Source: OpenAI API reference, "Create chat completion", `tools`: at most 128 functions.
    private static var limit: Int { 128 }
}

extension Thinking {
    /// The effort that a request names; nil where it names none.
    fileprivate init?(_ word: String?) throws(OpenAIError) {
        switch word {
        case nil: return nil
        case "none": self = .off
        case .some(let word):
            guard let effort = Effort(rawValue: word) else {
                let known = (["none"] + Effort.allCases.map(\.rawValue)).map { "'\($0)'" }.joined(separator: ", ")
                throw .invalid(
                    "'reasoning_effort' must be one of \(known)", param: "reasoning_effort", code: "invalid_value")
            }
            self = .effort(effort)
        }
    }
}
