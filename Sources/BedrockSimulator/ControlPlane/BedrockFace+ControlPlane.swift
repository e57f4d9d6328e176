import JSONCoding
import ModelCatalog

extension BedrockFace {
    /// ListFoundationModels: the listed models of the call's region.
    ///
    /// Source: Amazon Bedrock API reference, ListFoundationModels.
    func listModels(_ call: BedrockCall) throws(ServiceError) -> JSONValue {
        let target = call.request.target
        let listing = ModelListing(region: call.call.region)
        try Self.check(
            "byCustomizationType", target, ["FINE_TUNING", "CONTINUED_PRE_TRAINING", "DISTILLATION"])
        try Self.check("byOutputModality", target, ["TEXT", "IMAGE", "EMBEDDING", "VIDEO", "SPEECH"])
        try Self.check("byInferenceType", target, ["ON_DEMAND", "PROVISIONED", "INFERENCE_PROFILE"])
        var models = configuration.catalog.models.filter { listing.lists($0) }
        if let maker = target.parameter("byProvider")?.lowercased() {
            models = models.filter { $0.maker.lowercased() == maker }
        }
        if target.parameter("byCustomizationType") != nil { models = [] }
        if let modality = target.parameter("byOutputModality") {
            models = models.filter { $0.outputModalities.contains { $0.rawValue == modality } }
        }
        if let type = target.parameter("byInferenceType") {
            models = models.filter { listing.inferenceTypes(of: $0).contains(type) }
        }
        return ["modelSummaries": .array(models.map { .object(listing.summary(of: $0)) })]
    }

    /// GetFoundationModel.
    func getModel(_ id: String, _ call: BedrockCall) throws(ServiceError) -> JSONValue {
        let listing = ModelListing(region: call.call.region)
        guard let facts = knownFacts(of: id), listing.lists(facts) else {
            throw ServiceError(
                .resourceNotFound, "Could not resolve the foundation model from the provided model identifier.")
        }
        return ["modelDetails": .object(listing.summary(of: facts))]
    }

    /// GetFoundationModelAvailability.
    func getAvailability(_ id: String, _ call: BedrockCall) throws(ServiceError) -> JSONValue {
        guard let facts = knownFacts(of: id) else {
            throw ServiceError(
                .resourceNotFound, "Could not resolve the foundation model from the provided model identifier.")
        }
        let isHere = ModelListing(region: call.call.region).lists(facts)
        return [
            "modelId": .string(facts.id), "agreementAvailability": ["status": "AVAILABLE"],
            "authorizationStatus": "AUTHORIZED", "entitlementAvailability": "AVAILABLE",
            "regionAvailability": isHere ? "AVAILABLE" : "NOT_AVAILABLE",
        ]
    }

    /// What is known of a model; nil for one that is not known.
    func knownFacts(of id: String) -> ModelFacts? {
        configuration.furtherFacts(ModelCatalog.baseID(of: id)) ?? configuration.catalog.facts(for: id)
    }

    /// Sees that a parameter of the query has one of its values.
    static func check(
        _ name: String, _ target: RequestTarget, _ values: [String]
    ) throws(ServiceError) {
        guard let value = target.parameter(name), !values.contains(value) else { return }
        throw .constraint(value: value, at: name, must: "satisfy enum value set: [\(values.joined(separator: ", "))]")
    }
}
