private import JSONCoding

/// Facts about models, by id.
package struct ModelCatalog: Sendable {
    /// Every model, sorted by id.
    package let models: [ModelFacts]
    /// The day of the snapshot that the models come from, as an ISO 8601 date; nil when it is not known.
    package let snapshotDate: String?
    /// What a project says of models over the snapshot, by id.
    package let overlays: [String: ModelFactsOverlay]

    /// The positions of the models by id.
    private let positions: [String: Int]
    private let formsIndex = ModelFormsIndex()

    /// The forms of ``models`` in which they are looked for, in the same order.
    var forms: [ModelForms] { formsIndex.forms(of: models) }

    /// A catalog of these models; of models with one id the last counts.
    package init(models: some Sequence<ModelFacts>, snapshotDate: String? = nil) {
        self.init(models: models, snapshotDate: snapshotDate, overlays: [:])
    }

    private init(
        models: some Sequence<ModelFacts>, snapshotDate: String?, overlays: [String: ModelFactsOverlay]
    ) {
        var byID: [String: ModelFacts] = [:]
        for model in models { byID[model.id] = model }
        let sorted = byID.values.sorted { $0.id < $1.id }
        self.models = sorted
        self.snapshotDate = snapshotDate
        self.overlays = overlays
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
    package static let embedded = readEmbeddedCatalog()

    private static func readEmbeddedCatalog() -> ModelCatalog {
        let text = UnsafeBufferPointer(
            start: embeddedModelsText.utf8Start, count: embeddedModelsText.utf8CodeUnitCount)
        // A test counts the models; a catalog without any makes every model an unknown one.
        let root = try? JSONParser.parse(text)
        return ModelCatalog(
            models: root?["models"]?.array?.compactMap(ModelFacts.init) ?? [], snapshotDate: root?["generated"]?.string)
    }
}

// MARK: - Facts of a project

extension ModelCatalog {
    /// This catalog with a project's own facts over it; of overlays on one id the last counts.
    package func adding(_ overlays: some Collection<ModelFactsOverlay>) -> ModelCatalog {
        guard !overlays.isEmpty else { return self }
        return ModelCatalog(
            models: models + overlays.map { facts(withOverlay: $0) }, snapshotDate: snapshotDate,
            overlays: self.overlays.merging(overlays.map { ($0.id, $0) }) { $1 })
    }

    /// The facts about the model of an overlay: what this catalog knows of it, with the overlay on that.
    package func facts(withOverlay overlay: ModelFactsOverlay) -> ModelFacts {
        let base =
            positions[overlay.id].map { models[$0] }
            ?? ModelFacts(
                id: overlay.id, maker: makerName(of: overlay.id),
                displayName: Self.displayName(of: overlay.id), kind: .text)
        return overlay.applied(to: base)
    }

    /// What a project says of a model, or nil when it says nothing; for an id in any of the forms that ``facts(for:)``
    /// takes.
    package func overlay(for id: String) -> ModelFactsOverlay? { overlays[Self.baseID(of: id)] }

    /// Who makes the models whose ids begin like this one: the name that the catalog has for them, else the beginning.
    private func makerName(of id: String) -> String {
        let beginning = id.prefix { $0 != "." }
        guard beginning.count < id.count else { return "unknown" }
        return models.first { $0.id.hasPrefix(beginning + ".") }?.maker ?? String(beginning)
    }

    /// A name for people, made of an id: `acme.rocket-2-lite-v1:0` is `Rocket 2 Lite`.
    private static func displayName(of id: String) -> String {
        let name = ModelName.withoutVersion(id.drop { $0 != "." }.dropFirst())
        let words = (name.isEmpty ? id[...] : name).split { $0 == "-" || $0 == "_" }
        return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }
}
