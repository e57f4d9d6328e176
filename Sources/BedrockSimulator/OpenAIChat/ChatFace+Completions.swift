import AWSSigning
import Hummingbird
import HummingbirdCore
import JSONCoding
import ModelCatalog
import OpenAIProtocol
import WallClock

extension ChatFace {
    /// `POST /v1/chat/completions`.
    func complete(_ request: IncomingRequest) async throws -> Response {
        let chat = try ChatCompletionRequest(try Self.json(of: request))
        let fault = try await fault(
            for: request, "chat-completions", model: chat.model, isStream: chat.isStream)
        if let response = fault?.chatResponse(requestID: request.id) { return response }
        let answer = try answer(to: chat)
        let started = configuration.clock.now()
        let format = ChatCompletionFormat(
            id: "chatcmpl-\(sha256Hex(request.body).prefix(24))",
            created: Int(started.millisecondsSinceEpoch / 1000), model: chat.model, includesUsage: chat.includesUsage)
        let delivery = AnswerDelivery(
            answer: answer, format: format, pace: configuration.pace, fault: fault,
            latency: { configuration.clock.now().since(started) })
        guard chat.isStream else { return whole(try await delivery.wholeBody(), request, fault: fault) }
        var headers = ServiceResponse.headers(contentType: format.streamContentType, requestID: request.id)
        headers.append("x-request-id", request.id)
        return Response(
            status: .ok, headers: headers,
            body: ServiceResponse.stream(
                delivery, connection: request.connection, counts: state.counts, onEnd: { _ in }))
    }

    private func answer(to chat: ChatCompletionRequest) throws -> Answer {
        let facts = try facts(of: chat.model, kinds: [.text])
        let request = try ConverseRequest(chat)
        try check(chat, request, facts)
        let isThinking = chat.reasoningEffort.map { $0 != "none" } ?? false
        let answerer = Answerer(
            subject: AnswerSubject(
                model: facts, id: chat.model, region: configuration.region, callIDs: .openAI),
            cache: state.cache, cachesImplicitly: true, thinkingPlan: isThinking ? .open : ThinkingPlan.none,
            mostCalls: chat.allowsParallelToolCalls == false ? 1 : Int.max, now: configuration.clock.now())
        return answerer.answer(to: request)
    }

    /// What the model does not take, by the catalog's facts.
    private func check(
        _ chat: ChatCompletionRequest, _ request: ConverseRequest, _ facts: ModelFacts
    ) throws(OpenAIError) {
        if let limit = facts.maxOutputTokens, let tokens = chat.maxTokens, tokens > limit {
            throw .invalid(
                "max_tokens is too large: \(tokens). This model supports at most \(limit) completion tokens.",
                param: "max_tokens", code: "invalid_value")
        }
        if facts.capabilities.samplingParams == false, let temperature = chat.temperature, temperature != 1 {
            throw .invalid(
                "Unsupported value: 'temperature' does not support \(temperature) with this model. Only the default "
                    + "(1) value is supported.", param: "temperature", code: "unsupported_value")
        }
        let files = request.messages.flatMap(\.content).compactMap(\.media)
        if facts.capabilities.vision == false, files.contains(where: { $0.kind == .image }) {
            throw .invalid("Invalid content type. image_url is only supported by certain models.", param: "messages")
        }
        if case .tool(let name) = request.toolChoice, !request.tools.contains(where: { $0.name == name }) {
            throw .invalid("Tool choice '\(name)' not found in 'tools' parameter.", param: "tool_choice")
        }
    }

    // MARK: - Models

    /// `GET /v1/models`.
    func list(_ request: IncomingRequest) async throws -> Response {
        let fault = try await fault(for: request, "models", model: nil)
        if let response = fault?.chatResponse(requestID: request.id) { return response }
        let models = configuration.catalog.models.filter { [.text, .image].contains($0.kind) }
        let list: JSONValue = ["object": "list", "data": .array(models.map(Self.json(of:)))]
        return whole(list.encoded(), request, fault: fault)
    }

    /// `GET /v1/models/{id}`.
    func tell(_ segment: String, _ request: IncomingRequest) async throws -> Response {
        let id = RequestTarget.decoded(segment[...]) ?? segment
        let fault = try await fault(for: request, "models", model: id)
        if let response = fault?.chatResponse(requestID: request.id) { return response }
        return whole(
            Self.json(of: try facts(of: id, kinds: [.text, .image])).encoded(), request, fault: fault)
    }

    private static func json(of model: ModelFacts) -> JSONValue {
        ["id": .string(model.id), "object": "model", "created": 1_700_000_000, "owned_by": .string(model.maker)]
    }
}
