/// One way to call a model from a region.
package struct ModelRoute: Sendable, Hashable {
    /// What is sent as the model id.
    package let upstreamID: String
    /// The inference profile, or nil for the bare id.
    package let profile: InferenceProfile?
}

extension ModelFacts {
    /// The ways to call the model from a region, in the order in which they are chosen: the bare id, the profile of the
    /// geography, `global`.
    ///
    /// - Parameter region: The region that is called.
    /// - Returns: The ways that the catalog knows; none for a model that `bedrock-runtime` does not serve, and for one
    ///   whose regions are not known.
    package func routes(from region: String) -> [ModelRoute] {
        guard runtime != false else { return [] }
        let bare = onDemandRegions.contains(region) ? [ModelRoute(upstreamID: id, profile: nil)] : []
        let profiles = inferenceProfiles.filter { $0.sourceRegions?.contains(region) == true }
        let ordered = profiles.filter { !$0.isGlobal } + profiles.filter(\.isGlobal)
        return bare + ordered.map { ModelRoute(upstreamID: $0.id, profile: $0) }
    }

    /// The regions from which the model can be called in some way, sorted.
    package var callableRegions: [String] {
        guard runtime != false else { return [] }
        return Set(onDemandRegions + inferenceProfiles.flatMap { $0.sourceRegions ?? [] }).sorted()
    }
}
