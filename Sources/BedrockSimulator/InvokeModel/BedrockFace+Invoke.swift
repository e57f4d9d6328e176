import AWSSigning
import Hummingbird
import JSONCoding
import ModelCatalog
import WallClock

extension BedrockFace {
    /// InvokeModel and InvokeModelWithResponseStream.
    func invoke(_ model: String, _ call: BedrockCall, fault: Fault?) async throws -> Response {
        let facts = try access(from: call).facts(for: model, kinds: [.text, .image, .imageEdit])
        guard facts.kind == .text else {
            guard !call.operation.isStream else {
                throw ServiceError.validation("The model is unsupported for streaming.")
            }
            try reserveRequest(call)
            let images = try ImageInvocation(facts, body: call.call.body).answer()
            return whole(images.encoded(), for: call, fault: fault)
        }
        var (request, format, style) = try nativeRequest(of: facts, call)
        request.guardrail = ConverseRequest.Guardrail(headersOf: call.request, body: call.call.body)
        try Self.check(request, facts, isStream: call.operation.isStream)
        let answerer = Answerer(
            subject: AnswerSubject(model: facts, id: model, region: call.call.region, callIDs: style),
            cache: state.cache, now: configuration.clock.now())
        let answer = answerer.answer(to: request)
        let quota = try reserve(for: answer, to: request, of: facts, call)
        return try await deliver(answer, as: format, for: call, fault: fault, quota: quota)
    }

    /// Keeps back what a call uses that counts no tokens.
    func reserveRequest(_ call: BedrockCall) throws(ServiceError) {
        _ = try state.quotas.reserve(
            call.call.modelID, in: call.call.region, tokens: 0, now: configuration.clock.now())
    }

    /// The request of a body in the model's own words, and the format of its answer.
    private func nativeRequest(
        of facts: ModelFacts, _ call: BedrockCall
    ) throws(ServiceError) -> (ConverseRequest, any AnswerFormat, AnswerSubject.CallIDStyle) {
        if facts.id.hasPrefix("anthropic.") {
            let format = AnthropicFormat(
                id: "msg_bdrk_\(sha256Hex(call.request.body).prefix(24))",
                model: String(facts.id.dropFirst("anthropic.".count)))
            return (try ConverseRequest(anthropic: call.call.body), format, .anthropic)
        }
        if facts.id.hasPrefix("amazon.nova") {
            return (try ConverseRequest(call.call.body), ConverseFormat(isNative: true), .converse)
        }
        throw .validation(
            "Malformed input request: the simulator knows no body of \(facts.id) for InvokeModel, please reformat your "
                + "input and try again.")
    }

    /// The rules that hold whatever the words; a model's own errors come without Bedrock's introduction.
    private static func check(
        _ request: ConverseRequest, _ facts: ModelFacts, isStream: Bool
    ) throws(ServiceError) {
        let subject = RuleSubject(request: request, model: facts, isStream: isStream)
        for rule in ModelRules.all + ThinkingRules.all + [
            ToolRules.results, FileRules.contents, FeatureRules.guardrail,
        ] {
            guard let error = rule.violation(subject) else { continue }
            let introduction = "The model returned the following errors: "
            guard error.message.hasPrefix(introduction) else { throw error }
            throw .validation(String(error.message.dropFirst(introduction.count)))
        }
    }

    /// CountTokens.
    ///
    /// Source: Amazon Bedrock API reference, CountTokens: only some models count, Claude's among them.
    func countTokens(_ model: String, _ call: BedrockCall) throws(ServiceError) -> JSONValue {
        let facts = try countable(model)
        let input = try JSONReading.optionalObject(call.call.body["input"]) ?? [:]
        let request: ConverseRequest
        if let converse = input["converse"] {
            request = try ConverseRequest(converse)
            for rule in RangeRules.all + ConversationRules.all {
                if let error = rule.violation(RuleSubject(request: request, model: facts, isStream: false)) {
                    throw error
                }
            }
        } else if let body = try JSONReading.string(input["invokeModel"]?["body"]) {
            let value = Base64.decoded(body).flatMap { try? JSONParser.parse($0, limits: JSONLimits(values: 200_000)) }
            guard let value else { throw .validation("The body of invokeModel is not valid JSON.") }
            request = try ConverseRequest(anthropic: value)
        } else {
            throw .validation("The input must hold one of converse and invokeModel.")
        }
        return ["inputTokens": .integer(PromptMeasure(request, endsImplicitly: false).tokens)]
    }

    /// The facts of a model that counts tokens; it takes the bare id everywhere.
    private func countable(_ id: String) throws(ServiceError) -> ModelFacts {
        let known = configuration.furtherFacts(ModelCatalog.baseID(of: id)) ?? configuration.catalog.facts(for: id)
        guard let known, known.runtime != false else { throw ModelAccess.invalidIdentifier }
        guard known.id.hasPrefix("anthropic.") else {
            throw .validation("The provided model doesn't support counting tokens.")
        }
        return known
    }
}
