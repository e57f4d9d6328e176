/// Which models a person wants to see; what is nil or empty lets every model pass.
package struct ModelFilter: Sendable, Hashable {
    /// Who makes the model: the name for people or the beginning of its ids, case and separators aside.
    package var maker: String?
    package var kind: ModelKind?
    /// A region from which the model can be called, by its bare id or a profile.
    package var region: String?
    /// What the model is known to be able to do, all of it.
    package var capabilities: Set<ModelCapability> = []
    /// Whether the bare id must be accepted: in ``region``, or anywhere.
    package var isOnDemand = false

    package init() {}

    /// Whether a model passes.
    package func accepts(_ model: ModelFacts) -> Bool {
        if let maker, !model.isMade(by: maker) { return false }
        if let kind, model.kind != kind { return false }
        if let region, model.routes(from: region).isEmpty { return false }
        if isOnDemand {
            let regions = model.runtime == false ? [] : model.onDemandRegions
            if region.map({ !regions.contains($0) }) ?? regions.isEmpty { return false }
        }
        return capabilities.allSatisfy { model.capabilities[$0] == true }
    }
}

extension ModelFacts {
    /// Whether a person who gives that name means the maker of this model.
    fileprivate func isMade(by name: String) -> Bool {
        let wanted = ModelName.normalized(name).filter { $0 != ModelName.separator }
        let names = [maker[...], id.prefix { $0 != "." }]
        return names.contains { ModelName.normalized($0).filter { $0 != ModelName.separator } == wanted }
    }
}

extension ModelCatalog {
    /// The models that pass a filter, sorted by id.
    package func models(matching filter: ModelFilter) -> [ModelFacts] { models.filter(filter.accepts) }

    /// The names of those who make the models, sorted.
    package var makers: [String] { Set(models.map(\.maker)).sorted() }

    /// Every region from which some model can be called, sorted.
    package var regions: [String] { Set(models.flatMap(\.callableRegions)).sorted() }
}
