import Hummingbird
import HummingbirdCore
import JSONCoding
import Logging
import ModelCatalog
import WallClock

/// Answers requests to Bedrock: path, signature, fault, body, model, rules, answer, in this order.
struct BedrockFace: Sendable {
    let configuration: SimulatorConfiguration
    let state: SimulatorState
    let authenticator: Authenticator

    init(_ configuration: SimulatorConfiguration, state: SimulatorState) {
        self.configuration = configuration
        self.state = state
        authenticator = Authenticator(configuration)
    }

    /// The answer to a request.
    func respond(to request: IncomingRequest, logger: Logger) async throws -> Response {
        do {
            let operation = try ServiceOperation(method: request.method, target: request.target)
            let region = try authenticator.regionOfBedrockCall(request)
            let body = operation.isBodyless ? .null : try parse(request.body)
            let call = SimulatorObserver.Call(
                operation: operation.name, modelID: operation.modelID ?? body["modelId"]?.string ?? "",
                region: region, requestID: request.id, body: body)
            logger.debug(
                "request",
                metadata: [
                    "request.id": "\(request.id)", "bedrock.operation": "\(call.operation)",
                    "bedrock.model": "\(call.modelID)", "bedrock.region": "\(region)",
                ])
            state.counts.countOperation(call.operation)
            configuration.observer.onRequest(call)
            return try await answer(BedrockCall(operation: operation, call: call, request: request))
        } catch let error as ServiceError {
            logger.debug(
                "request refused",
                metadata: ["request.id": "\(request.id)", "error.code": "\(error.code.rawValue)"])
            return ServiceResponse.error(error, requestID: request.id)
        }
    }

    private func parse(_ body: [UInt8]) throws(ServiceError) -> JSONValue {
        do {
            return try JSONParser.parse(body, limits: JSONLimits(values: 200_000))
        } catch {
            throw ServiceError(.serialization, "The request body is \(error).")
        }
    }

    private func answer(_ call: BedrockCall) async throws -> Response {
        do {
            let fault = try await FaultGate(configuration, state).pass(
                call.request, operation: call.operation.name, model: call.call.modelID,
                isStream: call.operation.isStream)
            if let response = fault?.response(requestID: call.request.id) {
                configuration.observer.onEnd(call.call, .refused(code: fault?.kind.rawValue ?? ""))
                return response
            }
            return try await answer(call, fault: fault)
        } catch let error as ServiceError {
            configuration.observer.onEnd(call.call, .refused(code: error.code.rawValue))
            throw error
        }
    }

    private func answer(_ call: BedrockCall, fault: Fault?) async throws -> Response {
        switch call.operation {
        case .converse(let model), .converseStream(let model):
            let access = access(from: call)
            let facts = try access.facts(for: model)
            let subject = RuleSubject(
                request: try ConverseRequest(call.call.body), model: facts, isStream: call.operation.isStream)
            for rule in ValidationRule.all {
                if let error = rule.violation(subject) { throw error }
            }
            let answerer = Answerer(
                subject: AnswerSubject(model: facts, id: model, region: call.call.region), cache: state.cache,
                now: configuration.clock.now())
            let answer = answerer.answer(to: subject.request)
            let quota = try reserve(for: answer, to: subject.request, of: facts, call)
            return try await deliver(answer, as: ConverseFormat(), for: call, fault: fault, quota: quota)
        case .invoke(let model), .invokeStream(let model):
            return try await invoke(model, call, fault: fault)
        case .countTokens(let model):
            return whole(try countTokens(model, call).encoded(), for: call, fault: fault)
        case .applyGuardrail(let id, let version):
            return whole(try applyGuardrail(id, version: version, call).encoded(), for: call, fault: fault)
        case .startAsyncInvoke: return whole(try await startJob(call).encoded(), for: call, fault: fault)
        case .getAsyncInvoke(let arn): return whole(try await getJob(arn).encoded(), for: call, fault: fault)
        case .listAsyncInvokes:
            return whole(try await listJobs(call.request.target).encoded(), for: call, fault: fault)
        case .listFoundationModels: return whole(try listModels(call).encoded(), for: call, fault: fault)
        case .getFoundationModel(let id): return whole(try getModel(id, call).encoded(), for: call, fault: fault)
        case .getFoundationModelAvailability(let id):
            return whole(try getAvailability(id, call).encoded(), for: call, fault: fault)
        case .listInferenceProfiles: return whole(try listProfiles(call).encoded(), for: call, fault: fault)
        case .getInferenceProfile(let id): return whole(try getProfile(id, call).encoded(), for: call, fault: fault)
        case .createInferenceProfile:
            var response = whole(try makeProfile(call).encoded(), for: call, fault: fault)
            response.status = .created
            return response
        case .deleteInferenceProfile(let id):
            return whole(try removeProfile(id, call).encoded(), for: call, fault: fault)
        }
    }

    // MARK: - What the operations share

    /// Keeps back of the quotas what an answer may use; nil where no quota holds.
    func reserve(
        for answer: Answer, to request: ConverseRequest, of model: ModelFacts, _ call: BedrockCall
    ) throws(ServiceError) -> QuotaUse? {
        let tokens = TokenCharge.reserved(for: answer.usage, maxTokens: request.inference.maxTokens, of: model)
        let reservation = try state.quotas.reserve(
            call.call.modelID, in: call.call.region, tokens: tokens, now: configuration.clock.now())
        return reservation.map { QuotaUse(reservation: $0, used: TokenCharge.used(by: answer.usage, of: model)) }
    }

    /// Decides which models the call may name.
    func access(from call: BedrockCall) -> ModelAccess {
        ModelAccess(
            catalog: configuration.catalog, furtherFacts: configuration.furtherFacts, profiles: state.profiles,
            region: call.call.region)
    }

    /// Hands out an answer, streamed or whole.
    func deliver(
        _ answer: Answer, as format: any AnswerFormat, for call: BedrockCall, fault: Fault?, quota: QuotaUse?
    ) async throws -> Response {
        let started = configuration.clock.now()
        let delivery = AnswerDelivery(
            answer: answer, format: format, pace: configuration.pace, fault: fault,
            latency: { configuration.clock.now().since(started) })
        let end = onEnd(of: call)
        if call.operation.isStream {
            return Response(
                status: .ok,
                headers: ServiceResponse.headers(
                    contentType: format.streamContentType, requestID: call.request.id),
                body: ServiceResponse.stream(
                    delivery, connection: call.request.connection, counts: state.counts, quota: quota,
                    onEnd: end))
        }
        let bytes: [UInt8]
        do {
            bytes = try await delivery.wholeBody()
            quota?.settle()
        } catch {
            quota?.settle()
            end(.cancelled)
            throw error
        }
        var response = whole(bytes, for: call, fault: fault)
        if case .invoke = call.operation {
            let counts = [
                ("invocation-latency", Int(delivery.latency().wholeMilliseconds)),
                ("input-token-count", answer.usage.input), ("output-token-count", answer.usage.output),
                ("cache-read-input-token-count", answer.usage.cacheRead),
                ("cache-write-input-token-count", answer.usage.cacheWrite),
            ]
            for (name, count) in counts { response.headers.append("x-amzn-bedrock-\(name)", "\(count)") }
        }
        return response
    }

    /// Hands out a JSON body that is ready.
    func whole(_ bytes: [UInt8], for call: BedrockCall, fault: Fault?) -> Response {
        Response(
            status: .ok,
            headers: ServiceResponse.headers(contentType: "application/json", requestID: call.request.id),
            body: ServiceResponse.whole(
                bytes, fault: fault, connection: call.request.connection, pause: configuration.pause,
                onEnd: onEnd(of: call)))
    }

    private func onEnd(of call: BedrockCall) -> @Sendable (SimulatorObserver.Outcome) -> Void {
        { [observer = configuration.observer] in observer.onEnd(call.call, $0) }
    }
}

/// A request to Bedrock whose signature holds.
struct BedrockCall: Sendable {
    let operation: ServiceOperation
    let call: SimulatorObserver.Call
    let request: IncomingRequest
}

extension SimulatorConfiguration {
    /// How fast answers come.
    var pace: AnswerPace {
        AnswerPace(tokensPerSecond: tokensPerSecond, timeToFirstToken: timeToFirstToken, pause: pause)
    }
}
