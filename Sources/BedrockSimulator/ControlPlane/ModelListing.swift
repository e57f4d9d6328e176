import JSONCoding
import ModelCatalog

/// How the control plane of a region tells of models.
struct ModelListing: Sendable {
    let region: String

    /// Whether the region's listing has the model; one whose regions are not known is listed everywhere.
    func lists(_ model: ModelFacts) -> Bool {
        model.runtime != false && (!model.listed || model.regions.isEmpty || model.regions.contains(region))
            && (model.listed || isOfProject(model))
    }

    /// A model that no snapshot lists but that a project has written down for its own use.
    private func isOfProject(_ model: ModelFacts) -> Bool { ModelCatalog.embedded.facts(for: model.id) == nil }

    /// In which ways the model can be called.
    func inferenceTypes(of model: ModelFacts) -> [String] {
        var types: [String] = []
        if !model.listed || model.onDemandRegions.contains(region) { types.append("ON_DEMAND") }
        if !profiles(of: model).isEmpty { types.append("INFERENCE_PROFILE") }
        return types
    }

    /// A model as ListFoundationModels tells it.
    func summary(of model: ModelFacts) -> JSONObject {
        let inputs = model.inputModalities.isEmpty ? [Modality.text] : model.inputModalities
        let outputs = model.outputModalities.isEmpty ? [Modality.text] : model.outputModalities
        return [
            "modelArn": .string(arn(of: model)), "modelId": .string(model.id),
            "modelName": .string(model.displayName), "providerName": .string(model.maker),
            "inputModalities": .array(inputs.map { .string($0.rawValue) }),
            "outputModalities": .array(outputs.map { .string($0.rawValue) }),
            "responseStreamingSupported": .bool(model.capabilities.streaming ?? (model.kind == .text)),
            "customizationsSupported": [],
            "inferenceTypesSupported": .array(inferenceTypes(of: model).map { .string($0) }),
            "modelLifecycle": ["status": .string((model.lifecycle ?? .active).rawValue)],
        ]
    }

    /// The profiles of a model that can be used from the region, as ListInferenceProfiles tells them.
    func profiles(of model: ModelFacts) -> [JSONObject] {
        model.inferenceProfiles.filter { $0.sourceRegions?.contains(region) ?? false }.map { profile in
            let destinations = profile.routesTo ?? [region]
            let arn = "arn:aws:bedrock:\(region):\(BedrockFace.account):inference-profile/\(profile.id)"
            return [
                "inferenceProfileName": .string("\(profile.prefix.uppercased()) \(model.displayName)"),
                "description": .string("Routes requests to \(model.displayName) in \(destinations.count) regions."),
                "createdAt": "2025-01-01T00:00:00Z", "updatedAt": "2025-01-01T00:00:00Z",
                "inferenceProfileArn": .string(arn), "inferenceProfileId": .string(profile.id),
                "models": .array(destinations.map { ["modelArn": .string(self.arn(of: model, in: $0))] }),
                "status": "ACTIVE", "type": "SYSTEM_DEFINED",
            ]
        }
    }

    /// The ARN of a model in the region.
    func arn(of model: ModelFacts) -> String { arn(of: model, in: region) }

    private func arn(of model: ModelFacts, in region: String) -> String {
        "arn:aws:bedrock:\(region)::foundation-model/\(model.id)"
    }
}
