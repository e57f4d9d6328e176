import ChatEvents
import JSONCoding
import OpenAIProtocol

extension ChatCompletionRequest {
    /// Turns a chat request into what the service accepts.
    ///
    /// - Throws: ``ChatFailure`` with advice for a file that the model does not read.
    init(_ request: ChatRequest, model: String, traits: OpenAIModelTraits) throws(ChatFailure) {
        let messages = try CompletionConversation(request, for: traits).messages
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
            reasoningEffort: traits.word(for: request.thinking),
            responseFormat: ChatCompletionFormat(request.responseFormat),
            seed: sampling.seed, presencePenalty: sampling.presencePenalty,
            frequencyPenalty: sampling.frequencyPenalty, logitBias: sampling.logitBias, user: request.endUser,
            additional: sampling.additional)
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

extension OpenAIModelTraits {
    /// How much the model thinks; nil where nothing is said, or the service has no word for it.
    ///
    /// Source: OpenAI API reference, "Create chat completion", `reasoning_effort`.
    fileprivate func word(for thinking: Thinking) -> String? {
        switch thinking {
        case .asTheModelDoes: nil
        case .off: acceptsNoEffort ? "none" : nil
        case .effort(let effort): effort.rawValue
        }
    }
}
