package import BotConfiguration
package import FileAccess
package import ModelCatalog
import Suggestions

/// Makes the files of new bots for a project: the fewest lines that work over its templates; writes nothing.
package struct Scaffolder: Sendable {
    private let location: ProjectLocation
    private let files: any FileReading
    private let catalog: ModelCatalog
    private let environment: String?

    /// A scaffolder for a project.
    ///
    /// - Parameters:
    ///   - location: Where the project's files are.
    ///   - files: How they are read.
    ///   - catalog: The binary's facts; the project's own are read with it.
    ///   - environment: The environment whose values count; nil for the default one.
    package init(
        location: ProjectLocation, files: any FileReading, catalog: ModelCatalog, environment: String? = nil
    ) {
        self.location = location
        self.files = files
        self.catalog = catalog
        self.environment = environment
    }

    /// Where a bot's file lies, relative to the project.
    package func path(of name: String) -> String {
        location.displayName(of: "\(location.botsDirectory)/\(name).yaml")
    }

    /// Makes the files of bots, each as small as it can be.
    ///
    /// The bots that are there are read for their names and models, and only the new ones are assembled, so that many
    /// cost little more than one.
    ///
    /// - Parameter requests: The bots that are wanted.
    /// - Returns: For each of them the file, or why there is none.
    /// - Throws: ``ProjectError`` when there is no such environment.
    package func scaffold(
        _ requests: [BotRequest]
    ) async throws(ProjectError) -> [Result<ScaffoldedBot, ScaffoldRefusal>] {
        let sources = await ProjectSources.load(location, files: files)
        var names = ExistingBots(sources)
        let templates = Templates(sources)
        let named = requests.map { request in
            templates.check(request).flatMap { names.claim(request) }
        }
        let drafts = zip(requests, named).compactMap { request, name -> ScaffoldedFile? in
            guard case .success(let name) = name else { return nil }
            return file(BotScaffold(name: name, modelID: request.modelID, template: request.template))
        }
        let drafted = try await project(of: drafts)
        let merged = Dictionary(drafted.mergedBots.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return zip(requests, named).map { request, name in
            name.flatMap { name in
                complete(request, name: name, over: merged[name], catalog: drafted.catalog)
            }
        }
    }

    /// Where a bot of a model is placed whose file says nothing of it.
    ///
    /// - Throws: ``ProjectError`` when there is no such environment.
    package func placement(of modelID: String) async throws(ProjectError) -> BotPlacement {
        let draft = file(BotScaffold(name: "draft", modelID: modelID))
        return try await project(of: [draft]).mergedBots.first?.placement ?? .schemaDefault
    }

    /// The project with these bots in place of its own.
    private func project(of drafts: [ScaffoldedFile]) async throws(ProjectError) -> Project {
        let overlay = Dictionary(
            drafts.map { (location.path(of: $0), Array($0.text.utf8)) }, uniquingKeysWith: { first, _ in first })
        let files = OverlayFiles(overlay, over: files, replacing: [location.botsDirectory])
        return try await ProjectSources.load(location, files: files).makeProject(in: environment, catalog: catalog)
    }

    private func file(_ scaffold: BotScaffold) -> ScaffoldedFile {
        let directory = location.displayName(of: location.botsDirectory)
        return ScaffoldedFile(
            path: path(of: scaffold.name),
            text: scaffold.text(modeline: EditorSchema.bot.modeline(in: directory, of: location.root)))
    }
}

// MARK: - One bot

extension Scaffolder {
    private func complete(
        _ request: BotRequest, name: String, over draft: MergedBot?, catalog: ModelCatalog
    ) -> Result<ScaffoldedBot, ScaffoldRefusal> {
        let placement = draft?.placement ?? .schemaDefault
        let hasSmokeCase = draft?.node("smoke").map { node in
            if case .list(let cases) = node.value { !cases.isEmpty } else { false }
        }
        do {
            let route = try RouteChoice(
                for: request, over: placement, facts: catalog.facts(for: request.modelID), catalog: catalog)
            let scaffold = BotScaffold(
                name: name, modelID: request.modelID, region: route.region, profile: route.profile,
                template: request.template, hasSmokeCase: hasSmokeCase != true)
            return .success(
                ScaffoldedBot(
                    scaffold: scaffold, file: file(scaffold), region: route.region ?? placement.region,
                    upstreamID: route.upstreamID, notes: route.notes))
        } catch {
            return .failure(error)
        }
    }
}

extension ProjectLocation {
    /// The absolute path of a file.
    package func path(of file: ScaffoldedFile) -> String {
        file.path.hasPrefix("/") ? file.path : "\(root)/\(file.path)"
    }
}

extension MergedBot {
    /// The region and profile that the bot has.
    fileprivate var placement: BotPlacement {
        BotPlacement(
            region: effective.text("model", "region") ?? BotPlacement.schemaDefault.region,
            profile: effective.text("model", "profile") ?? BotPlacement.schemaDefault.profile)
    }
}

extension EffectiveConfig {
    fileprivate func text(_ path: String...) -> String? {
        if case .text(let text)? = value(at: path) { text } else { nil }
    }
}

/// The templates that new bots can lie over.
private struct Templates {
    let names: [String]

    init(_ sources: ProjectSources) { names = sources.templateNames }

    /// Sees that there is the template that a bot wants.
    func check(_ request: BotRequest) -> Result<Void, ScaffoldRefusal> {
        guard let name = request.template, !names.contains(name) else { return .success(()) }
        let hint =
            Spelling.closest(to: name, among: names).map { "did you mean '\($0)'?" }
            ?? (names.isEmpty ? "the project has none" : "templates: \(names.sorted().joined(separator: ", "))")
        return .failure(ScaffoldRefusal(.template, "there is no template '\(name)'", hint: hint))
    }
}
