package import JSONCoding

/// An inference profile that may be called from a region.
///
/// Source: Amazon Bedrock API Reference, InferenceProfileSummary.
package struct ListedInferenceProfile: Hashable, Sendable {
    /// The id: `us.amazon.nova-micro-v1:0`.
    package var id: String
    /// The name that its maker gave it; nil where none is told.
    package var name: String?
    /// `ACTIVE`, the one status that the service knows.
    package var status: String?
    /// The ids of the models behind it, each once, in the order of the listing.
    package var modelIDs: [String]
    /// The regions that may answer, each once, in the order of the listing; empty for a profile that names none.
    package var routesTo: [String]

    package init(
        id: String, name: String? = nil, status: String? = "ACTIVE", modelIDs: [String] = [], routesTo: [String] = []
    ) {
        self.id = id
        self.name = name
        self.status = status
        self.modelIDs = modelIDs
        self.routesTo = routesTo
    }

    /// The profile of an entry of the listing; nil when it has no id.
    package init?(_ value: JSONValue) {
        guard let id = value["inferenceProfileId"]?.string, !id.isEmpty else { return nil }
        self.init(id: id, name: value["inferenceProfileName"]?.string, status: value["status"]?.string)
        for arn in (value["models"]?.array ?? []).compactMap({ $0["modelArn"]?.string }) {
            // arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0
            let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            guard parts.count == 6, let slash = parts[5].firstIndex(of: "/") else { continue }
            let model = String(parts[5][parts[5].index(after: slash)...])
            let region = String(parts[3])
            if !modelIDs.contains(model) { modelIDs.append(model) }
            if !region.isEmpty, !routesTo.contains(region) { routesTo.append(region) }
        }
    }
}
