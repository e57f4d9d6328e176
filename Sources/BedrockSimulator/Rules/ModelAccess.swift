import ModelCatalog

/// Decides which model an id names, and whether it may be called from a region.
struct ModelAccess {
    let catalog: ModelCatalog
    /// Facts that come before the catalog's, by bare id.
    let furtherFacts: @Sendable (String) -> ModelFacts?
    /// The profiles that accounts have made for themselves.
    let profiles: ApplicationProfiles
    let region: String

    /// The service's answer to an id that names no model, or none in the region.
    static let invalidIdentifier = ServiceError.validation("The provided model identifier is invalid.")

    /// The model that an id names.
    ///
    /// Ids of models whose regions the catalog does not know are taken everywhere, and so are bare ids in GovCloud,
    /// which its listing does not cover.
    ///
    /// - Parameters:
    ///   - id: A model id, an inference profile's id, or the ARN of either.
    ///   - kinds: What the operation serves; Converse serves text alone.
    /// - Returns: What the catalog knows of the model.
    /// - Throws: ``ServiceError`` in the service's words: no such model here, not callable by its bare id, or none
    ///   that the operation serves.
    func facts(for id: String, kinds: Set<ModelKind> = [.text]) throws(ServiceError) -> ModelFacts {
        let id = profiles.profile(id, in: region)?.target ?? id
        let known = furtherFacts(ModelCatalog.baseID(of: id)) ?? catalog.facts(for: id)
        guard let facts = known, facts.runtime != false else { throw Self.invalidIdentifier }
        if let prefix = ModelCatalog.profilePrefix(of: id) {
            guard isCallable(facts.inferenceProfile(prefix: prefix)) else { throw Self.invalidIdentifier }
        } else {
            try checkBareID(id, of: facts)
        }
        guard kinds.contains(facts.kind) else {
            throw .validation(
                "This action doesn't support the model that you provided. Try again with a supported text or chat "
                    + "model.")
        }
        return facts
    }

    private func isCallable(_ profile: InferenceProfile?) -> Bool {
        guard let profile else { return false }
        return profile.sourceRegions?.contains(region) ?? true
    }

    private func checkBareID(_ id: String, of facts: ModelFacts) throws(ServiceError) {
        guard facts.listed, !region.hasPrefix("us-gov-"), !facts.onDemandRegions.contains(region) else { return }
        guard facts.inferenceProfiles.contains(where: { $0.sourceRegions?.contains(region) == true }) else {
            throw Self.invalidIdentifier
        }
        throw .validation(
            "Invocation of model ID \(id) with on-demand throughput isn\u{2019}t supported. Retry your request with "
                + "the ID or ARN of an inference profile that contains this model.")
    }
}
