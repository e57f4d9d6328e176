import Bedrock
import BotConfiguration
import FileAccess
import ModelCatalog
import Scaffolding

extension OnboardWork {
    /// The facts on the model: those of the catalogs, or new ones for the project's own.
    mutating func findFacts(_ access: ModelAccessSurvey?) throws {
        let id = run.wish.bot.modelID
        begin("facts")
        let catalog = loadCatalog()
        let known = catalog.facts(for: id)
        let nearest = known == nil ? catalog.closestID(to: id) : nil
        guard known != nil || FactsScaffold.canDescribe(id) else {
            throw CommandFailure.noModelID(id, in: catalog)
        }
        if let nearest { try confirm(id, isMeantAndNot: nearest) }
        if let known, !run.wish.hasFacts {
            let source = catalog.overlay(for: id)?.file
            end(.done, "\(known.summary) (\(source ?? "botctl's catalog"))")
            return
        }
        var facts = run.wish.facts
        facts.purpose = known != nil ? .correction : Self.isOwnProfile(id) ? .ownProfile : .newModel
        guard facts.purpose != .ownProfile || !run.wish.isLive || run.wish.hasFacts else {
            end(.noted, "an inference profile of your account: no catalog knows what it calls")
            return
        }
        if known == nil, let access { facts.take(access) }
        let file = try factsFile(facts)
        report.files.append(file)
        switch facts.purpose {
        case .correction: end(.done, "\(file.path) goes over the catalog")
        case .ownProfile:
            end(.noted, "an inference profile of your account: with \(file.path) the simulator can play it")
        case .newModel:
            let lines = ["its limits and prices are not known; complete the file as they become so"]
            end(
                .noted, "in no catalog: \(file.path) says that it exists",
                lines: (nearest.map { ["nearest in the catalog: \($0)"] } ?? []) + lines)
        }
    }

    /// Whether an id is that of something that only an account knows, rather than of a foundation model.
    private static func isOwnProfile(_ id: String) -> Bool {
        id.hasPrefix("arn:") && !ModelCatalog.baseID(of: id).contains(".")
    }

    /// Asks a person whether an id that looks like a slip is meant.
    private mutating func confirm(_ id: String, isMeantAndNot nearest: String) throws {
        let terminal = run.context.terminal
        // Another number is another version, which is what a new model looks like.
        let isOtherVersion = id.filter { !$0.isNumber } == nearest.filter { !$0.isNumber }
        guard !run.wish.assumesYes, !run.wish.isDryRun, !isOtherVersion else { return }
        guard terminal.canAsk else {
            throw CommandFailure(
                .refused, "no catalog knows \(id), and nobody is here to confirm it; nothing was written",
                hint: "did you mean '\(nearest)'? If not, pass --yes")
        }
        progress.clear()
        guard terminal.confirms("no catalog knows \(id); the nearest is \(nearest). Go on with the new one?") else {
            throw CommandFailure(
                .refused, "not confirmed; nothing was written", hint: "run 'botctl onboard \(nearest)' for the other")
        }
        // A person's time is not the step's.
        begin("facts")
    }

    private func factsFile(_ facts: FactsScaffold) throws -> ScaffoldedFile {
        let files = run.context.files
        let names = (run.wish.bot.name.map { [$0] } ?? []) + BotNaming.names(for: facts.id)
        for name in names where TextFormat.botName.accepts(name) {
            let paths = ["yaml", "yml"].map { "\(run.location.root)/catalog.d/\(name).\($0)" }
            guard paths.allSatisfy({ files.kind(of: $0) == nil }) else { continue }
            return facts.file(named: name, in: run.location.root)
        }
        throw CommandFailure(
            .invalidConfiguration, "the facts on \(facts.id) find no file of their own in catalog.d",
            hint: "write them into one of the files that are there")
    }
}

extension FactsScaffold {
    /// Takes what a region's control plane tells of the model.
    fileprivate mutating func take(_ access: ModelAccessSurvey) {
        let modalities = ["text", "image", "video", "speech", "audio"]
        provider = access.model?.provider
        displayName = displayName ?? access.model?.name
        inputModalities = (access.model?.inputModalities ?? []).map { $0.lowercased() }.filter(modalities.contains)
        streams = access.model?.streams
        if access.model?.isOnDemand == true { onDemandRegions = [access.region] }
        let listed = access.profiles.filter { $0.id.hasSuffix(".\(id)") }
        if !listed.isEmpty { profiles = listed.map { Profile(id: $0.id, sourceRegions: [access.region]) } }
    }
}

extension ModelFacts {
    /// The model in a line: name, limits, what it takes beside text.
    fileprivate var summary: String {
        var parts: [String] = []
        if let contextTokens { parts.append("\(Self.tokens(contextTokens)) context") }
        if let maxOutputTokens { parts.append("\(Self.tokens(maxOutputTokens)) answer") }
        if capabilities.vision == true { parts.append("images") }
        if capabilities.tools == true { parts.append("tools") }
        let name = displayName.hasPrefix(provider) ? displayName : "\(provider) \(displayName)"
        return parts.isEmpty ? name : "\(name): \(parts.joined(separator: ", "))"
    }

    /// A number of tokens in round figures: `200k`, `1M`.
    private static func tokens(_ count: Int) -> String {
        switch count {
        case 1_000_000...: count % 1_000_000 < 100_000 ? "\(count / 1_000_000)M" : "\(count / 100_000 * 100)k"
        case 1000...: "\(count / 1000)k"
        default: "\(count)"
        }
    }
}
