package import AWSClient
import JSONCoding

/// The control plane of Amazon Bedrock in one region, as far as bots need it: it tells, and changes nothing.
///
/// Written after the API's reference and tested against servers that follow it; it has not met the service itself.
package struct BedrockControlPlane: Sendable {
    /// How many pages of a listing are read; a thousand entries each.
    private static let pageLimit = 20

    /// The region that is asked.
    package var region: String { exchange.region }
    private let exchange: ControlPlaneExchange
    private let timeout: Duration

    /// Makes the way to a region's control plane.
    ///
    /// - Parameters:
    ///   - client: Signs and sends.
    ///   - endpoint: Where the service is reached.
    ///   - region: The region of the signature.
    ///   - timeout: How long one answer may take.
    package init(client: AWSClient, endpoint: AWSEndpoint, region: String, timeout: Duration = .seconds(10)) {
        exchange = ControlPlaneExchange(client: client, endpoint: endpoint, service: .bedrock, region: region)
        self.timeout = timeout
    }

    /// The models that the region lists.
    ///
    /// - Throws: ``ControlPlaneError``, `CancellationError`.
    package func foundationModels() async throws -> [FoundationModel] {
        let operation = "ListFoundationModels"
        guard let entries = try await get("/foundation-models", operation)["modelSummaries"]?.array else {
            throw ControlPlaneError(.unreadable, .bedrock, operation, "the answer lists no models")
        }
        return entries.compactMap(FoundationModel.init)
    }

    /// The profiles of the service's own that may be called from the region.
    ///
    /// - Throws: ``ControlPlaneError``, `CancellationError`.
    package func inferenceProfiles() async throws -> [ListedInferenceProfile] {
        let operation = "ListInferenceProfiles"
        var profiles: [ListedInferenceProfile] = []
        var token: String?
        for _ in 0..<Self.pageLimit {
            let page = token.map { "&nextToken=\(AWSRequest.pathSegment($0))" } ?? ""
            let answer = try await get("/inference-profiles?maxResults=1000\(page)&type=SYSTEM_DEFINED", operation)
            guard let entries = answer["inferenceProfileSummaries"]?.array else {
                throw ControlPlaneError(.unreadable, .bedrock, operation, "the answer lists no inference profiles")
            }
            profiles += entries.compactMap(ListedInferenceProfile.init)
            guard let next = answer["nextToken"]?.string, !next.isEmpty, next != token else { return profiles }
            token = next
        }
        return profiles
    }

    /// Whether the account may call a model in the region.
    ///
    /// - Parameter modelID: The id of a model without a profile's prefix.
    /// - Returns: What the service says.
    /// - Throws: ``ControlPlaneError``, `CancellationError`.
    package func availability(of modelID: String) async throws -> ModelAvailability {
        ModelAvailability(
            try await get(
                "/foundation-model-availability/\(AWSRequest.pathSegment(modelID))", "GetFoundationModelAvailability"))
    }

    /// What an inference profile stands for: one of the service's own, or one that an account made for itself.
    ///
    /// Source: Amazon Bedrock API Reference, GetInferenceProfile.
    ///
    /// - Parameter id: The profile's id or ARN.
    /// - Returns: The profile with the models behind it.
    /// - Throws: ``ControlPlaneError``, also for an answer that names no profile or no model; `CancellationError`.
    package func inferenceProfile(_ id: String) async throws -> ListedInferenceProfile {
        let operation = "GetInferenceProfile"
        let answer = try await get("/inference-profiles/\(AWSRequest.pathSegment(id))", operation)
        guard let profile = ListedInferenceProfile(answer), !profile.modelIDs.isEmpty else {
            throw ControlPlaneError(.unreadable, .bedrock, operation, "the answer names no model")
        }
        return profile
    }

    private func get(_ path: String, _ operation: String) async throws -> JSONValue {
        let request = AWSRequest(method: "GET", path: path, headers: [(name: "accept", value: "application/json")])
        return try await exchange.within(timeout, operation) { try await exchange.answer(to: request, operation) }
    }
}
