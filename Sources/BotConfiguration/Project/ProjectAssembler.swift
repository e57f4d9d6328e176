package import ModelCatalog
import Diagnostics
import Suggestions

extension ProjectSources {
    /// The project in one environment: layers merged, stored forms made; rules are not applied.
    ///
    /// - Parameters:
    ///   - environment: The environment's name; nil for the default one.
    ///   - catalog: The facts that fill what the layers leave open; the project's own go over them.
    ///   - assignments: Values of the command line, for every bot.
    /// - Returns: The project, with everything that is wrong among its diagnostics.
    /// - Throws: ``ProjectError`` when there is no such environment.
    package func project(
        in environment: String? = nil, catalog: ModelCatalog, assignments: [ValueAssignment] = []
    ) throws(ProjectError) -> Project {
        var assembler = try assembler(in: environment, catalog, assignments)
        let named = assembler.nameBots()
        assembler.add(assembler.claims(of: named))
        assembler.make(named[...])
        return assembler.project
    }

    /// The project in one environment, made on all cores; see ``project(in:catalog:assignments:)``.
    package func makeProject(
        in environment: String? = nil, catalog: ModelCatalog, assignments: [ValueAssignment] = []
    ) async throws(ProjectError) -> Project {
        var assembler = try assembler(in: environment, catalog, assignments)
        let empty = assembler
        let named = assembler.nameBots()
        async let claims = empty.claims(of: named)
        let parts = await named.concurrentChunks(with: BotSchema.bot.copy) { named, schema in
            var part = empty
            part.schema = schema
            part.make(named)
            return part
        }
        assembler.add(await claims)
        for part in parts { assembler.add(part) }
        return assembler.project
    }

    private func assembler(
        in environment: String?, _ catalog: ModelCatalog, _ assignments: [ValueAssignment]
    ) throws(ProjectError) -> ProjectAssembler {
        ProjectAssembler(
            sources: self, environment: try settings.environment(named: environment),
            catalog: catalog.adding(facts.overlays), assignments: assignments)
    }
}

/// Makes the bots of one environment.
private struct ProjectAssembler: Sendable {
    /// A file whose bot has a name of its own.
    struct NamedFile: Sendable {
        let name: String
        let file: ProjectSources.BotFile
        let layer: ConfigObject
    }

    let sources: ProjectSources
    let environment: EnvironmentSettings
    let catalog: ModelCatalog
    let assignments: [ValueAssignment]
    /// The keys of a bot.
    var schema = BotSchema.bot
    private(set) var bots: [ProjectBot] = []
    private(set) var mergedBots: [MergedBot] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(
        sources: ProjectSources, environment: EnvironmentSettings, catalog: ModelCatalog,
        assignments: [ValueAssignment]
    ) {
        self.sources = sources
        self.environment = environment
        self.catalog = catalog
        self.assignments = assignments
    }

    /// The bots in the order of their names, which most often is that of their files.
    private var botsByName: [ProjectBot] {
        zip(bots, bots.dropFirst()).allSatisfy { $0.name <= $1.name } ? bots : bots.sorted { $0.name < $1.name }
    }

    /// All that was made.
    var project: Project {
        Project(
            root: sources.location.root, environment: environment, catalog: catalog, bots: botsByName,
            mergedBots: mergedBots, fileCount: sources.botFiles.count,
            diagnostics: Diagnostic.merged([sources.secrets.masked(sources.diagnostics + diagnostics)]))
    }

    /// Adds what another assembler has made of other files of the same project.
    mutating func add(_ other: ProjectAssembler) {
        bots += other.bots
        mergedBots += other.mergedBots
        diagnostics += other.diagnostics
    }

    /// The files that bots can be made of, with their names; what cannot be a name is reported.
    mutating func nameBots() -> [NamedFile] {
        var named: [NamedFile] = []
        named.reserveCapacity(sources.botFiles.count)
        for file in sources.botFiles {
            guard let layer = file.layer else { continue }
            let name = file.botName
            guard TextFormat.botName.accepts(name) else {
                diagnostics.append(
                    Diagnostic(
                        .invalidName, "'\(name)' cannot be a bot's name", at: file.nameOrigin.location,
                        file: file.name,
                        help: [
                            ValueHint.botName(meantBy: name).map {
                                "rename the file to \($0).yaml, or write 'name: \($0)' in it"
                            }
                                ?? "rename the file, or set 'name:' to \(TextFormat.botName.description)"
                        ]))
                continue
            }
            named.append(NamedFile(name: name, file: file, layer: layer))
        }
        return named
    }

    /// An assembler that has seen nothing but the names, aliases and former names of all bots, and what is wrong with
    /// them together; made beside the bots.
    func claims(of named: [NamedFile]) -> ProjectAssembler {
        var claims = ProjectAssembler(
            sources: sources, environment: environment, catalog: catalog, assignments: assignments)
        var names = UniqueNames()
        for entry in named {
            claims.diagnostics += names.claim(
                entry.name, as: .name, in: entry.file.name, at: entry.file.nameOrigin)
            claims.claimAliases(entry.layer, of: entry.file, in: &names)
        }
        claims.claimFormerNames(of: named, in: &names)
        claims.checkEnvironmentBots(names)
        return claims
    }

    /// Makes bots.
    mutating func make(_ named: ArraySlice<NamedFile>) {
        bots.reserveCapacity(named.count)
        mergedBots.reserveCapacity(named.count)
        var memory = SmokeMemory()
        for entry in named { make(entry.name, entry.file, entry.layer, &memory) }
    }

    private mutating func claimAliases(
        _ layer: ConfigObject, of file: ProjectSources.BotFile, in names: inout UniqueNames
    ) {
        guard case .list(let aliases)? = layer.fields["aliases"]?.value else { return }
        for alias in aliases {
            guard case .text(let text) = alias.value else { continue }
            diagnostics.append(contentsOf: names.claim(text, as: .alias, in: file.name, at: alias.origin))
        }
    }

    private mutating func claimFormerNames(of named: [NamedFile], in names: inout UniqueNames) {
        for entry in named {
            guard let node = entry.layer.fields["renamed_from"], case .text(let former) = node.value else { continue }
            diagnostics += names.claimFormer(former, of: entry.name, in: entry.file.name, at: node.origin)
        }
    }

    private mutating func make(
        _ name: String, _ file: ProjectSources.BotFile, _ layer: ConfigObject, _ memory: inout SmokeMemory
    ) {
        let ownFacts = facts(of: layer)
        let kind = BotMaker.kind(of: layer, ownFacts)
        let template = templateLayer(for: kind, layer, file)
        var maker = BotMaker(
            name: name, file: file, catalog: catalog, projectFacts: sources.facts,
            rejectedPaths: file.rejectedPaths.union(unknownPaths(beneath: layer, kind, template?.template)),
            schema: schema)
        var root = (template?.template.layer ?? ConfigObject()).overlaid(by: layer)
        if let overrides = sources.settings.overrides[environment.name] { root = root.overlaid(by: overrides) }
        if case .object(let own)? = sources.settings.botOverrides[environment.name]?[name]?.value {
            root = root.overlaid(by: own.relayered(as: .environmentBot))
        }
        for assignment in assignments { root = root.overlaid(by: assignment.layer) }
        let id = root.text("model", "id")
        let facts = isSameModel(root, layer) ? ownFacts : facts(of: root)
        var effective = EffectiveConfig(root: root)
        effective.facts = id.flatMap { sources.facts.entry(for: $0)?.values }
        effective.adjustments = ModelAdjustments(of: root, facts: facts).adjustments
        mergedBots.append(
            MergedBot(
                name: name, file: file, template: template?.name, effective: effective, facts: facts,
                rejectedPaths: maker.rejectedPaths))
        let bot = maker.make(effective, facts: facts, template: template?.name, memory: &memory)
        diagnostics.append(contentsOf: maker.diagnostics)
        if let bot, !file.hasErrors { bots.append(bot) }
    }

    private func isSameModel(_ root: ConfigObject, _ layer: ConfigObject) -> Bool {
        root.text("model", "id") == layer.text("model", "id")
            && ModelReference.Provider(of: root) == ModelReference.Provider(of: layer)
    }

    /// What is known of the model that layers name.
    ///
    /// The catalog is about Bedrock: of a model behind another service only the project's own facts hold.
    private func facts(of layers: ConfigObject) -> ModelFacts? {
        guard let id = layers.text("model", "id"),
            ModelReference.Provider(of: layers) == .bedrock || sources.facts.entry(for: id) != nil
        else { return nil }
        return catalog.facts(for: id)
    }

    /// The dotted paths of keys of which nobody can say what lies beneath a bot's file: what is wrong in its template,
    /// all of it where that could not be read, but not what the file sets itself.
    private func unknownPaths(
        beneath layer: ConfigObject, _ kind: BotKind, _ template: ProjectSources.Template?
    ) -> Set<String> {
        let name = layer.text("template")
        let isMissing = name != nil || sources.templateNames.contains(ProjectSources.defaultTemplate(kind))
        let unknown = template?.rejectedPaths ?? (isMissing ? BotSchema.templateKeys : [])
        return unknown.filter { path in
            // A way to the model is known only with its region.
            let settling = path == "model" ? "model.region" : path.prefix { $0 != "[" }
            return layer.node(at: settling.split(separator: ".").map(String.init)) == nil
        }
    }

    private mutating func templateLayer(
        for kind: BotKind, _ layer: ConfigObject, _ file: ProjectSources.BotFile
    ) -> (name: String, template: ProjectSources.Template)? {
        guard let node = layer.fields["template"], case .text(let name) = node.value else {
            let name = ProjectSources.defaultTemplate(kind)
            return sources.templates[name].map { (name, $0) }
        }
        if let template = sources.templates[name] { return (name, template) }
        if !sources.templateNames.contains(name) {
            var help = ["templates are files in templates/: create templates/\(name).yaml"]
            let others = sources.templateNames.prefix(8).map { "'\($0)'" }
            if !others.isEmpty {
                let rest = sources.templateNames.count - others.count
                help.append(
                    "templates that exist: \(others.joined(separator: ", "))" + (rest > 0 ? " and \(rest) more" : ""))
            }
            if let meant = Spelling.closest(to: name, among: sources.templateNames) {
                help = ["did you mean '\(meant)'?"]
            }
            diagnostics.append(
                Diagnostic(.unknownTemplate, "there is no template '\(name)'", at: node.origin.location, help: help))
        }
        return nil
    }

    private mutating func checkEnvironmentBots(_ names: UniqueNames) {
        let overrides = sources.settings.botOverrides[environment.name] ?? ConfigFields()
        // Of a file that is no YAML only its own name is known.
        let broken = Set(sources.unreadableBots + sources.botFiles.filter { $0.layer == nil }.map(\.stem))
        var unknownCount = 0
        for (name, node) in overrides.sorted(by: { $0.key < $1.key })
        where !names.holdsBot(name) && !broken.contains(name) {
            // The way to a suggestion is as long as there are bots.
            unknownCount += 1
            let meant = unknownCount <= 100 ? Spelling.closest(to: name, among: names.bots) : nil
            diagnostics.append(
                Diagnostic(
                    .unknownEnvironmentBot,
                    "environment '\(environment.name)' has values for '\(name)', which is no bot",
                    at: node.origin.location, help: meant.map { ["did you mean '\($0)'?"] } ?? []))
        }
    }
}

extension ConfigObject {
    /// The same values, said by another layer of the same file.
    fileprivate func relayered(as layer: Layer) -> ConfigObject {
        ConfigObject(
            fields.mapValues { node in
                var node = node
                node.origin = Origin(layer: layer, text: node.origin.text, range: node.origin.range)
                if case .object(let object) = node.value { node.value = .object(object.relayered(as: layer)) }
                return node
            })
    }
}

extension ProjectSources {
    /// The project in the environment of that name, or in every environment for nil.
    ///
    /// - Throws: ``ProjectError`` when there is no such environment.
    package func projects(
        in environment: String?, catalog: ModelCatalog, assignments: [ValueAssignment] = []
    ) throws(ProjectError) -> [Project] {
        var projects: [Project] = []
        for name in names(of: environment) {
            projects.append(try project(in: name, catalog: catalog, assignments: assignments))
        }
        return projects
    }

    /// The same, made on all cores.
    package func makeProjects(
        in environment: String?, catalog: ModelCatalog, assignments: [ValueAssignment] = []
    ) async throws(ProjectError) -> [Project] {
        var projects: [Project] = []
        for name in names(of: environment) {
            projects.append(try await makeProject(in: name, catalog: catalog, assignments: assignments))
        }
        return projects
    }

    private func names(of environment: String?) -> [String] { environment.map { [$0] } ?? environments.map(\.name) }
}
