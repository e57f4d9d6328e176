import Bedrock
import BotConfiguration
import FileAccess
import ModelCatalog
import Scaffolding

extension OnboardingWork {
    /// The facts on the model: those of the catalogs, or new ones for the project's own.
    mutating func findFacts(
        _ access: ModelAccessSurvey?, _ onEvent: Listener, confirm: ((PossibleSlip) -> Bool)?
    ) throws {
        let id = request.bot.modelID
        begin(.facts, onEvent)
        let catalog = loadCatalog()
        let known = catalog.facts(for: id)
        guard known != nil || FactsScaffold.canDescribe(id) else { throw ScaffoldRefusal.noModelID(id, in: catalog) }
        if known == nil, catalog.facts(for: id.lowercased()) != nil {
            throw ScaffoldRefusal(
                .model, "'\(id)' is no model id: ids are written in lower case",
                hint: "did you mean '\(id.lowercased())'?")
        }
        if known == nil, let slip = PossibleSlip(id, in: catalog) { try settle(slip, confirm) }
        if let known, !request.hasFacts {
            let warning = dependencies.today.flatMap { known.reasonToPassOver(today: $0) }
            return end(.known(known, file: catalog.overlay(for: id)?.file, warning: warning), onEvent)
        }
        var facts = request.facts
        let relative = catalog.relatives(of: id).first?.kind ?? .text
        let takesAfterRelative = known == nil && request.bot.kind == nil && relative != .text
        if known == nil { facts.kind = request.bot.kind?.modelKind ?? relative }
        facts.purpose = known != nil ? .correction : Self.isOwnProfile(id) ? .ownProfile : .newModel
        guard facts.purpose != .ownProfile || !request.isLive || request.hasFacts else {
            return end(.ownProfile, onEvent)
        }
        if known == nil, let access { facts.take(access) }
        let file = try factsFile(facts)
        report.files.append(file)
        let nearest = facts.purpose == .newModel ? Self.nearest(to: id, in: catalog) : nil
        end(
            .described(
                file: file.path, facts.purpose, nearest: nearest, kind: takesAfterRelative ? relative : nil), onEvent)
    }

    /// Whether an id is that of something that only an account knows, rather than of a foundation model.
    private static func isOwnProfile(_ id: String) -> Bool {
        ModelCatalog.isARN(id) && !ModelCatalog.baseID(of: id).contains(".")
    }

    /// The model of the catalog that is most like a new one: the newest of its family, or one with a name like it.
    private static func nearest(to id: String, in catalog: ModelCatalog) -> String? {
        catalog.relatives(of: id).first?.id ?? catalog.closestID(to: id)
    }

    /// Sees that somebody means an id that looks like a slip; nothing can be regretted of a dry run.
    private mutating func settle(_ slip: PossibleSlip, _ confirm: ((PossibleSlip) -> Bool)?) throws {
        guard !request.assumesYes, !request.isDryRun else { return }
        guard let confirm else { throw OnboardingFailure.unconfirmed(slip) }
        guard outsideOfTime({ confirm(slip) }) else { throw OnboardingFailure.declined(slip) }
    }

    private func factsFile(_ facts: FactsScaffold) throws -> ScaffoldedFile {
        let names = (request.bot.name.map { [$0] } ?? []) + BotNaming.names(for: facts.id)
        for name in names where TextFormat.botName.accepts(name) {
            let paths = ["yaml", "yml"].map { "\(location.root)/catalog.d/\(name).\($0)" }
            guard paths.allSatisfy({ dependencies.files.kind(of: $0) == nil }) else { continue }
            return facts.file(named: name, in: location.root)
        }
        throw OnboardingFailure.noRoomForFacts(modelID: facts.id)
    }
}
