import AWSSigning
import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSONCoding
import Logging
import NIOCore
import WallClock

/// Answers the requests of a simulator: path, signature, body, model, rules, answer, in this order.
struct SimulatorResponder: HTTPResponder {
    /// What a request needs of the server: nothing but the logger.
    struct Context: InitializableFromSource {
        let logger: Logger

        init(source: ApplicationRequestContextSource) { logger = source.logger }
    }

    private let configuration: SimulatorConfiguration
    private let credentials: [String: SigningCredentials]
    private let verifier: SignatureVerifier

    init(_ configuration: SimulatorConfiguration) {
        self.configuration = configuration
        let credentials = Dictionary(
            configuration.credentials.map { ($0.accessKeyID, $0) }, uniquingKeysWith: { $1 })
        self.credentials = credentials
        verifier = SignatureVerifier { credentials[$0] }
    }

    @concurrent
    func respond(to request: Request, context: Context) async throws -> Response {
        let requestID = RequestID.random()
        do {
            let call = try await receive(request, requestID: requestID)
            context.logger.debug(
                "request",
                metadata: [
                    "request.id": "\(requestID)", "bedrock.operation": "\(call.operation)",
                    "bedrock.model": "\(call.modelID)", "bedrock.region": "\(call.region)",
                ])
            configuration.observer.onRequest(call)
            return try await answer(call)
        } catch let error as ServiceError {
            context.logger.debug(
                "request refused",
                metadata: ["request.id": "\(requestID)", "error.code": "\(error.code.rawValue)"])
            return ServiceResponse.error(error, requestID: requestID)
        }
    }

    // MARK: - What came

    private func receive(_ request: Request, requestID: String) async throws -> SimulatorObserver.Call {
        let target = try CallTarget(method: request.method.rawValue, target: request.head.path ?? "")
        let body: [UInt8]
        do {
            body = Array(buffer: try await request.body.collect(upTo: configuration.limits.bodyBytes))
        } catch is NIOTooManyBytesError {
            throw ServiceError(.requestTooLarge, "The request body is longer than the service takes.")
        }
        let region = try verifiedRegion(of: request.head, body: body)
        return SimulatorObserver.Call(
            operation: target.operation.rawValue, modelID: target.modelID, region: region, requestID: requestID,
            body: try parse(body))
    }

    /// The region that the request was signed for, which decides the region of the call.
    private func verifiedRegion(of head: HTTPRequest, body: [UInt8]) throws(ServiceError) -> String {
        var headers = head.headerFields.map { (name: $0.name.canonicalName, value: $0.value) }
        if let host = head.authority { headers.append((name: "host", value: host)) }
        let signed = SigningRequest(
            method: head.method.rawValue, target: head.path ?? "", headers: headers, bodyHash: sha256Hex(body))
        do {
            let verifier = verifier(forSessionToken: head.headerFields.first { $0.name == Self.sessionToken }?.value)
            let scope = try verifier.verify(signed, at: configuration.clock.now()).scope
            guard scope.service == "bedrock" else {
                throw ServiceError(.invalidSignature, "Credential should be scoped to correct service: 'bedrock'. ")
            }
            return scope.region
        } catch let error as SignatureError {
            throw ServiceError(error)
        } catch let error as ServiceError {
            throw error
        } catch {
            throw ServiceError(.internalServer, "The signature could not be verified.")
        }
    }

    /// A verifier that takes that session token with any credentials that have none of their own: there are no sessions
    /// here that it could belong to, and an environment may well hold one beside keys that were set for the simulator.
    private func verifier(forSessionToken token: String?) -> SignatureVerifier {
        guard let token else { return verifier }
        return SignatureVerifier { [credentials] id in
            credentials[id].map {
                SigningCredentials(
                    accessKeyID: id, secretAccessKey: $0.secretAccessKey, sessionToken: $0.sessionToken ?? token)
            }
        }
    }

    private static let sessionToken = HTTPField.Name("x-amz-security-token")

    private func parse(_ body: [UInt8]) throws(ServiceError) -> JSONValue {
        do {
            return try JSONParser.parse(body, limits: JSONLimits(values: 200_000))
        } catch {
            throw ServiceError(.serialization, "The request body is \(error).")
        }
    }

    // MARK: - What goes back

    private func answer(_ call: SimulatorObserver.Call) async throws -> Response {
        let started = configuration.clock.now()
        let answer: Answer
        do {
            answer = try makeAnswer(to: call)
        } catch {
            configuration.observer.onEnd(call, .refused(code: error.code.rawValue))
            throw error
        }
        let delivery = AnswerDelivery(
            answer: answer, tokensPerSecond: configuration.tokensPerSecond, pause: configuration.pause,
            latency: { configuration.clock.now().since(started) })
        if call.operation == CallTarget.Operation.converseStream.rawValue {
            return ServiceResponse.stream(delivery, for: call, observer: configuration.observer)
        }
        return try await ServiceResponse.whole(delivery, for: call, observer: configuration.observer)
    }

    private func makeAnswer(to call: SimulatorObserver.Call) throws(ServiceError) -> Answer {
        let access = ModelAccess(
            catalog: configuration.catalog, furtherFacts: configuration.furtherFacts, region: call.region)
        let facts = try access.facts(for: call.modelID)
        let subject = RuleSubject(
            request: try ConverseRequest(call.body), model: facts,
            isStream: call.operation == CallTarget.Operation.converseStream.rawValue)
        for rule in ValidationRule.all {
            if let error = rule.violation(subject) { throw error }
        }
        return Answer(to: subject.request, of: facts, calledAs: call.modelID, in: call.region)
    }
}

extension ServiceError {
    /// The service's answer to a signature that does not hold.
    init(_ error: SignatureError) {
        let code: Code =
            switch error {
            case .missingAuthentication: .missingAuthenticationToken
            case .incompleteSignature: .incompleteSignature
            case .unknownAccessKey: .unrecognizedClient
            case .signatureMismatch, .expired: .invalidSignature
            }
        self.init(code, error.description)
    }
}
