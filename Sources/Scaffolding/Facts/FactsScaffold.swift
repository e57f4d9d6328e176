import BotConfiguration
package import ModelCatalog

/// The smallest file of facts on a model that is in no catalog: that it exists, and what is known of it.
package struct FactsScaffold: Hashable, Sendable {
    /// Why a project has facts of its own.
    package enum Purpose: Hashable, Sendable {
        /// The model is in no catalog.
        case newModel
        /// The binary's catalog knows the model, and something of it wrongly or not at all.
        case correction
        /// The id is that of an inference profile of an account, which no catalog can know.
        case ownProfile
    }

    /// The foundation model's id, without a profile's prefix.
    package let id: String
    /// Why the file is there, which its first line tells.
    package var purpose = Purpose.newModel
    /// What the model makes; nothing is written of one that chats.
    package var kind = ModelKind.text
    /// Who makes the model; nil for what other ids with the same beginning say.
    package var maker: String?
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
            comment,
            "id: \(YAMLText.scalar(id))",
        ]
        if kind != .text { lines.append("kind: \(kind.configurationName)") }
        if let maker { lines.append("maker: \(YAMLText.scalar(maker))") }
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

    private var comment: String {
        switch purpose {
        case .newModel: "# What this project knows of a model that is not yet in botctl's catalog."
        case .correction: "# What this project says of a model in place of botctl's catalog."
        case .ownProfile: "# An inference profile of an AWS account, for the simulator to play it."
        }
    }

    /// Whether an id is one that a model can have, so that facts can be told of it: a maker and a name, or an ARN.
    package static func canDescribe(_ id: String) -> Bool {
        let base = ModelCatalog.baseID(of: id)
        let hasMaker = base.firstIndex(of: ".").map { $0 != base.startIndex && base.index(after: $0) != base.endIndex }
        // Source: Amazon Bedrock API reference, Converse, modelId.
        let isWritable = base.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-.:_".utf8.contains(byte)
        }
        return isWritable && TextFormat.modelID.accepts(id) && (ModelCatalog.isARN(id) || hasMaker == true)
    }

    private func list(_ words: [String]) -> String {
        "[\(words.map(YAMLText.scalar).joined(separator: ", "))]"
    }
}
