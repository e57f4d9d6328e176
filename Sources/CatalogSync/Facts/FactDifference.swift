import ModelCatalog

/// Something that a listing tells otherwise than the catalog.
package struct FactDifference: Hashable, Sendable {
    /// What the catalog says; nil where it says nothing.
    package let known: ListedFact?
    /// What stands in the catalog once the listing is believed.
    package let listed: ListedFact
    /// The file of `catalog.d` whose own value wins over the listing; nil where nothing does.
    package var keptBy: String?

    /// What is different, in words: `lifecycle: active -> legacy`.
    package var text: String {
        switch (known, listed) {
        case (.onDemandRegions(let old)?, .onDemandRegions(let new)):
            "on demand: \(Self.changes(from: old, to: new))"
        case (nil, .onDemandRegions(let new)): "on demand: \(Self.changes(from: [], to: new))"
        case (.inferenceProfiles(let old)?, .inferenceProfiles(let new)):
            "profiles: \(Self.changes(from: old, to: new))"
        case (nil, .inferenceProfiles(let new)): "profiles: \(Self.changes(from: [], to: new))"
        default: "\(listed.key): \(known.map(Self.words) ?? "not known") -> \(Self.words(listed))"
        }
    }

    private static func words(_ fact: ListedFact) -> String {
        switch fact {
        case .maker(let text), .displayName(let text), .deprecationDate(let text): text
        case .inputModalities(let modalities), .outputModalities(let modalities):
            modalities.words.joined(separator: ", ")
        case .streaming(let flag): flag ? "yes" : "no"
        case .kind, .lifecycle, .onDemandRegions, .inferenceProfiles: fact.source
        }
    }

    /// `+ a, b, - c`.
    private static func changes(from old: [String], to new: [String]) -> String {
        let added = new.filter { !old.contains($0) }
        let removed = old.filter { !new.contains($0) }
        return [("+", added), ("-", removed)].filter { !$1.isEmpty }
            .map { "\($0) \($1.joined(separator: ", "))" }.joined(separator: "; ")
    }

    private static func changes(from old: [InferenceProfile], to new: [InferenceProfile]) -> String {
        var parts: [String] = []
        for profile in new {
            guard let before = old.first(where: { $0.id == profile.id }) else {
                let from = (profile.sourceRegions ?? []).joined(separator: ", ")
                parts.append("+ \(profile.id) from \(from)" + routes(of: profile))
                continue
            }
            let sources = changes(from: before.sourceRegions ?? [], to: profile.sourceRegions ?? [])
            let routes = changes(from: before.routesTo ?? [], to: profile.routesTo ?? [])
            let found = [("callable from", sources), ("answered in", routes)].filter { !$1.isEmpty }
            if !found.isEmpty {
                parts.append("\(profile.id) " + found.map { "\($0) \($1)" }.joined(separator: ", "))
            }
        }
        parts += old.filter { profile in !new.contains { $0.id == profile.id } }.map { "- \($0.id)" }
        return parts.joined(separator: "; ")
    }

    private static func routes(of profile: InferenceProfile) -> String {
        profile.routesTo.map { ", answered in \($0.joined(separator: ", "))" } ?? ""
    }
}
