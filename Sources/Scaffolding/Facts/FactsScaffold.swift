import ModelCatalog

/// The smallest file of facts on a model that is in no catalog: that it exists, and what is known of it.
package struct FactsScaffold: Hashable, Sendable {
    /// The foundation model's id, without a profile's prefix.
    package let id: String
    /// Who makes the model; nil for what other ids with the same beginning say.
    package var provider: String?
    /// The model's name for people; nil for one that is made of the id.
    package var displayName: String?
    /// How long prompt and answer may be together, in tokens.
    package var contextTokens: Int?
    /// The longest answer, in tokens.
    package var maxOutputTokens: Int?
    /// What goes in, in the words of the configuration: `text`, `image`.
    package var inputModalities: [String] = []
    /// Whether answers come piece by piece.
    package var streams: Bool?
    /// The regions that take the bare id.
    package var onDemandRegions: [String] = []
    /// The inference profiles, each with the regions from which it is known to be callable.
    package var profiles: [Profile] = []

    /// An inference profile of the model.
    package struct Profile: Hashable, Sendable {
        /// The prefix and the model's id.
        package var id: String
        /// Where it may be called from; empty for anywhere that the configuration names its prefix.
        package var sourceRegions: [String]

        package init(id: String, sourceRegions: [String] = []) {
            self.id = id
            self.sourceRegions = sourceRegions
        }
    }

    /// Facts on the model that an id names, as far as the id itself tells them.
    ///
    /// - Parameter modelID: The id, with or without a profile's prefix, or an ARN. A prefix says that there is such a
    ///   profile.
    package init(modelID: String) {
        id = ModelCatalog.baseID(of: modelID)
        if let prefix = ModelCatalog.profilePrefix(of: modelID) { profiles = [Profile(id: "\(prefix).\(id)")] }
    }

    /// The file in `catalog.d`.
    ///
    /// - Parameters:
    ///   - name: The file's name without its ending.
    ///   - root: The project.
    /// - Returns: The file.
    package func file(named name: String, in root: String) -> ScaffoldedFile {
        var lines = [
            EditorSchema.facts.modeline(in: "catalog.d", of: root),
            "# What this project knows of a model that botctl's own catalog does not have yet.",
            "id: \(YAMLText.scalar(id))",
        ]
        if let provider { lines.append("provider: \(YAMLText.scalar(provider))") }
        if let displayName { lines.append("display_name: \(YAMLText.scalar(displayName))") }
        if let contextTokens { lines.append("context_tokens: \(contextTokens)") }
        if let maxOutputTokens { lines.append("max_output_tokens: \(maxOutputTokens)") }
        if !inputModalities.isEmpty { lines.append("input_modalities: \(list(inputModalities))") }
        if let streams { lines.append("capabilities: {streaming: \(streams)}") }
        if !onDemandRegions.isEmpty { lines.append("on_demand_regions: \(list(onDemandRegions))") }
        if !profiles.isEmpty {
            lines.append("inference_profiles:")
            for profile in profiles {
                let id = YAMLText.scalar(profile.id)
                let regions = profile.sourceRegions.isEmpty ? "" : ", source_regions: \(list(profile.sourceRegions))"
                lines.append("  - {id: \(id)\(regions)}")
            }
        }
        return ScaffoldedFile(path: "catalog.d/\(name).yaml", text: lines.joined(separator: "\n") + "\n")
    }

    private func list(_ words: [String]) -> String {
        "[\(words.map(YAMLText.scalar).joined(separator: ", "))]"
    }
}
