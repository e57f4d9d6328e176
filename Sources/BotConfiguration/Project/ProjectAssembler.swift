package import ModelCatalog
import Diagnostics
import Suggestions

extension ProjectSources {
    /// The project in one environment: layers merged, rules applied, stored forms made.
    ///
    /// - Parameters:
    ///   - environment: The environment's name; nil for the default one.
    ///   - catalog: The facts that fill what the layers leave open.
    ///   - assignments: Values of the command line, for every bot.
    /// - Returns: The project, with everything that is wrong among its diagnostics.
    /// - Throws: ``ProjectError`` when there is no such environment.
    package func project(
        in environment: String? = nil, catalog: ModelCatalog, assignments: [ValueAssignment] = []
    ) throws(ProjectError) -> Project {
        let environment = try settings.environment(named: environment)
        var assembler = ProjectAssembler(
            sources: self, environment: environment, catalog: catalog, assignments: assignments)
        assembler.assemble()
        let diagnostics = secrets.masked(diagnostics + assembler.diagnostics).sorted(by: Diagnostic.isShownBefore)
        return Project(
            root: location.root, environment: environment, bots: assembler.bots.sorted { $0.name < $1.name },
            fileCount: botFiles.count, diagnostics: diagnostics)
    }
}

/// Makes the bots of one environment.
private struct ProjectAssembler {
    let sources: ProjectSources
    let environment: EnvironmentSettings
    let catalog: ModelCatalog
    let assignments: [ValueAssignment]
    private(set) var bots: [ProjectBot] = []
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

    mutating func assemble() {
        var names = UniqueNames()
        for file in sources.botFiles {
            guard let layer = file.layer else { continue }
            let (name, place) = nameAndPlace(of: file, layer)
            guard TextFormat.botName.accepts(name) else {
                diagnostics.append(
                    Diagnostic(
                        .invalidName, "'\(name)' cannot be a bot's name", at: place, file: file.name,
                        help: ["rename the file, or set 'name:' to \(TextFormat.botName.description)"]))
                continue
            }
            diagnostics.append(contentsOf: names.claim(name, as: .name, in: file.name, at: place))
            claimAliases(layer, of: file, in: &names)
            make(name, file, layer)
        }
        checkEnvironmentBots(names)
    }

    private func nameAndPlace(
        of file: ProjectSources.BotFile, _ layer: ConfigObject
    ) -> (name: String, place: SourceLocation) {
        if let node = layer.fields["name"], case .text(let name) = node.value {
            return (name, node.origin.location ?? file.text.location(of: 0..<0))
        }
        return (file.stem, file.text.location(of: 0..<0))
    }

    private mutating func claimAliases(
        _ layer: ConfigObject, of file: ProjectSources.BotFile, in names: inout UniqueNames
    ) {
        guard case .list(let aliases)? = layer.fields["aliases"]?.value else { return }
        for alias in aliases {
            guard case .text(let text) = alias.value else { continue }
            diagnostics.append(contentsOf: names.claim(text, as: .alias, in: file.name, at: alias.origin.location))
        }
    }

    private mutating func make(_ name: String, _ file: ProjectSources.BotFile, _ layer: ConfigObject) {
        var maker = BotMaker(name: name, file: file, catalog: catalog)
        let template = templateLayer(for: maker.kind(of: layer), layer, file)
        var root = (template?.layer ?? ConfigObject()).overlaid(by: layer)
        if let overrides = sources.settings.overrides[environment.name] { root = root.overlaid(by: overrides) }
        if case .object(let own)? = sources.settings.botOverrides[environment.name]?[name]?.value {
            root = root.overlaid(by: own.relayered(as: .environmentBot))
        }
        for assignment in assignments { root = root.overlaid(by: assignment.layer) }
        let bot = maker.make(root, template: template?.name)
        diagnostics.append(contentsOf: maker.diagnostics)
        if let bot, !file.hasErrors { bots.append(bot) }
    }

    private mutating func templateLayer(
        for kind: BotKind, _ layer: ConfigObject, _ file: ProjectSources.BotFile
    ) -> (name: String, layer: ConfigObject)? {
        guard let node = layer.fields["template"], case .text(let name) = node.value else {
            let name = ProjectSources.defaultTemplate(kind)
            return sources.templates[name].map { (name, $0.layer) }
        }
        if let template = sources.templates[name] { return (name, template.layer) }
        if !sources.templateNames.contains(name) {
            var help = ["templates are files in templates/: create templates/\(name).yaml"]
            if let meant = Spelling.closest(to: name, among: sources.templateNames) {
                help = ["did you mean '\(meant)'?"]
            }
            diagnostics.append(
                Diagnostic(.unknownTemplate, "there is no template '\(name)'", at: node.origin.location, help: help))
        }
        return nil
    }

    private mutating func checkEnvironmentBots(_ names: UniqueNames) {
        let overrides = sources.settings.botOverrides[environment.name] ?? [:]
        for (name, node) in overrides.sorted(by: { $0.key < $1.key }) where !names.holdsBot(name) {
            let meant = Spelling.closest(to: name, among: names.bots)
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
        for name in environment.map({ [$0] }) ?? environments.map(\.name) {
            projects.append(try project(in: name, catalog: catalog, assignments: assignments))
        }
        return projects
    }
}
