import Hummingbird
import HummingbirdCore
import JSONCoding
import ModelCatalog
import OpenAIProtocol

/// The second face: chat completions, models and images as OpenAI-compatible services serve them.
///
/// It knows the catalog's models by their bare ids, and every id that begins with `simulated-`, which may be anything.
struct ChatFace: Sendable {
    let configuration: SimulatorConfiguration
    let state: SimulatorState
    private let authenticator: Authenticator

    init(_ configuration: SimulatorConfiguration, state: SimulatorState) {
        self.configuration = configuration
        self.state = state
        authenticator = Authenticator(configuration)
    }

    /// Whether a path belongs to this face.
    static func serves(_ target: RequestTarget) -> Bool { target.segments.count > 2 && target.segments[1] == "v1" }

    /// The answer to a request.
    func respond(to request: IncomingRequest) async throws -> Response {
        do throws(ChatError) {
            try checkKey(of: request)
        } catch {
            return error.response(requestID: request.id)
        }
        do {
            let path = request.target.segments.dropFirst(2).map(String.init)
            switch (request.method, path.first, path.count) {
            case ("POST", "chat", 2) where path[1] == "completions": return try await complete(request)
            case ("POST", "images", 2) where path[1] == "generations": return try await makeImages(request)
            case ("GET", "models", 1): return try await list(request)
            case ("GET", "models", 2...):
                return try await tell(path.dropFirst().joined(separator: "/"), request)
            default:
                throw ChatError(
                    404, "Invalid URL (\(request.method) \(request.target.path))", code: "unknown_url")
            }
        } catch let error as ChatError {
            return error.response(requestID: request.id)
        } catch let error as OpenAIError {
            return ChatError(error).response(requestID: request.id)
        } catch let error as ServiceError {
            return ChatError(.invalid(error.message, param: nil)).response(requestID: request.id)
        }
    }

    private func checkKey(of request: IncomingRequest) throws(ChatError) {
        guard let key = request.bearerKey else {
            throw ChatError(
                401,
                "You didn't provide an API key. You need to provide your API key in an Authorization header using "
                    + "Bearer auth (i.e. Authorization: Bearer YOUR_KEY).")
        }
        guard authenticator.acceptsBearer(request) else {
            throw ChatError(
                401, "Incorrect API key provided: \(key.prefix(2))***.", code: "invalid_api_key")
        }
    }

    /// Takes the fault for a request; throws its response where it takes the answer's place.
    func fault(
        for request: IncomingRequest, _ operation: String, model: String?, isStream: Bool = false
    ) async throws -> Fault? {
        state.counts.countOperation(operation)
        return try await FaultGate(configuration, state).pass(
            request, operation: operation, model: model, isStream: isStream)
    }

    /// The body as JSON.
    static func json(of request: IncomingRequest) throws(ChatError) -> JSONValue {
        do {
            return try JSONParser.parse(request.body, limits: JSONLimits(values: 200_000))
        } catch {
            throw ChatError(400, "We could not parse the JSON body of your request: \(error).")
        }
    }

    /// The facts of a model that this face serves.
    func facts(of id: String, kinds: Set<ModelKind>) throws(ChatError) -> ModelFacts {
        if id.hasPrefix("simulated-") {
            return ModelFacts(id: id, maker: "Simulator", displayName: id, kind: kinds.first ?? .text)
        }
        let known = configuration.furtherFacts(ModelCatalog.baseID(of: id)) ?? configuration.catalog.facts(for: id)
        guard let known, kinds.contains(known.kind) else {
            throw ChatError(
                404, "The model `\(id)` does not exist or you do not have access to it.", code: "model_not_found")
        }
        return known
    }

    /// A JSON answer that is ready.
    func whole(_ bytes: [UInt8], _ request: IncomingRequest, fault: Fault?) -> Response {
        var headers = ServiceResponse.headers(contentType: "application/json", requestID: request.id)
        headers.append("x-request-id", request.id)
        return Response(
            status: .ok, headers: headers,
            body: ServiceResponse.whole(
                bytes, fault: fault, connection: request.connection, pause: configuration.pause, onEnd: { _ in }))
    }
}
