/// What a project says of one model over what the binary knows: only what is said replaces.
///
/// Lists and scalars replace; capabilities, prices and reasoning are laid over member by member. A nil says nothing.
package struct ModelFactsOverlay: Sendable, Hashable {
    /// The foundation model id without a profile prefix.
    package let id: String
    package var maker: String?
    package var displayName: String?
    package var kind: ModelKind?
    package var lifecycle: ModelLifecycle?
    package var runtime: Bool?
    package var inputModalities: [Modality]?
    package var outputModalities: [Modality]?
    package var contextTokens: Int?
    package var maxOutputTokens: Int?
    package var minOutputTokens: Int?
    package var capabilities = ModelCapabilities()
    package var reasoning: ReasoningFacts?
    package var prices = ModelPrices()
    package var regions: [String]?
    package var onDemandRegions: [String]?
    package var inferenceProfiles: [InferenceProfile]?
    package var profileOnly: Bool?
    package var deprecationDate: String?
    package var invokeFamily: InvokeFamily?
    package var promptCacheMinTokens: Int?
    /// The file that says it, as people read its name; nil for facts that came with a stored form.
    package var file: String?

    /// An overlay that says nothing of a model but that it exists.
    package init(id: String) { self.id = id }
}

extension ModelFactsOverlay {
    /// The facts of a model with this overlay on them.
    ///
    /// A model of which a region is given, be it a profile's, counts as listed on `bedrock-runtime`: its id is resolved
    /// for a region like that of any other. A model without any is not, and its id is sent as it is. Laid over twice
    /// it gives the same facts as once.
    ///
    /// - Parameter base: The facts beneath; of the same id.
    /// - Returns: The facts.
    package func applied(to base: ModelFacts) -> ModelFacts {
        var facts = base
        facts.maker = maker ?? facts.maker
        facts.displayName = displayName ?? facts.displayName
        facts.kind = kind ?? facts.kind
        facts.lifecycle = lifecycle ?? facts.lifecycle
        facts.inputModalities = inputModalities ?? facts.inputModalities
        facts.outputModalities = outputModalities ?? facts.outputModalities
        facts.contextTokens = contextTokens ?? facts.contextTokens
        facts.maxOutputTokens = maxOutputTokens ?? facts.maxOutputTokens
        facts.minOutputTokens = minOutputTokens ?? facts.minOutputTokens
        facts.capabilities = facts.capabilities.overlaid(by: capabilities)
        if let reasoning { facts.reasoning = facts.reasoning?.overlaid(by: reasoning) ?? reasoning }
        facts.prices = facts.prices.overlaid(by: prices)
        facts.profileOnly = profileOnly ?? facts.profileOnly
        facts.deprecationDate = deprecationDate ?? facts.deprecationDate
        facts.invokeFamily = invokeFamily ?? facts.invokeFamily ?? InvokeFamily(ofModel: facts.id, kind: facts.kind)
        facts.promptCacheMinTokens = promptCacheMinTokens ?? facts.promptCacheMinTokens
        applyRoutes(to: &facts)
        facts.runtime = runtime ?? facts.runtime
        return facts
    }

    private func applyRoutes(to facts: inout ModelFacts) {
        facts.inferenceProfiles = inferenceProfiles ?? facts.inferenceProfiles
        let givesRegions = inferenceProfiles?.contains { $0.sourceRegions != nil } ?? false
        guard regions != nil || onDemandRegions != nil || givesRegions else { return }
        facts.listed = true
        facts.runtime = true
        // A profile of which nothing more is said goes wherever the model does.
        if let regions, inferenceProfiles != nil, !givesRegions, onDemandRegions == nil {
            for index in facts.inferenceProfiles.indices where facts.inferenceProfiles[index].sourceRegions == nil {
                facts.inferenceProfiles[index].sourceRegions = regions.sorted()
            }
        }
        if let onDemandRegions {
            facts.onDemandRegions = onDemandRegions.sorted()
        } else if let regions, profileOnly != true, facts.inferenceProfiles.isEmpty {
            facts.onDemandRegions = regions.sorted()
        }
        let routed = facts.onDemandRegions + facts.inferenceProfiles.flatMap { $0.sourceRegions ?? [] }
        facts.regions = Set((regions ?? facts.regions) + routed).sorted()
    }
}
