import Diagnostics
import JSONCoding
import ModelCatalog

/// Makes one bot of its merged layers: required values, facts, the stored form, and the config a gateway makes of it.
struct BotMaker {
    let name: String
    let file: ProjectSources.BotFile
    let catalog: ModelCatalog
    /// What the project itself says of models; part of the catalog already.
    let projectFacts: ProjectFacts
    /// The dotted paths of keys that were written, in the file or its template, and are wrong.
    let rejectedPaths: Set<String>
    private(set) var diagnostics: [Diagnostic] = []

    init(
        name: String, file: ProjectSources.BotFile, catalog: ModelCatalog, projectFacts: ProjectFacts,
        rejectedPaths: Set<String>
    ) {
        self.name = name
        self.file = file
        self.catalog = catalog
        self.projectFacts = projectFacts
        self.rejectedPaths = rejectedPaths
    }

    /// What a bot is to produce: what its file says, else what its model's facts say, else chat.
    static func kind(of layer: ConfigObject, _ catalog: ModelCatalog) -> BotKind {
        let values = ConfigReader(root: layer)
        if let word = values.text("kind"), let kind = BotKind(rawValue: word) { return kind }
        switch values.text("model", "id").flatMap({ catalog.facts(for: $0) })?.kind {
        case .image, .imageEdit: return .image
        case .video: return .video
        case .text, .embedding, .rerank, .speech, nil: return .chat
        }
    }

    /// The bot, or nil when something is wrong, which is then reported.
    mutating func make(_ effective: EffectiveConfig, template: String?) -> ProjectBot? {
        let root = effective.root
        var completeness = CompletenessCheck(
            file: file.name, filePlace: Origin(layer: .bot, text: file.text), rejectedPaths: rejectedPaths)
        completeness.check(root, BotSchema.bot)
        diagnostics += completeness.diagnostics
        guard !diagnostics.containsErrors else { return nil }
        let values = ConfigReader(root: root)
        // What is wrong with these would only be said again in other words.
        guard !rejectedPaths.contains(where: { $0 == "kind" || $0.hasPrefix("model") }) else { return nil }
        guard let id = values.text("model", "id"), let region = values.text("model", "region") else { return nil }
        let facts = catalog.facts(for: id)
        let kind = Self.kind(of: root, catalog)
        checkModelKind(kind, facts, root)
        guard !diagnostics.containsErrors else { return nil }
        let (upstreamIDs, problems) = UpstreamResolution(root: root, file: file.name, catalog: catalog)
            .upstreamIDs(of: id, in: region)
        diagnostics += problems
        let smoke = smokeCases(root)
        guard !diagnostics.containsErrors, let upstreamID = upstreamIDs[region] else { return nil }

        let baseID = ModelCatalog.baseID(of: id)
        let stored = StoredFormWriter.storedForm(
            of: root, kind: kind, region: region, upstreamIDs: upstreamIDs,
            baseID: ModelCatalog.baseID(of: upstreamID) == baseID ? nil : baseID,
            facts: projectFacts.entry(for: id)?.values)
        do {
            return ProjectBot(
                name: name, aliases: values.texts("aliases"), file: file.name,
                isEnabled: values.boolean("enabled") ?? true, renamedFrom: values.text("renamed_from"),
                template: template,
                config: try BotConfig(stored: stored, name: name, catalog: catalog), stored: stored,
                smoke: smoke.cases, storedSmoke: StoredFormWriter.storedForm(ofSmoke: smoke.nodes),
                effective: effective)
        } catch {
            diagnostics.append(
                Diagnostic(
                    .invalidFormat, "a gateway would refuse this bot: \(error.description)", at: nil, file: file.name))
            return nil
        }
    }
}

// MARK: - Smoke cases

extension BotMaker {
    private mutating func smokeCases(_ root: ConfigObject) -> (cases: [SmokeCase], nodes: [ConfigNode]) {
        guard case .list(let nodes)? = root.fields["smoke"]?.value else { return ([], []) }
        var cases: [SmokeCase] = []
        for node in nodes {
            guard let smokeCase = SmokeCase(node.value) else { continue }
            if cases.contains(where: { $0.name == smokeCase.name }) {
                diagnostics.append(
                    Diagnostic(
                        .duplicateName, "two smoke cases are named '\(smokeCase.name)'", at: node.origin.location,
                        help: ["give every case of a bot its own name"]))
            }
            cases.append(smokeCase)
        }
        return (cases, nodes)
    }
}

// MARK: - Facts

extension BotMaker {
    private mutating func checkModelKind(_ kind: BotKind, _ facts: ModelFacts?, _ root: ConfigObject) {
        var place: SourceLocation? { root.node(at: ["model", "id"])?.origin.location }
        if let facts, [.embedding, .rerank, .speech].contains(facts.kind) {
            diagnostics.append(
                Diagnostic(
                    .unsupportedModelKind,
                    "'\(facts.id)' is a model for \(facts.kind.rawValue), which no bot can serve",
                    at: place, help: ["choose a model for text"]))
        } else if kind != .chat {
            diagnostics.append(
                Diagnostic(
                    .notAvailableYet, "bots of the kind '\(kind.rawValue)' are not available yet", at: place,
                    help: ["choose a model for text"]))
        } else if let facts, facts.kind != .text {
            diagnostics.append(
                Diagnostic(
                    .unsupportedModelKind, "'\(facts.id)' does not chat: it makes \(facts.kind.rawValue)", at: place,
                    help: ["choose a model for text"]))
        }
    }
}
