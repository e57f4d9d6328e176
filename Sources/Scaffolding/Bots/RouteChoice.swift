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
    /// nearest that can: one of the same geography, where there is one. `global` comes last, since with it data may
    /// leave the geography.
    ///
    /// - Parameters:
    ///   - request: The bot that is wanted.
    ///   - region: The region that lies beneath.
    ///   - profile: The profile that lies beneath.
    ///   - facts: What is known of the model.
    ///   - catalog: What resolves ids.
    /// - Throws: ``ScaffoldRefusal`` when the model serves no chat bot, or cannot be called as it is wanted.
    init(
        for request: BotRequest, region: String, profile: String, facts: ModelFacts?, catalog: ModelCatalog
    ) throws(ScaffoldRefusal) {
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
            guard request.region == nil, request.profile == nil else { throw ScaffoldRefusal(error) }
            try choose(error, from: region)
            let chosen: ProfileChoice = self.profile == nil ? choice : .prefix("global")
            do {
                upstreamID = try catalog.upstreamID(for: request.modelID, profile: chosen, in: self.region ?? region)
            } catch {
                throw ScaffoldRefusal(error)
            }
        }
    }

    private mutating func choose(_ error: ProfileResolutionError, from region: String) throws(ScaffoldRefusal) {
        let geography = region.prefix { $0 != "-" } + "-"
        let working = error.workingRegions
        if let near = working.first(where: { $0.hasPrefix(geography) }) ?? working.first {
            self.region = near
            notes.append("called in \(near), as \(region) does not have the model")
        } else if error.globalProfileWorks {
            profile = "global"
            notes.append("called through its global profile, the only one from \(region): any region may answer")
        } else {
            throw ScaffoldRefusal(error)
        }
    }

    private static func checkKind(_ facts: ModelFacts) throws(ScaffoldRefusal) {
        guard facts.kind != .text else { return }
        let makes: String =
            switch facts.kind {
            case .text: "text"
            case .image, .imageEdit: "images"
            case .video: "video"
            case .embedding: "embeddings"
            case .rerank: "rankings"
            case .speech: "speech"
            }
        throw ScaffoldRefusal(
            .model, "\(facts.id) does not chat: it makes \(makes)",
            hint: "'botctl catalog list --kind text' lists the models that chat")
    }
}

extension ScaffoldRefusal {
    /// Why a model cannot be called, with what would work.
    init(_ error: ProfileResolutionError) {
        var ways: [String] = []
        if !error.workingRegions.isEmpty {
            ways.append("regions that work: \(error.workingRegions.joined(separator: ", "))")
        }
        let prefixes = error.workingPrefixes.isEmpty ? error.availablePrefixes : error.workingPrefixes
        if !prefixes.isEmpty { ways.append("profiles: \(prefixes.joined(separator: ", "))") }
        self.init(.model, error.description, hint: ways.isEmpty ? nil : ways.joined(separator: "; "))
    }
}
