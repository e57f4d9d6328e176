package import Bedrock

/// What the control plane of one region lists.
package struct RegionListing: Hashable, Sendable {
    /// The region that was asked.
    package var region: String
    package var models: [FoundationModel]
    /// The profiles that may be called from the region.
    package var profiles: [ListedInferenceProfile]

    package init(region: String, models: [FoundationModel], profiles: [ListedInferenceProfile] = []) {
        self.region = region
        self.models = models
        self.profiles = profiles
    }

    /// Asks a region's control plane for both of its listings.
    ///
    /// - Throws: ``CatalogSyncError`` when it does not answer, and when it lists nothing: a region without models is
    ///   one that was not really asked. `CancellationError`.
    package init(from controlPlane: BedrockControlPlane) async throws {
        let region = controlPlane.region
        do {
            let models = try await controlPlane.foundationModels()
            guard !models.isEmpty else { throw CatalogSyncError.nothingListed(region: region) }
            self.init(region: region, models: models, profiles: try await controlPlane.inferenceProfiles())
        } catch let error as ControlPlaneError {
            throw CatalogSyncError(error, region: region)
        }
    }

    /// Asks several regions at once.
    ///
    /// - Parameter controlPlanes: Whom to ask, a region each.
    /// - Returns: The listings in the order of the regions' names.
    /// - Throws: As ``init(from:)``, for the first region that fails.
    package static func all(from controlPlanes: [BedrockControlPlane]) async throws -> [RegionListing] {
        try await withThrowingTaskGroup(of: RegionListing.self) { group in
            for controlPlane in controlPlanes { group.addTask { try await RegionListing(from: controlPlane) } }
            var listings: [RegionListing] = []
            for try await listing in group { listings.append(listing) }
            return listings.sorted { $0.region < $1.region }
        }
    }
}
