import BotConfiguration
import ModelCatalog

/// The region and profile that a new bot must write down, if any, so that its model can be called.
struct RouteChoice {
    /// What the file says of the region; nil where what lies beneath is right.
    private(set) var region: String?
    /// What the file says of the profile; nil where what lies beneath is right.
    private(set) var profile: String?
    /// What is sent as the model id.
    private(set) var upstreamID: String
    /// What was chosen for the person.
    private(set) var notes: [String] = []

    /// Chooses.
    ///
    /// What the request names is taken as it is. Else the region beneath is kept if it can call the model; if not, the
    /// nearest of the same geography that can. Where there is none, data leaves the geography in any case: `global`
    /// then keeps the region, and a region of another geography comes last.
    ///
    /// - Parameters:
    ///   - request: The bot that is wanted.
    ///   - placement: The region and profile that lie beneath.
    ///   - facts: What is known of the model.
    ///   - catalog: What resolves ids.
    /// - Throws: ``ScaffoldRefusal`` when the model serves no bot, or cannot be called as it is wanted.
    init(
        for request: BotRequest, over placement: BotPlacement, facts: ModelFacts?, catalog: ModelCatalog
    ) throws(ScaffoldRefusal) {
        let (region, profile) = (placement.region, placement.profile)
        if let facts { try Self.checkKind(facts) }
        let wished = request.profile ?? profile
        guard let choice = ProfileChoice(wished) else {
            throw ScaffoldRefusal(
                .model, "'\(wished)' is no inference profile",
                hint: "auto, none, \(ModelCatalog.profilePrefixes.joined(separator: ", ")), or an application profile")
        }
        upstreamID = request.modelID
        if let wished = request.region, wished != region { self.region = wished }
        if request.profile != nil, wished != profile { self.profile = wished }
        do {
            upstreamID = try catalog.upstreamID(for: request.modelID, profile: choice, in: request.region ?? region)
        } catch {
            guard request.region == nil, request.profile == nil else { throw ScaffoldRefusal(error, in: catalog) }
            try choose(error, from: region, catalog)
            let chosen: ProfileChoice = self.profile == nil ? choice : .prefix("global")
            do {
                upstreamID = try catalog.upstreamID(for: request.modelID, profile: chosen, in: self.region ?? region)
            } catch {
                throw ScaffoldRefusal(error, in: catalog)
            }
        }
    }

    private mutating func choose(
        _ error: ProfileResolutionError, from region: String, _ catalog: ModelCatalog
    ) throws(ScaffoldRefusal) {
        let working = error.workingRegions
        if let near = Self.nearest(to: region, among: working) {
            self.region = near
            notes.append("called in \(near), as \(region) does not have the model")
        } else if error.globalProfileWorks {
            profile = "global"
            notes.append(
                "called through its global profile, as no region near \(region) has the model: any region may answer")
        } else if let far = working.first {
            self.region = far
            notes.append(
                "called in \(far), another geography, as neither a region near \(region) nor a global profile has the "
                    + "model")
        } else {
            throw ScaffoldRefusal(error, in: catalog)
        }
    }

    /// The region of the same geography whose name has most in common; of equal ones the first by name.
    private static func nearest(to region: String, among regions: [String]) -> String? {
        func common(_ other: String) -> Int { zip(region, other).prefix { $0 == $1 }.count }
        let geography = geography(of: region)
        return regions.filter { Self.geography(of: $0) == geography }.sorted()
            .max { common($0) < common($1) || (common($0) == common($1) && $0 > $1) }
    }

    /// The part of the world that a region is in; Canada and Mexico are near to the United States.
    private static func geography(of region: String) -> String {
        let start = String(region.prefix { $0 != "-" })
        if region.hasPrefix("us-gov-") || region.hasPrefix("us-iso") { return String(region.prefix(6)) }
        switch start {
        case "us", "ca", "mx": return "north america"
        case "me", "il": return "middle east"
        default: return start
        }
    }

    private static func checkKind(_ facts: ModelFacts) throws(ScaffoldRefusal) {
        switch facts.kind {
        case .text: return
        case .image, .imageEdit, .video:
            guard !BotForm(of: facts.id, facts).isKnown(facts) else { return }
            throw ScaffoldRefusal(
                .model, "nobody knows how to ask \(facts.id): it \(facts.kind.deed) in a way of its own",
                hint: "'botctl catalog list' shows other models")
        case .embedding, .rerank, .speech:
            throw ScaffoldRefusal(
                .model, "\(facts.id) serves no bot: it \(facts.kind.deed)",
                hint: "'botctl catalog list --kind text' lists the models that chat")
        }
    }
}

extension ScaffoldRefusal {
    /// Why a model cannot be called, with what would work.
    init(_ error: ProfileResolutionError, in catalog: ModelCatalog) {
        var ways: [String] = []
        if error.reason == .notServedByRuntime, let other = catalog.callableRelative(of: error.modelID) {
            ways.append("'\(other)' can be called")
        }
        if !error.workingRegions.isEmpty {
            ways.append("regions that work: \(error.workingRegions.joined(separator: ", "))")
        }
        let prefixes = error.workingPrefixes.isEmpty ? error.availablePrefixes : error.workingPrefixes
        if !prefixes.isEmpty { ways.append("profiles: \(prefixes.joined(separator: ", "))") }
        self.init(.model, error.description, hint: ways.isEmpty ? nil : ways.joined(separator: "; "))
    }
}
