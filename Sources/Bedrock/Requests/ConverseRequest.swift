package import ChatEvents
package import JSONCoding

/// The body of a Converse or ConverseStream request.
///
/// Source: Amazon Bedrock API Reference, ConverseStream, request syntax.
package struct ConverseRequest: Hashable, Sendable {
    /// The body as a JSON object.
    package let body: JSONValue
    /// Whether the answer can be streamed; without, Converse is to be called.
    package let isStreamed: Bool
    /// The tool whose input is the answer; nil where the answer is what the model says.
    let answerTool: String?

    /// Turns a chat request into what the model accepts.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - traits: What the model accepts.
    /// - Throws: ``ChatFailure`` for what the model cannot take and nothing can stand in for: a file of the newest
    ///   turn, or tools.
    package init(_ request: ChatRequest, for traits: ConverseModelTraits) throws(ChatFailure) {
        let thinking = ThinkingFields(request, for: traits, canThink: Self.canThink(request, for: traits))
        let shape = StructuredAnswer(request, for: traits, canForce: !thinking.isExtended)
        answerTool = shape.tool?.definitions.first?.name
        var request = request
        request.system = [request.system, shape.instructions].filter { !$0.isBlank }.joined(separator: "\n\n")
        let tools =
            try (shape.tool ?? request.tools).map { use throws(ChatFailure) in
                try ToolConfiguration(use, for: traits.tools, canForce: !thinking.isExtended)
            } ?? ToolConfiguration()
        var conversation = try Conversation(
            request, for: traits,
            Conversation.Rules(keepsToolBlocks: !tools.tools.isEmpty, keepsReasoning: thinking.isExtended))
        isStreamed = traits.streams && (tools.tools.isEmpty || traits.tools.areTakenInStreams)

        var toolList = tools.tools
        var system: [JSONValue] = conversation.system.map { [["text": .string($0)]] } ?? []
        if let cache = traits.cache {
            var points = CachePoints(cache)
            let size = toolList.reduce(0) { $0 + $1.encoded().count }
            if points.marksTools(ofSize: size) { toolList.append(ContentBlock.cachePoint.json) }
            if let text = conversation.system, points.marksSystem(text) { system.append(ContentBlock.cachePoint.json) }
            conversation.mark(&points)
        }

        var members = JSONObject()
        members.append("messages", .array(conversation.turns.map(Self.message)))
        if !system.isEmpty { members.append("system", .array(system)) }
        let inference = Self.inferenceConfig(request.sampling, for: traits, thinking)
        if !inference.isEmpty { members.append("inferenceConfig", .object(inference)) }
        if !toolList.isEmpty {
            var config: JSONObject = ["tools": .array(toolList)]
            if let choice = tools.choice { config.append("toolChoice", choice) }
            members.append("toolConfig", .object(config))
        }
        if let output = shape.outputConfig { members.append("outputConfig", output) }
        if let guardrail = traits.guardrail {
            members.append("guardrailConfig", guardrail.json(isStreamed: isStreamed))
        }
        let additional = AdditionalFields(
            own: thinking.fields, tools.additional, given: request.sampling.additional, for: traits,
            allowsSampling: !thinking.isExtended)
        if !additional.fields.isEmpty { members.append("additionalModelRequestFields", .object(additional.fields)) }
        body = .object(members)
    }

    /// Whether the conversation holds all thoughts that the service wants back.
    ///
    /// Claude models with a thinking budget want the thought that led to the last tool call beside its result.
    private static func canThink(_ request: ChatRequest, for traits: ConverseModelTraits) -> Bool {
        guard traits.thinking.form == .budget, request.tools?.definitions.isEmpty == false,
            let last = request.messages.last, last.content.contains(where: { $0.isToolResult }),
            let answer = request.messages.last(where: { $0.role == .assistant })
        else { return true }
        return answer.content.contains { content in
            if case .reasoning(let block) = content {
                return block.modelID == traits.modelID && (block.signature != nil || block.redacted != nil)
            }
            return false
        }
    }

    private static func message(of turn: Conversation.Turn) -> JSONValue {
        [
            "role": .string(turn.role.rawValue),
            "content": .array(turn.blocks.map(\.json)),
        ]
    }

    /// The sampling as it was asked for, but for what goes against the thinking; what is left out is left to the model.
    private static func inferenceConfig(
        _ sampling: Sampling, for traits: ConverseModelTraits, _ thinking: ThinkingFields
    ) -> JSONObject {
        var config = JSONObject()
        if let maxTokens = thinking.maxTokens { config.append("maxTokens", .integer(maxTokens)) }
        if !thinking.isExtended {
            if let temperature = sampling.temperature.flatMap(number) { config.append("temperature", temperature) }
            if let topP = sampling.topP.flatMap(number) { config.append("topP", topP) }
        }
        let stopSequences = sampling.stopSequences.filter { !$0.isBlank }.prefix(traits.stopSequenceLimit ?? .max)
        if !stopSequences.isEmpty { config.append("stopSequences", .array(stopSequences.map(JSONValue.string))) }
        return config
    }

    /// The value as JSON; nil for one that JSON has no word for.
    private static func number(_ value: Double) -> JSONValue? {
        value.isFinite ? JSONNumber(text: value.description).map(JSONValue.number) : nil
    }
}

extension ChatContent {
    fileprivate var isToolResult: Bool { if case .toolResult = self { true } else { false } }
}

extension GuardrailReference {
    /// The guardrail as a request names it; only a stream has a mode.
    ///
    /// Source: Amazon Bedrock API Reference, GuardrailStreamConfiguration.
    fileprivate func json(isStreamed: Bool) -> JSONValue {
        var members: JSONObject = ["guardrailIdentifier": .string(id), "guardrailVersion": .string(version)]
        if isStreamed { members.append("streamProcessingMode", .string(mode.rawValue)) }
        return .object(members)
    }
}
