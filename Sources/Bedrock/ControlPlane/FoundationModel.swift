package import JSONCoding

/// A model as a region lists it.
///
/// Source: Amazon Bedrock API Reference, FoundationModelSummary.
package struct FoundationModel: Hashable, Sendable {
    /// The id without a profile's prefix: `amazon.nova-micro-v1:0`.
    package var id: String
    /// The model's name for people; nil when the service gives none.
    package var name: String?
    /// Who made the model, for people.
    package var provider: String?
    /// What goes in: `TEXT`, `IMAGE` and others.
    package var inputModalities: [String]
    /// What comes out.
    package var outputModalities: [String]
    /// Whether answers come piece by piece.
    package var streams: Bool?
    /// The ways to call it: `ON_DEMAND`, `PROVISIONED`, `INFERENCE_PROFILE`.
    package var inferenceTypes: [String]
    /// `ACTIVE`, or `LEGACY` for one that is closed to new accounts.
    package var lifecycle: String?
    /// The day on which the model's life ends, as an ISO 8601 date; nil where the service tells none.
    package var endOfLife: String?

    package init(
        id: String, name: String? = nil, provider: String? = nil, inputModalities: [String] = [],
        outputModalities: [String] = [], streams: Bool? = nil, inferenceTypes: [String] = [], lifecycle: String? = nil,
        endOfLife: String? = nil
    ) {
        self.id = id
        self.name = name
        self.provider = provider
        self.inputModalities = inputModalities
        self.outputModalities = outputModalities
        self.streams = streams
        self.inferenceTypes = inferenceTypes
        self.lifecycle = lifecycle
        self.endOfLife = endOfLife
    }

    /// The model of an entry of the listing; nil when it has no id.
    ///
    /// Members that are not known are ignored.
    package init?(_ value: JSONValue) {
        guard let id = value["modelId"]?.string, !id.isEmpty else { return nil }
        self.init(
            id: id, name: value["modelName"]?.string, provider: value["providerName"]?.string,
            inputModalities: value["inputModalities"].strings, outputModalities: value["outputModalities"].strings,
            streams: value["responseStreamingSupported"]?.bool,
            inferenceTypes: value["inferenceTypesSupported"].strings,
            lifecycle: value["modelLifecycle"]?["status"]?.string,
            endOfLife: (value["modelLifecycle"]?["endOfLifeTime"]?.string).map { String($0.prefix(10)) })
    }

    /// Whether the bare id may be called.
    package var isOnDemand: Bool { inferenceTypes.contains("ON_DEMAND") }

    /// Whether the model is on its way out: accounts that did not use it before may be refused.
    package var isLegacy: Bool { lifecycle == "LEGACY" }
}

extension JSONValue? {
    /// The texts of a list; what is no text is left out.
    fileprivate var strings: [String] { (self?.array ?? []).compactMap(\.string) }
}
