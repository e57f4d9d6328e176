import BotConfiguration
import ModelCatalog
import Scaffolding

/// How a model is called from a region, and the bot file that does.
struct ModelCallView {
    let facts: ModelFacts
    let catalog: ModelCatalog
    let region: String

    /// What a bot with `profile: auto` sends in the region; nil where nothing works.
    var upstreamID: String? { try? catalog.upstreamID(for: facts.id, profile: .auto, in: region) }

    /// The ways to call it, and what to do where there is none.
    var lines: [String] {
        let routes = facts.routes(from: region)
        var lines = routes.map(line)
        if upstreamID == nil {
            lines += problem
        } else if routes.isEmpty {
            lines.append("\(upstreamID ?? facts.id), sent as it is: its regions are not known")
        }
        return lines
    }

    private func line(_ route: ModelRoute) -> String {
        let isChosen = facts.kind == .text && route.upstreamID == upstreamID
        let mark = isChosen ? " (what a bot sends that names no profile)" : ""
        guard let profile = route.profile else { return "\(route.upstreamID), on demand\(mark)" }
        if profile.isGlobal {
            return "\(route.upstreamID), answered in any commercial region (with 'profile: global' only)"
        }
        let regions = profile.routesTo.map { "answered in \($0.joined(separator: ", "))" } ?? "a profile"
        return "\(route.upstreamID)\(mark), \(regions)"
    }

    private var problem: [String] {
        do {
            _ = try catalog.upstreamID(for: facts.id, profile: .auto, in: region)
            return []
        } catch {
            guard error.reason != .notServedByRuntime else { return ["not at all: bedrock-runtime does not serve it"] }
            let regions = error.workingRegions.joined(separator: ", ")
            if error.globalProfileWorks {
                return regions.isEmpty ? [] : ["a bot that names no profile needs another region: \(regions)"]
            }
            let refusal = "not by its bare id, nor by a profile of its geography"
            return regions.isEmpty ? [refusal] : [refusal, "regions that work: \(regions)"]
        }
    }

    /// The smallest bot file of the model: its path, and its one line.
    var bot: (file: String, line: String)? {
        guard facts.kind == .text, let model = model, let name = BotNaming.names(for: facts.id).first else {
            return nil
        }
        return ("bots.d/\(name).yaml", "model: \(model)")
    }

    /// What stands after `model:`; with a region or profile where the one of the page does not serve it.
    private var model: String? {
        if upstreamID != nil {
            return region == BotSchema.defaultRegion ? facts.id : "{id: \"\(facts.id)\", region: \(region)}"
        }
        let geography = region.prefix { $0 != "-" } + "-"
        let working = workingRegions
        if let near = working.first(where: { $0.hasPrefix(geography) }) {
            return "{id: \"\(facts.id)\", region: \(near)}"
        }
        if facts.routes(from: region).contains(where: { $0.profile?.isGlobal == true }) {
            let place = region == BotSchema.defaultRegion ? "" : ", region: \(region)"
            return "{id: \"\(facts.id)\"\(place), profile: global}"
        }
        return working.first.map { "{id: \"\(facts.id)\", region: \($0)}" }
    }

    private var workingRegions: [String] {
        do {
            _ = try catalog.upstreamID(for: facts.id, profile: .auto, in: region)
            return []
        } catch {
            return error.reason == .notServedByRuntime ? [] : error.workingRegions
        }
    }
}
