package import AWSClient
import JSONCoding
import NIOCore

/// The control plane of Amazon Bedrock in one region, as far as bots need it: it tells, and changes nothing.
///
/// Written after the API's reference and tested against servers that follow it; it has not met the service itself.
package struct BedrockControlPlane: Sendable {
    /// The longest answer that is read, in bytes; the listing of a region has about 200 kB.
    private static let answerLimitInBytes = 8 << 20
    /// How many pages of a listing are read; a thousand entries each.
    private static let pageLimit = 20

    /// The region that is asked.
    package let region: String
    private let client: AWSClient
    private let endpoint: AWSEndpoint
    private let timeout: Duration

    /// Makes the way to a region's control plane.
    ///
    /// - Parameters:
    ///   - client: Signs and sends.
    ///   - endpoint: Where the service is reached.
    ///   - region: The region of the signature.
    ///   - timeout: How long one answer may take.
    package init(client: AWSClient, endpoint: AWSEndpoint, region: String, timeout: Duration = .seconds(10)) {
        self.client = client
        self.endpoint = endpoint
        self.region = region
        self.timeout = timeout
    }

    /// The models that the region lists.
    ///
    /// - Throws: ``ControlPlaneError``, `CancellationError`.
    package func foundationModels() async throws -> [FoundationModel] {
        let operation = "ListFoundationModels"
        guard let entries = try await get("/foundation-models", operation)["modelSummaries"]?.array else {
            throw ControlPlaneError(.unreadable, operation, "the answer lists no models")
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
                throw ControlPlaneError(.unreadable, operation, "the answer lists no inference profiles")
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
}

// MARK: - Asking

extension BedrockControlPlane {
    private func get(_ path: String, _ operation: String) async throws -> JSONValue {
        try await withThrowingTaskGroup(of: JSONValue.self) { group in
            group.addTask { try await answer(to: path, operation) }
            group.addTask { [timeout] in
                try await Task.sleep(for: timeout)
                throw ControlPlaneError(.unreachable, operation, "no answer within \(timeout)")
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    private func answer(to path: String, _ operation: String) async throws -> JSONValue {
        do {
            let response = try await client.send(
                AWSRequest(method: "GET", path: path, headers: [(name: "accept", value: "application/json")]),
                to: endpoint, service: .bedrock, region: region)
            guard response.status == 200 else { throw ControlPlaneError(try await response.readError(), operation) }
            var bytes: [UInt8] = []
            for try await piece in response.body {
                guard bytes.count + piece.readableBytes <= Self.answerLimitInBytes else {
                    throw ControlPlaneError(.unreadable, operation, "the answer is too long")
                }
                bytes.append(contentsOf: piece.readableBytesView)
            }
            return try JSONParser.parse(bytes)
        } catch let error as AWSTransportError {
            throw ControlPlaneError(.unreachable, operation, error.description)
        } catch let error as AWSCredentialError {
            throw ControlPlaneError(.credentials, operation, error.description)
        } catch let error as JSONError {
            throw ControlPlaneError(.unreadable, operation, "the answer is \(error)")
        }
    }
}
