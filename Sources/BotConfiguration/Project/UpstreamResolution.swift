import Diagnostics
import ModelCatalog
import Suggestions

/// Finds the id to send upstream for a bot's model, in its region and in each that it fails over to.
struct UpstreamResolution {
    let root: ConfigObject
    /// The bot's file.
    let file: String
    let catalog: ModelCatalog

    /// The upstream ids by region.
    ///
    /// - Parameters:
    ///   - id: The model's id as the layers say it.
    ///   - region: The bot's region.
    /// - Returns: The ids of the regions from which the model can be called, and why it cannot be from the others;
    ///   without an id for the bot's own region, the others are not looked at.
    func upstreamIDs(of id: String, in region: String) -> (ids: [String: String], problems: [Diagnostic]) {
        // Only Bedrock has other names for a model in other regions.
        guard ModelReference.Provider(of: root) == .bedrock else { return ([region: id], []) }
        let written = root.text("model", "profile") ?? "auto"
        guard let choice = ProfileChoice(written) else { return ([:], [unknownProfile(written)]) }
        var ids: [String: String] = [:]
        do throws(ProfileResolutionError) {
            ids[region] = try catalog.upstreamID(for: id, profile: choice, in: region)
            if let mismatch = regionMismatch(id, choice, region, at: nil) { return ([:], [mismatch]) }
        } catch {
            return ([:], [problem(error, at: place(of: error))])
        }
        var problems: [Diagnostic] = []
        for node in failoverRegions {
            guard case .text(let region) = node.value, ids[region] == nil else { continue }
            do throws(ProfileResolutionError) {
                ids[region] = try catalog.upstreamID(for: id, profile: choice, in: region)
                if let mismatch = regionMismatch(id, choice, region, at: node) { problems.append(mismatch) }
            } catch {
                problems.append(problem(error, at: node))
            }
        }
        return (ids, problems)
    }

    private var failoverRegions: [ConfigNode] {
        if case .list(let nodes)? = root.node("model", "failover_regions")?.value { nodes } else { [] }
    }

    private func node(_ key: String) -> ConfigNode? {
        root.node("model", key).flatMap { $0.value.isReset ? nil : $0 }
    }

    private func unknownProfile(_ written: String) -> Diagnostic {
        let words = ["auto", "none"] + ModelCatalog.profilePrefixes
        var help = "valid here: \(words.joined(separator: ", ")), or an application profile's id or ARN"
        if let meant = Spelling.closest(to: written, among: words) { help = "did you mean '\(meant)'?" }
        return Diagnostic(
            .unknownChoice, "'\(written)' is no inference profile", at: node("profile")?.origin.location, file: file,
            help: [help])
    }

    /// The problem with an ARN of another region: it is answered only in the one that it names.
    ///
    /// Source: Bedrock API reference, Converse, `modelId`.
    private func regionMismatch(
        _ id: String, _ choice: ProfileChoice, _ region: String, at place: ConfigNode?
    ) -> Diagnostic? {
        let arn = if case .application(let application) = choice { application } else { id }
        guard arn.hasPrefix("arn:") else { return nil }
        let parts = arn.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, !parts[3].isEmpty, parts[3] != region else { return nil }
        let place = place ?? strongest([node("region"), node("profile"), node("id")])
        if let unknown = unknownRegion(region, meantAmong: [String(parts[3])], at: place) { return unknown }
        return Diagnostic(
            .noRouteToModel, "the ARN is one of \(parts[3]), and the region is \(region)", at: place?.origin.location,
            file: file, help: ["an ARN works in its own region only"])
    }

    /// Where the person has to look: the strongest layer that has a say, because it is the one that broke what was
    /// right beneath.
    private func place(of error: ProfileResolutionError) -> ConfigNode? {
        switch error.reason {
        case .notServedByRuntime: node("id")
        case .contradictingChoice: strongest([node("profile"), node("id")])
        case .notOnDemand, .notInRegion, .noSuchProfile, .profileNotInRegion:
            strongest([node("profile"), node("region"), node("id")])
        }
    }

    /// The node of the strongest layer, the first one of several.
    private func strongest(_ nodes: [ConfigNode?]) -> ConfigNode? {
        nodes.compactMap(\.self).reduce(nil) { best, node in
            guard let best, best.origin.layer >= node.origin.layer else { return node }
            return best
        }
    }

    private func problem(_ error: ProfileResolutionError, at place: ConfigNode?) -> Diagnostic {
        if error.reason == .notServedByRuntime { return otherEndpoint(error.modelID, at: place) }
        if let unknown = unknownRegion(error.region, meantAmong: error.workingRegions, at: place) {
            return unknown
        }
        return Diagnostic(
            .noRouteToModel, error.description, at: place?.origin.location, file: file,
            help: UpstreamHelp(root: root, catalog: catalog).help(with: error), notes: notes(on: error, at: place))
    }

    /// Where the other layers say what the error is about: one place of several is not enough to see it.
    private func notes(on error: ProfileResolutionError, at place: ConfigNode?) -> [Diagnostic.Note] {
        let keys = [
            ("id", "the model is named here"), ("profile", "the profile is chosen here"),
            ("region", "the region is set here"),
        ]
        return keys.compactMap { key, note in
            guard let node = node(key), let place, node.origin.layer != place.origin.layer else { return nil }
            // A failover region has its own place.
            if key == "region", node.value != .text(error.region) { return nil }
            return Diagnostic.Note(note, at: node.origin.location)
        }
    }

    /// The problem with a region that no model is known to be in; nil for one that exists.
    ///
    /// What is meant is looked for among the regions that the model can be called from, then among all.
    private func unknownRegion(
        _ region: String, meantAmong regions: [String], at place: ConfigNode?
    ) -> Diagnostic? {
        func isKnown(_ model: ModelFacts) -> Bool {
            model.regions.contains(region) || model.onDemandRegions.contains(region)
        }
        // The listing does not cover GovCloud.
        guard !region.hasPrefix("us-gov-"), !catalog.models.contains(where: isKnown),
            let meant = Spelling.closest(to: region, among: regions)
                ?? Spelling.closest(to: region, among: Set(catalog.models.flatMap(\.regions)))
        else { return nil }
        let place = place?.value == .text(region) ? place : node("region") ?? place
        return Diagnostic(
            .noRouteToModel, "the catalog knows no region '\(region)'", at: place?.origin.location, file: file,
            help: ["did you mean '\(meant)'?"])
    }

    private func otherEndpoint(_ id: String, at place: ConfigNode?) -> Diagnostic {
        let sibling = catalog.models.first { model in
            model.runtime != false && model.kind == .text && model.id != id
                && (model.id.hasPrefix(id) || id.hasPrefix(model.id))
        }
        return Diagnostic(
            .otherEndpoint,
            "'\(id)' is only on bedrock-mantle, another endpoint than the bedrock-runtime that is called",
            at: place?.origin.location, file: file,
            help: [sibling.map { "bedrock-runtime has '\($0.id)'" } ?? "choose a model that bedrock-runtime serves"])
    }
}
