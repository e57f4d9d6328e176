package import JSONCoding
package import ModelCatalog
import Scaffolding

/// One thing that a listing tells of a model, as a file of `catalog.d` says it.
package enum ListedFact: Hashable, Sendable {
    case maker(String)
    case displayName(String)
    case kind(ModelKind)
    case lifecycle(ModelLifecycle)
    /// An ISO 8601 date.
    case deprecationDate(String)
    case inputModalities([Modality])
    case outputModalities([Modality])
    case streaming(Bool)
    case onDemandRegions([String])
    case inferenceProfiles([InferenceProfile])

    /// Where it stands in a model's facts.
    package var path: [String] {
        switch self {
        case .maker: ["maker"]
        case .displayName: ["display_name"]
        case .kind: ["kind"]
        case .lifecycle: ["lifecycle"]
        case .deprecationDate: ["deprecation_date"]
        case .inputModalities: ["input_modalities"]
        case .outputModalities: ["output_modalities"]
        case .streaming: ["capabilities", "streaming"]
        case .onDemandRegions: ["on_demand_regions"]
        case .inferenceProfiles: ["inference_profiles"]
        }
    }

    /// The path with dots.
    package var key: String { path.joined(separator: ".") }

    /// The value on one line of YAML.
    var source: String { source(breakingWith: " ") }

    /// The value as YAML, with each profile on a line of its own.
    ///
    /// - Parameter indent: The columns before each of those lines.
    /// - Returns: The source.
    func source(indent: Int) -> String { source(breakingWith: "\n" + String(repeating: " ", count: indent)) }

    private func source(breakingWith gap: String) -> String {
        switch self {
        case .maker(let text), .displayName(let text), .deprecationDate(let text): YAMLText.scalar(text)
        case .kind(let kind): kind.configurationName
        case .lifecycle(let lifecycle): lifecycle.rawValue.lowercased()
        case .inputModalities(let modalities), .outputModalities(let modalities): list(modalities.words)
        case .streaming(let flag): "\(flag)"
        case .onDemandRegions(let regions): list(regions)
        case .inferenceProfiles(let profiles) where profiles.isEmpty: "[]"
        case .inferenceProfiles(let profiles):
            "[" + profiles.map { (gap == " " ? "" : gap) + source(of: $0) }.joined(separator: gap == " " ? ", " : ",")
                + "]"
        }
    }

    private func source(of profile: InferenceProfile) -> String {
        var parts = ["id: \(YAMLText.scalar(profile.id))"]
        if let sources = profile.sourceRegions { parts.append("source_regions: \(list(sources))") }
        if let routes = profile.routesTo { parts.append("routes_to: \(list(routes))") }
        return "{\(parts.joined(separator: ", "))}"
    }

    private func list(_ words: [String]) -> String {
        "[\(words.map(YAMLText.scalar).joined(separator: ", "))]"
    }

    /// Whether an overlay says something in this place.
    func isSaid(by overlay: ModelFactsOverlay) -> Bool {
        switch self {
        case .maker: overlay.maker != nil
        case .displayName: overlay.displayName != nil
        case .kind: overlay.kind != nil
        case .lifecycle: overlay.lifecycle != nil
        case .deprecationDate: overlay.deprecationDate != nil
        case .inputModalities: overlay.inputModalities != nil
        case .outputModalities: overlay.outputModalities != nil
        case .streaming: overlay.capabilities.streaming != nil
        case .onDemandRegions: overlay.onDemandRegions != nil || overlay.regions != nil || overlay.profileOnly == true
        case .inferenceProfiles: overlay.inferenceProfiles != nil || overlay.regions != nil
        }
    }

    /// The value for scripts.
    package var json: JSONValue {
        func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
        switch self {
        case .maker(let text), .displayName(let text), .deprecationDate(let text): return .string(text)
        case .kind(let kind): return .string(kind.configurationName)
        case .lifecycle(let lifecycle): return .string(lifecycle.rawValue.lowercased())
        case .inputModalities(let modalities), .outputModalities(let modalities): return strings(modalities.words)
        case .streaming(let flag): return .bool(flag)
        case .onDemandRegions(let regions): return strings(regions)
        case .inferenceProfiles(let profiles):
            return .array(
                profiles.map { profile in
                    var object: JSONObject = ["id": .string(profile.id)]
                    object["source_regions"] = profile.sourceRegions.map(strings)
                    object["routes_to"] = profile.routesTo.map(strings)
                    return .object(object)
                })
        }
    }
}

extension [Modality] {
    /// The words of the configuration for them.
    var words: [String] { map { $0.rawValue.lowercased() } }
}

extension ListedModel {
    /// Everything that a file about a model has to say that no catalog knows.
    package var allFacts: [ListedFact] {
        var facts: [ListedFact] = []
        if let maker { facts.append(.maker(maker)) }
        if let name { facts.append(.displayName(name)) }
        if kind != .text { facts.append(.kind(kind)) }
        if let lifecycle { facts.append(.lifecycle(lifecycle)) }
        if let endOfLife { facts.append(.deprecationDate(endOfLife)) }
        if !inputModalities.isEmpty { facts.append(.inputModalities(inputModalities)) }
        if !outputModalities.isEmpty { facts.append(.outputModalities(outputModalities)) }
        if let streams { facts.append(.streaming(streams)) }
        facts.append(.onDemandRegions(onDemandRegions))
        if !profiles.isEmpty { facts.append(.inferenceProfiles(profiles)) }
        return facts
    }
}
