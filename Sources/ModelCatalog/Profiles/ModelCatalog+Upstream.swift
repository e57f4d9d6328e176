extension ModelCatalog {
    /// The id to send to the service for a model in a region.
    ///
    /// Ids that the catalog does not know, and models of which it knows no regions, are taken as they are: they may be
    /// newer than the catalog. The same holds for ARNs, and in GovCloud, which the listing does not cover.
    ///
    /// - Parameters:
    ///   - id: A model id, with or without a profile prefix (which then says the same as a choice of that prefix), or
    ///     an ARN.
    ///   - profile: The profile that the configuration asks for.
    ///   - region: The region of the call.
    /// - Returns: The bare id, a profile's id, or the application profile.
    /// - Throws: ``ProfileResolutionError`` when the catalog knows that no id would be accepted.
    package func upstreamID(
        for id: String, profile: ProfileChoice, in region: String
    ) throws(ProfileResolutionError) -> String {
        let base = Self.baseID(of: id)
        let written = Self.profilePrefix(of: id)
        if let contradiction = contradiction(in: id, written: written, chosen: profile) {
            throw failure(contradiction, modelID: base, region: region, workingRegions: [])
        }
        if case .application(let application) = profile { return application }
        if Self.isARN(id) { return id }

        let prefix: String? = if case .prefix(let chosen) = profile { chosen } else { written }
        guard let facts = facts(for: base) else { return prefix.map { "\($0).\(base)" } ?? base }
        if facts.runtime == false {
            throw failure(.notServedByRuntime, modelID: base, region: region, workingRegions: [])
        }
        if let prefix { return try profileID(of: facts, prefix: prefix, region: region) }
        guard facts.listed, !region.hasPrefix("us-gov-") else {
            let governmentProfile = region.hasPrefix("us-gov-") ? facts.inferenceProfile(prefix: "us-gov") : nil
            return profile == .auto ? governmentProfile?.id ?? base : base
        }
        if facts.onDemandRegions.contains(region) { return base }
        if profile == .none {
            throw failure(.notOnDemand, modelID: base, region: region, workingRegions: facts.onDemandRegions)
        }
        let geographic = facts.inferenceProfiles.filter { !$0.isGlobal }
        if let profile = geographic.first(where: { $0.sourceRegions?.contains(region) == true }) { return profile.id }
        let regions = Set(facts.onDemandRegions).union(geographic.flatMap { $0.sourceRegions ?? [] })
        throw failure(.notInRegion, modelID: base, region: region, workingRegions: regions.sorted())
    }

    private func contradiction(
        in id: String, written: String?, chosen: ProfileChoice
    ) -> ProfileResolutionError.Reason? {
        switch chosen {
        case .auto, .application: nil
        case .none: written.map { .contradictingChoice(written: $0, chosen: chosen) }
        case .prefix(let prefix):
            if Self.isARN(id) || (written ?? prefix) != prefix {
                .contradictingChoice(written: written ?? id, chosen: chosen)
            } else {
                nil
            }
        }
    }

    private func profileID(
        of facts: ModelFacts, prefix: String, region: String
    ) throws(ProfileResolutionError) -> String {
        guard let profile = facts.inferenceProfile(prefix: prefix) else {
            guard facts.listed else { return "\(prefix).\(facts.id)" }
            throw failure(.noSuchProfile(prefix: prefix), modelID: facts.id, region: region, workingRegions: [])
        }
        guard let sources = profile.sourceRegions, !sources.contains(region) else { return profile.id }
        throw failure(
            .profileNotInRegion(profileID: profile.id), modelID: facts.id, region: region, workingRegions: sources)
    }

    private func failure(
        _ reason: ProfileResolutionError.Reason, modelID: String, region: String, workingRegions: [String]
    ) -> ProfileResolutionError {
        let profiles = facts(for: modelID)?.inferenceProfiles ?? []
        return ProfileResolutionError(
            reason: reason, modelID: modelID, region: region, workingRegions: workingRegions.sorted(),
            workingPrefixes: profiles.filter { $0.sourceRegions?.contains(region) == true }.map(\.prefix).sorted(),
            availablePrefixes: profiles.map(\.prefix).sorted())
    }
}
