import Bedrock
import BotConfiguration
import ModelCatalog
import Scaffolding

/// The listings of several regions, model by model, with everything left out that cannot be meant.
///
/// A listing comes from outside: ids and regions that have not the form of such, entries above the bounds and
/// modalities that nobody knows are left out, and texts are cut at the length that facts may have.
package struct ModelListings: Sendable {
    /// The most entries of one listing that are looked at; a region lists about two hundred.
    package static let entryLimit = 5000
    /// The longest name of a model or a maker, in bytes.
    static let nameLimit = 128
    /// The most profiles of one model, and the most regions of one of its lists.
    static let profileLimit = 32
    static let regionLimit = 100

    /// The regions that were asked, sorted.
    package let regions: [String]
    /// By id.
    package private(set) var models: [String: ListedModel] = [:]
    /// How many entries were left out, because their id is none, or there are too many.
    package private(set) var ignoredCount = 0
    /// The profiles of a form that this program does not know, in order, at most ten.
    package private(set) var unknownProfiles: [String] = []

    package init(_ listings: [RegionListing]) {
        regions = listings.map(\.region).sorted()
        for listing in listings {
            for model in listing.models.prefix(Self.entryLimit) { add(model, in: listing.region) }
            for profile in listing.profiles.prefix(Self.entryLimit) { add(profile, in: listing.region) }
            ignoredCount += max(0, listing.models.count - Self.entryLimit)
            ignoredCount += max(0, listing.profiles.count - Self.entryLimit)
        }
        for id in models.keys {
            models[id]?.regions.sort()
            models[id]?.onDemandRegions.sort()
            models[id]?.profiles.sort { $0.id < $1.id }
        }
    }

    private mutating func add(_ entry: FoundationModel, in region: String) {
        guard Self.isModelID(entry.id), ModelCatalog.baseID(of: entry.id) == entry.id else {
            ignoredCount += 1
            return
        }
        var model = models[entry.id] ?? ListedModel(id: entry.id)
        guard !model.regions.contains(region) else { return }
        model.regions.append(region)
        model.name = model.name ?? Self.name(entry.name)
        model.maker = model.maker ?? Self.name(entry.provider)
        model.inputModalities = Self.union(model.inputModalities, entry.inputModalities)
        model.outputModalities = Self.union(model.outputModalities, entry.outputModalities)
        model.streams = entry.streams.map { $0 || model.streams == true } ?? model.streams
        let lifecycle = entry.lifecycle.flatMap(ModelLifecycle.init(rawValue:))
        model.lifecycle = model.lifecycle == .active ? .active : lifecycle ?? model.lifecycle
        if let day = entry.endOfLife, TextFormat.date.accepts(day) {
            model.endOfLife = max(model.endOfLife ?? day, day)
        }
        if entry.isOnDemand { model.onDemandRegions.append(region) }
        model.isProvisionedOnly = entry.inferenceTypes == ["PROVISIONED"]
        models[entry.id] = model
    }

    private mutating func add(_ entry: ListedInferenceProfile, in region: String) {
        let id = ModelCatalog.baseID(of: entry.id)
        guard Self.isModelID(entry.id), Self.isModelID(id) else {
            ignoredCount += 1
            return
        }
        guard id != entry.id, entry.modelIDs == [id] else {
            if !unknownProfiles.contains(entry.id), unknownProfiles.count < 10 { unknownProfiles.append(entry.id) }
            return
        }
        var model = models[id] ?? ListedModel(id: id)
        if !model.regions.contains(region) { model.regions.append(region) }
        model.isProvisionedOnly = false
        let index = model.profiles.firstIndex { $0.id == entry.id } ?? model.profiles.endIndex
        if index == model.profiles.endIndex {
            guard model.profiles.count < Self.profileLimit else { return }
            model.profiles.append(InferenceProfile(id: entry.id, sourceRegions: []))
        }
        let sources = Set(model.profiles[index].sourceRegions ?? []).union([region])
        model.profiles[index].sourceRegions = sources.sorted()
        // A global profile has all regions behind it; those of its ARNs are none of them.
        if !model.profiles[index].isGlobal {
            let routes = entry.routesTo.filter(TextFormat.region.accepts).prefix(Self.regionLimit)
            let all = Set(model.profiles[index].routesTo ?? []).union(routes).sorted().prefix(Self.regionLimit)
            model.profiles[index].routesTo = all.isEmpty ? nil : Array(all)
        }
        models[id] = model
    }

    private static func isModelID(_ id: String) -> Bool {
        id.utf8.count <= 256 && !ModelCatalog.isARN(id) && FactsScaffold.canDescribe(id)
    }

    /// A name as it may be kept: without anything but spaces that cannot be seen, and not too long.
    private static func name(_ text: String?) -> String? {
        guard let text else { return nil }
        var result = ""
        for scalar in text.unicodeScalars {
            let category = scalar.properties.generalCategory
            guard ![.control, .format, .lineSeparator, .paragraphSeparator, .privateUse].contains(category) else {
                continue
            }
            guard result.utf8.count + 4 <= nameLimit else { break }
            result.unicodeScalars.append(scalar)
        }
        return result.allSatisfy(\.isWhitespace) ? nil : result
    }

    private static func union(_ known: [Modality], _ listed: [String]) -> [Modality] {
        let all = Set(known).union(listed.prefix(20).compactMap(Modality.init(rawValue:)))
        return Modality.allCases.filter(all.contains)
    }
}
