import Diagnostics
import JSONCoding
import ModelCatalog
import Suggestions

/// Makes one bot of its merged layers: required values, facts, the stored form, and the config a gateway makes of it.
struct BotMaker {
    let name: String
    let file: ProjectSources.BotFile
    let catalog: ModelCatalog
    private(set) var diagnostics: [Diagnostic] = []

    init(name: String, file: ProjectSources.BotFile, catalog: ModelCatalog) {
        self.name = name
        self.file = file
        self.catalog = catalog
    }

    /// What a bot is to produce: what its file says, else what its model's facts say, else chat.
    func kind(of layer: ConfigObject) -> BotKind {
        let values = ConfigReader(root: layer)
        if let word = values.text("kind"), let kind = BotKind(rawValue: word) { return kind }
        switch values.text("model", "id").flatMap({ catalog.facts(for: $0) })?.kind {
        case .image, .imageEdit: return .image
        case .video: return .video
        case .text, .embedding, .rerank, .speech, nil: return .chat
        }
    }

    /// The bot, or nil when something is wrong, which is then reported.
    mutating func make(_ root: ConfigObject, template: String?) -> ProjectBot? {
        reportMissing(BotSchema.bot, in: root, path: [], place: file.text.location(of: 0..<0))
        guard !diagnostics.containsErrors else { return nil }
        let values = ConfigReader(root: root)
        guard let id = values.text("model", "id"), let region = values.text("model", "region") else { return nil }
        let facts = catalog.facts(for: id)
        let kind = kind(of: root)
        checkModelKind(kind, facts, root)
        var effective = EffectiveConfig(root: root)
        effective.adjustments = checkParameters(root, facts)
        let upstreamID = resolveUpstreamID(id, region: region, values, root)
        let smoke = smokeCases(root)
        guard !diagnostics.containsErrors, let upstreamID else { return nil }
        if facts == nil, !id.hasPrefix("arn:") { reportUnknownModel(id, root) }

        let baseID = ModelCatalog.baseID(of: id)
        let stored = StoredFormWriter.storedForm(
            of: root, kind: kind, region: region, upstreamID: upstreamID,
            baseID: ModelCatalog.baseID(of: upstreamID) == baseID ? nil : baseID)
        do {
            return ProjectBot(
                name: name, aliases: values.texts("aliases"), file: file.name,
                isEnabled: values.boolean("enabled") ?? true, renamedFrom: values.text("renamed_from"),
                template: template,
                config: try BotConfig(stored: stored.bytes, name: name, catalog: catalog), stored: stored,
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

// MARK: - Required values

extension BotMaker {
    private mutating func reportMissing(
        _ schema: ObjectSchema, in object: ConfigObject, path: [String], place: SourceLocation?
    ) {
        for field in schema.fields where field.availability == .now {
            let node = object.fields[field.key]
            let isSet = node.map { $0.value != .reset } ?? false
            if field.isRequired, !isSet, field.defaultValue == nil {
                // A value that was written and is wrong has its own diagnostic.
                guard !file.hasErrors else { continue }
                diagnostics.append(
                    Diagnostic(
                        .missingValue, "'\((path + [field.key]).joined(separator: "."))' is missing", at: place,
                        file: file.name, help: ["add '\(field.key):'. \(field.summary)"]))
                continue
            }
            guard let node, isSet else { continue }
            let fieldPath = path + [field.key]
            switch (field.type, node.value) {
            case (.object(let nested), .object(let value)):
                reportMissing(nested, in: value, path: fieldPath, place: node.origin.location)
            case (.list(.object(let nested), _), .list(let items)):
                for (index, item) in items.enumerated() {
                    guard case .object(let value) = item.value else { continue }
                    let itemPath = path + ["\(field.key)[\(index)]"]
                    reportMissing(nested, in: value, path: itemPath, place: item.origin.location)
                }
            default: break
            }
        }
    }

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
        let place = root.node(at: ["model", "id"])?.origin.location
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

    /// Reports parameters that the bot's own file sets and the model refuses; gives those that only a weaker or an
    /// environment's layer sets and that are left out or lowered when the request is built.
    private mutating func checkParameters(
        _ root: ConfigObject, _ facts: ModelFacts?
    ) -> [EffectiveConfig.Adjustment] {
        var adjustments: [EffectiveConfig.Adjustment] = []
        let refusals = ModelRefusals(facts: facts)
        func node(_ key: String) -> ConfigNode? {
            root.node(at: ["parameters", key]).flatMap { $0.value == .reset ? nil : $0 }
        }
        var refused: [(key: String, reason: String)] = []
        if refusals.sampling {
            refused = ["temperature", "top_p"].map { ($0, "the model refuses it") }
        } else if refusals.temperatureWithTopP, node("temperature") != nil, node("top_p") != nil {
            refused = [("top_p", "the model refuses it beside 'temperature'")]
        }
        for (key, reason) in refused {
            guard let node = node(key) else { continue }
            guard node.origin.layer == .bot || node.origin.layer == .commandLine else {
                adjustments.append(
                    EffectiveConfig.Adjustment(path: "parameters.\(key)", message: "left out: \(reason)"))
                continue
            }
            diagnostics.append(
                Diagnostic(
                    .modelRefusesParameter, "'parameters.\(key)' cannot be used with '\(facts?.id ?? "")': \(reason)",
                    at: node.origin.location, file: file.name, help: ["remove it"]))
        }
        if let node = node("temperature"), case .decimal(let wished) = node.value, wished > 1, !refusals.sampling {
            adjustments.append(
                EffectiveConfig.Adjustment(
                    path: "parameters.temperature", message: "sent as 1: Bedrock's Converse takes 0 to 1"))
        }
        if let node = node("max_tokens"), case .integer(let wished) = node.value, let limit = facts?.maxOutputTokens,
            wished > limit
        {
            adjustments.append(
                EffectiveConfig.Adjustment(
                    path: "parameters.max_tokens", message: "lowered to \(limit), the model's limit"))
            if node.origin.layer == .bot { reportLimit(limit, of: node, wished: wished) }
        }
        return adjustments
    }

    private mutating func reportLimit(_ limit: Int, of node: ConfigNode, wished: Int) {
        diagnostics.append(
            Diagnostic(
                .aboveModelLimit, "'parameters.max_tokens' is \(wished), and the model's limit is \(limit)",
                at: node.origin.location, file: file.name, help: ["\(limit) is sent; write that, or less"]))
    }

    private mutating func resolveUpstreamID(
        _ id: String, region: String, _ values: ConfigReader, _ root: ConfigObject
    ) -> String? {
        let written = values.text("model", "profile") ?? "auto"
        guard let choice = ProfileChoice(written) else {
            let words = ["auto", "none"] + ModelCatalog.profilePrefixes
            var help = ["valid here: \(words.joined(separator: ", ")), or an application profile's id or ARN"]
            if let meant = Spelling.closest(to: written, among: words) { help = ["did you mean '\(meant)'?"] }
            diagnostics.append(
                Diagnostic(
                    .unknownChoice, "'\(written)' is no inference profile",
                    at: root.node(at: ["model", "profile"])?.origin.location, file: file.name, help: help))
            return nil
        }
        do {
            return try catalog.upstreamID(for: id, profile: choice, in: region)
        } catch {
            let profile = root.node(at: ["model", "profile"])
            let regionNode = root.node(at: ["model", "region"])
            let place = profile ?? regionNode ?? root.node(at: ["model", "id"])
            diagnostics.append(
                Diagnostic(
                    .noRouteToModel, error.description, at: place?.origin.location, file: file.name,
                    help: help(for: error)))
            return nil
        }
    }

    private func help(for error: ProfileResolutionError) -> [String] {
        var help: [String] = []
        if !error.workingRegions.isEmpty {
            help.append("regions that work: \(error.workingRegions.joined(separator: ", "))")
        }
        let prefixes = error.workingPrefixes.isEmpty ? error.availablePrefixes : error.workingPrefixes
        if !prefixes.isEmpty {
            let place = error.workingPrefixes.isEmpty ? "" : " that work from \(error.region)"
            help.append("profiles\(place): \(prefixes.joined(separator: ", "))")
        }
        return help
    }

    private mutating func reportUnknownModel(_ id: String, _ root: ConfigObject) {
        let meant = catalog.closestID(to: id)
        diagnostics.append(
            Diagnostic(
                .unknownModel, "the catalog does not know the model '\(id)'",
                at: root.node(at: ["model", "id"])?.origin.location, file: file.name,
                help: [
                    meant.map { "did you mean '\($0)'?" }
                        ?? "nothing is wrong if the model is newer than this botctl; its facts are then not checked"
                ]))
    }
}
