private import JSONCoding

/// Facts about models, by id.
package struct ModelCatalog: Sendable {
    /// Every model, sorted by id.
    package let models: [ModelFacts]

    /// The positions of the models by id.
    private let positions: [String: Int]

    /// A catalog of these models; of models with one id the last counts.
    package init(models: some Sequence<ModelFacts>) {
        var byID: [String: ModelFacts] = [:]
        for model in models { byID[model.id] = model }
        let sorted = byID.values.sorted { $0.id < $1.id }
        self.models = sorted
        positions = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.id, $0) })
    }

    /// The facts about a model.
    ///
    /// - Parameter id: A bare id, an id with a known profile prefix, or the ARN of a foundation model or of an
    ///   inference profile that AWS defines.
    /// - Returns: The facts, or nil for an id that the catalog does not know, which may well be a valid one: a newer
    ///   model, an imported one, an application profile.
    package func facts(for id: String) -> ModelFacts? {
        positions[Self.baseID(of: id)].map { models[$0] }
    }

    /// The catalog that the binary carries, read on first use.
    package static let embedded = ModelCatalog(models: readEmbeddedModels())

    private static func readEmbeddedModels() -> [ModelFacts] {
        let text = UnsafeBufferPointer(
            start: embeddedModelsText.utf8Start, count: embeddedModelsText.utf8CodeUnitCount)
        do {
            return try JSONParser.parse(text)["models"]?.array?.compactMap(ModelFacts.init) ?? []
        } catch {
            preconditionFailure("the embedded model catalog is no JSON: \(error)")
        }
    }
}
