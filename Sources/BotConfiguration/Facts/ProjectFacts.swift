package import Diagnostics
package import ModelCatalog

/// What a project's `catalog.d` says of models.
package struct ProjectFacts: Sendable {
    /// What is said of one model.
    struct Entry: Sendable {
        let overlay: ModelFactsOverlay
        /// The values as they were written, each with its origin.
        let values: ConfigObject
        /// Where the id was written.
        let origin: Origin
    }

    /// By model id.
    private(set) var entries: [String: Entry] = [:]

    /// Adds what is said of a model; false when something is said of it already.
    mutating func add(_ entry: Entry) -> Bool {
        guard entries[entry.overlay.id] == nil else { return false }
        entries[entry.overlay.id] = entry
        return true
    }

    /// What is said of a model, for an id in any of the forms that ``ModelCatalog/facts(for:)`` takes.
    func entry(for id: String) -> Entry? { entries.isEmpty ? nil : entries[ModelCatalog.baseID(of: id)] }

    /// Where the facts about a model were written; nil for a model without any.
    package func place(of id: String) -> SourceLocation? { entry(for: id)?.origin.location }

    /// What is said of a model: the keys in the order of the alphabet, the id aside.
    package func keys(of id: String) -> [String] {
        (entry(for: id)?.values.fields ?? [:]).filter { $0.key != "id" && $0.value.value != .reset }.map(\.key).sorted()
    }

    /// The facts as a catalog takes them, sorted by id.
    package var overlays: [ModelFactsOverlay] {
        entries.values.map(\.overlay).sorted { $0.id < $1.id }
    }
}
