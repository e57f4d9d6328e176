/// An operation of Bedrock, with what its path names.
///
/// Source: Amazon Bedrock API reference, request syntax of each operation.
enum ServiceOperation: Sendable, Hashable {
    case converse(model: String)
    case converseStream(model: String)
    case invoke(model: String)
    case invokeStream(model: String)
    case countTokens(model: String)
    case startAsyncInvoke
    case getAsyncInvoke(arn: String)
    case listAsyncInvokes
    case listFoundationModels
    case getFoundationModel(id: String)
    case getFoundationModelAvailability(id: String)
    case listInferenceProfiles
    case getInferenceProfile(id: String)
    case createInferenceProfile
    case deleteInferenceProfile(id: String)
    case applyGuardrail(id: String, version: String)

    /// The operation of a method and a path.
    ///
    /// - Throws: ``ServiceError`` when no operation has that method and path, or a label is no id.
    init(method: String, target: RequestTarget) throws(ServiceError) {
        let segments = target.segments
        guard segments.count >= 2, segments[0].isEmpty else { throw Self.unknown }
        switch (method, segments[1], segments.count) {
        case ("POST", "model", 4): self = try Self.modelOperation(segments)
        case ("POST", "async-invoke", 2): self = .startAsyncInvoke
        case ("GET", "async-invoke", 2): self = .listAsyncInvokes
        case ("GET", "async-invoke", 3): self = .getAsyncInvoke(arn: try Self.label(segments[2]))
        case ("GET", "foundation-models", 2): self = .listFoundationModels
        case ("GET", "foundation-models", 3): self = .getFoundationModel(id: try Self.label(segments[2]))
        case ("GET", "foundation-model-availability", 3):
            self = .getFoundationModelAvailability(id: try Self.label(segments[2]))
        case ("GET", "inference-profiles", 2): self = .listInferenceProfiles
        case ("GET", "inference-profiles", 3): self = .getInferenceProfile(id: try Self.label(segments[2]))
        case ("POST", "inference-profiles", 2): self = .createInferenceProfile
        case ("DELETE", "inference-profiles", 3): self = .deleteInferenceProfile(id: try Self.label(segments[2]))
        case ("POST", "guardrail", 6) where segments[3] == "version" && segments[5] == "apply":
            self = .applyGuardrail(id: try Self.label(segments[2]), version: try Self.label(segments[4]))
        default: throw Self.unknown
        }
    }

    private static func modelOperation(_ segments: [Substring]) throws(ServiceError) -> ServiceOperation {
        let make: (String) -> ServiceOperation
        switch segments[3] {
        case "converse": make = { .converse(model: $0) }
        case "converse-stream": make = { .converseStream(model: $0) }
        case "invoke": make = { .invoke(model: $0) }
        case "invoke-with-response-stream": make = { .invokeStream(model: $0) }
        case "count-tokens": make = { .countTokens(model: $0) }
        default: throw unknown
        }
        return make(try label(segments[2]))
    }

    private static func label(_ segment: Substring) throws(ServiceError) -> String {
        guard let text = RequestTarget.decoded(segment), (1...2048).contains(text.count) else {
            throw ModelAccess.invalidIdentifier
        }
        return text
    }

    private static let unknown = ServiceError(
        .unknownOperation, "The requested operation is not recognized by the service.")

    /// What the operation is called in counts, logs and faults: the last part of its path, or its name in lower case
    /// with hyphens.
    var name: String {
        switch self {
        case .converse: "converse"
        case .converseStream: "converse-stream"
        case .invoke: "invoke"
        case .invokeStream: "invoke-with-response-stream"
        case .countTokens: "count-tokens"
        case .startAsyncInvoke: "start-async-invoke"
        case .getAsyncInvoke: "get-async-invoke"
        case .listAsyncInvokes: "list-async-invokes"
        case .listFoundationModels: "list-foundation-models"
        case .getFoundationModel: "get-foundation-model"
        case .getFoundationModelAvailability: "get-foundation-model-availability"
        case .listInferenceProfiles: "list-inference-profiles"
        case .getInferenceProfile: "get-inference-profile"
        case .createInferenceProfile: "create-inference-profile"
        case .deleteInferenceProfile: "delete-inference-profile"
        case .applyGuardrail: "apply-guardrail"
        }
    }

    /// The model in the path, if one stands there.
    var modelID: String? {
        switch self {
        case .converse(let model), .converseStream(let model), .invoke(let model), .invokeStream(let model),
            .countTokens(let model), .getFoundationModel(let model), .getFoundationModelAvailability(let model):
            model
        case .startAsyncInvoke, .getAsyncInvoke, .listAsyncInvokes, .listFoundationModels, .listInferenceProfiles,
            .getInferenceProfile, .createInferenceProfile, .deleteInferenceProfile, .applyGuardrail:
            nil
        }
    }

    /// Whether the answer is a stream of events.
    var isStream: Bool {
        switch self {
        case .converseStream, .invokeStream: true
        case .converse, .invoke, .countTokens, .startAsyncInvoke, .getAsyncInvoke, .listAsyncInvokes,
            .listFoundationModels, .getFoundationModel, .getFoundationModelAvailability, .listInferenceProfiles,
            .getInferenceProfile, .createInferenceProfile, .deleteInferenceProfile, .applyGuardrail:
            false
        }
    }

    /// Whether the request has no body.
    var isBodyless: Bool {
        switch self {
        case .getAsyncInvoke, .listAsyncInvokes, .listFoundationModels, .getFoundationModel,
            .getFoundationModelAvailability, .listInferenceProfiles, .getInferenceProfile, .deleteInferenceProfile:
            true
        case .converse, .converseStream, .invoke, .invokeStream, .countTokens, .startAsyncInvoke,
            .createInferenceProfile, .applyGuardrail:
            false
        }
    }
}
