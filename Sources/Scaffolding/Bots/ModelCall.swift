package import ModelCatalog

/// How a bot calls a model from a region, and the smallest file of such a bot.
package struct ModelCall: Sendable {
    /// What is sent as the model id in the region by a bot that names no profile; nil where nothing works.
    package let upstreamID: String?
    /// Why nothing works; nil where something does.
    package let problem: ProfileResolutionError?
    /// A bot of the model, called in the region if that can be, else in the nearest way; nil where none can be.
    package let bot: BotScaffold?
    /// What was chosen for the bot, one sentence each without a full stop.
    package let notes: [String]

    /// Looks for the way to call a model.
    ///
    /// - Parameters:
    ///   - facts: The model.
    ///   - region: The region from which it is to be called; nil for that of bots that name none.
    ///   - placement: Where bots are placed that say nothing of it.
    ///   - catalog: What resolves ids.
    package init(of facts: ModelFacts, from region: String?, over placement: BotPlacement, catalog: ModelCatalog) {
        let wanted = BotPlacement(region: region ?? placement.region, profile: placement.profile)
        let choice = ProfileChoice(wanted.profile) ?? .auto
        do {
            upstreamID = try catalog.upstreamID(for: facts.id, profile: choice, in: wanted.region)
            problem = nil
        } catch {
            upstreamID = nil
            problem = error
        }
        let route = try? RouteChoice(
            for: BotRequest(modelID: facts.id), over: wanted, facts: facts, catalog: catalog)
        notes = route?.notes ?? []
        bot = route.flatMap { route in
            guard let name = BotNaming.names(for: facts.id).first else { return nil }
            let called = route.region ?? wanted.region
            return BotScaffold(
                name: name, modelID: facts.id, form: BotForm(of: facts.id, facts),
                region: called == placement.region ? nil : called, profile: route.profile,
                output: facts.kind == .video ? "s3://bucket/prefix" : nil)
        }
    }
}
