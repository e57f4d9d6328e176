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
    /// The keys of a bot.
    let schema: ObjectSchema
    private(set) var diagnostics: [Diagnostic] = []

    init(
        name: String, file: ProjectSources.BotFile, catalog: ModelCatalog, projectFacts: ProjectFacts,
        rejectedPaths: Set<String>, schema: ObjectSchema
    ) {
        self.name = name
        self.file = file
        self.catalog = catalog
        self.projectFacts = projectFacts
        self.rejectedPaths = rejectedPaths
        self.schema = schema
    }

    /// What a bot is to produce: what its file says, else what its model's facts say, else chat.
    static func kind(of layer: ConfigObject, _ facts: ModelFacts?) -> BotKind {
        if let word = layer.text("kind"), let kind = BotKind(rawValue: word) { return kind }
        return facts.flatMap { BotKind(of: $0) } ?? .chat
    }

    /// The bot, or nil when something is wrong, which is then reported.
    ///
    /// - Parameters:
    ///   - effective: The merged layers.
    ///   - facts: What is known of the model that they name; nil when nothing is.
    ///   - template: The name of the template that lies beneath.
    ///   - memory: The smoke cases of the bot before, most often those of the same template.
    /// - Returns: The bot.
    mutating func make(
        _ effective: EffectiveConfig, facts: ModelFacts?, template: String?, memory: inout SmokeMemory
    ) -> ProjectBot? {
        let root = effective.root
        var completeness = CompletenessCheck(
            file: file.name, filePlace: Origin(layer: .bot, text: file.text), rejectedPaths: rejectedPaths)
        completeness.check(root, schema)
        diagnostics += completeness.diagnostics
        guard !diagnostics.containsErrors else { return nil }
        let values = ConfigReader(root: root, schema: schema)
        // What is wrong with these would only be said again in other words.
        guard !rejectedPaths.contains(where: { $0 == "kind" || $0.hasPrefix("model") }) else { return nil }
        guard let id = values.text("model", "id"), let region = values.text("model", "region") else { return nil }
        let kind = Self.kind(of: root, facts)
        checkModelKind(kind, facts, root)
        checkOutput(kind, root)
        guard !diagnostics.containsErrors else { return nil }
        let (upstreamIDs, problems) = UpstreamResolution(root: root, file: file.name, catalog: catalog)
            .upstreamIDs(of: id, in: region)
        diagnostics += problems
        let smoke = smokeCases(root, needPicture: facts?.kind == .imageEdit, &memory)
        guard !diagnostics.containsErrors, let upstreamID = upstreamIDs[region] else { return nil }

        let baseID = ModelCatalog.baseID(of: id)
        let stored = StoredFormWriter.storedForm(
            of: root, kind: kind, region: region, upstreamIDs: upstreamIDs,
            baseID: ModelCatalog.baseID(of: upstreamID) == baseID ? nil : baseID,
            facts: projectFacts.entry(for: id)?.values, schema: schema)
        do {
            return ProjectBot(
                name: name, aliases: values.texts("aliases"), file: file.name,
                isEnabled: values.value(BotSchema.enabled), renamedFrom: values.text("renamed_from"),
                template: template,
                stored: stored, contents: try StoredFormReader(schema: schema).readBot(stored.value), catalog: catalog,
                smoke: smoke.cases, storedSmoke: smoke.stored, effective: effective)
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
    private mutating func smokeCases(
        _ root: ConfigObject, needPicture: Bool, _ memory: inout SmokeMemory
    ) -> SmokeMemory.Made {
        guard let node = root.fields["smoke"], case .list(var nodes) = node.value else { return SmokeMemory.Made() }
        // What other layers say was written for bots that make pictures out of words, too.
        let picksCases = needPicture && node.origin.layer != .bot
        if picksCases {
            nodes.removeAll { !$0.bringsFile }
        } else if let made = memory.made(of: node.origin) {
            return made
        }
        let before = diagnostics.count
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
        checkSize(of: cases, at: node)
        let made = SmokeMemory.Made(cases: cases, stored: StoredFormWriter.storedForm(ofSmoke: nodes))
        if diagnostics.count == before, !picksCases { memory.keep(made, of: node.origin) }
        return made
    }
}

extension BotMaker {
    /// Sees that the files of all cases find room in what a deploy keeps of them.
    private mutating func checkSize(of cases: [SmokeCase], at node: ConfigNode) {
        let size = cases.reduce(0) { $1.attachments.reduce($0) { $0 + $1.bytes.count } }
        guard size > SmokeCase.attachmentsLimitInBytes else { return }
        let limit = SizeText.text(ofBytes: SmokeCase.attachmentsLimitInBytes)
        diagnostics.append(
            Diagnostic(
                .outOfRange, "the files of the smoke cases of '\(name)' have together more than \(limit)",
                at: node.origin.location, file: file.name, help: ["name smaller files, or fewer"]))
    }
}

extension ConfigNode {
    /// Whether this is a smoke case that brings a file.
    package var bringsFile: Bool {
        guard case .object(let object) = value, case .list(let files)? = object.fields["attachments"]?.value else {
            return false
        }
        return !files.isEmpty
    }
}

/// What was last made of smoke cases without a fault: bots of one template share theirs.
struct SmokeMemory {
    struct Made {
        var cases: [SmokeCase] = []
        /// What a deploy would keep of them; nil when there are none.
        var stored: StoredConfiguration?
    }

    private var last: (origin: Origin, made: Made)?

    /// What was made of the cases written there; nil when others were last, or when they stand in no file.
    func made(of origin: Origin) -> Made? { last.flatMap { $0.origin == origin ? $0.made : nil } }

    /// Keeps what was made of the cases written there.
    mutating func keep(_ made: Made, of origin: Origin) {
        // Only a place in a file tells which cases they are.
        if origin.text != nil { last = (origin, made) }
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
        } else if kind != .chat, ModelReference.Provider(of: root) == .openai {
            diagnostics.append(
                Diagnostic(
                    .notAvailableYet,
                    "bots of the kind '\(kind.rawValue)' behind the provider 'openai' are not available yet",
                    at: root.node(at: ["model", "provider"])?.origin.location ?? place, file: file.name,
                    help: ["with that provider only chat bots are available now"]))
        } else if let facts, let own = BotKind(of: facts), own != kind {
            diagnostics.append(
                Diagnostic(
                    .unsupportedModelKind, "'\(facts.id)' \(kind.denial): it \(own.deed)",
                    at: root.setNode("kind")?.origin.location ?? place, file: file.name,
                    help: [
                        root.setNode("kind") == nil
                            ? "choose a model for \(kind.rawValue)" : "remove 'kind', or choose another model"
                    ]))
        }
    }

    /// Sees that a video bot says where its videos go.
    private mutating func checkOutput(_ kind: BotKind, _ root: ConfigObject) {
        guard kind == .video, root.setNode("model", "output") == nil else { return }
        diagnostics.append(
            Diagnostic(
                .missingValue, "'model.output' is missing: a video model puts its results into S3",
                at: root.node(at: ["model", "id"])?.origin.location, file: file.name,
                help: ["write 'output: s3://bucket/prefix' in 'model', a bucket of the bot's region"]))
    }
}
