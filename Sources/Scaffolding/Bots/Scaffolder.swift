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
        guard !sources.hasBrokenSettings else { return requests.map { _ in .failure(.brokenSettings) } }
        var names = ExistingBots(sources)
        let templates = Templates(sources)
        let named = requests.map { request in
            templates.check(request).flatMap { names.claim(request) }
        }
        let catalog = catalog.adding(sources.facts.overlays)
        let missing = requests.map { request in
            let kind = BotForm(of: request.modelID, catalog.facts(for: request.modelID)).kind
            return request.template == nil && templates.lacks(kind) ? template(for: kind) : nil
        }
        let drafts = zip(requests, named).compactMap { request, name -> ScaffoldedFile? in
            guard case .success(let name) = name else { return nil }
            return file(BotScaffold(name: name, modelID: request.modelID, template: request.template))
        }
        let drafted = try await project(of: drafts + missing.compactMap(\.self))
        let merged = Dictionary(drafted.mergedBots.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var given: Set<ScaffoldedFile> = []
        return requests.indices.map { index in
            named[index].flatMap { name in
                complete(requests[index], name: name, over: merged[name], catalog: drafted.catalog)
            }.map { bot in
                var bot = bot
                bot.template = missing[index].flatMap { given.insert($0).inserted ? $0 : nil }
                bot.picture = bot.picture.flatMap { given.insert($0).inserted ? $0 : nil }
                return bot
            }
        }
    }

    /// Where a bot of a model is placed whose file says nothing of it.
    ///
    /// - Throws: ``ProjectError`` when there is no such environment.
    package func placement(of modelID: String) async throws(ProjectError) -> BotPlacement {
        let draft = file(BotScaffold(name: "draft", modelID: modelID))
        let kind = BotForm(of: modelID, catalog.facts(for: modelID)).kind
        let path = "\(location.templatesDirectory)/\(ProjectSources.defaultTemplate(kind)).yaml"
        let template = kind == .chat || files.kind(of: path) != nil ? [] : [template(for: kind)]
        return try await project(of: [draft] + template).mergedBots.first?.placement ?? .schemaDefault
    }

    /// The project with these bots in place of its own.
    private func project(of drafts: [ScaffoldedFile]) async throws(ProjectError) -> Project {
        let overlay = Dictionary(
            drafts.map { (location.path(of: $0), Array($0.text.utf8)) }, uniquingKeysWith: { first, _ in first })
        let files = OverlayFiles(overlay, over: files, replacing: [location.botsDirectory])
        return try await ProjectSources.load(location, files: files).makeProject(in: environment, catalog: catalog)
    }

    private func template(for kind: BotKind) -> ScaffoldedFile {
        TemplateScaffold.file(
            for: kind, in: location.displayName(of: location.templatesDirectory), of: location.root)
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
        do throws(ScaffoldRefusal) {
            let facts = catalog.facts(for: request.modelID)
            let form = BotForm(of: request.modelID, facts)
            if let kind = request.kind, kind != form.kind {
                throw ScaffoldRefusal.otherKind(kind, of: request.modelID, facts)
            }
            let route = try RouteChoice(for: request, over: placement, facts: facts, catalog: catalog)
            guard form != .video || request.output != nil || draft?.text("model", "output") != nil else {
                throw ScaffoldRefusal.noOutput(
                    for: request.modelID,
                    hint: "add --model-output s3://bucket/prefix: a bucket in \(route.region ?? placement.region)")
            }
            let isAsked = draft?.hasSmokeCase(bringingFile: form == .edit) ?? false
            let scaffold = BotScaffold(
                name: name, modelID: request.modelID, form: form, region: route.region, profile: route.profile,
                output: request.output, template: request.template, hasSmokeCase: !isAsked)
            let picture = form == .edit && !isAsked ? PictureScaffold.file(missingFrom: files, in: location.root) : nil
            return .success(
                ScaffoldedBot(
                    scaffold: scaffold, file: file(scaffold), picture: picture,
                    region: route.region ?? placement.region, upstreamID: route.upstreamID, notes: route.notes))
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
    /// Whether the layers beneath ask the bot something already, with a file where it must be one.
    fileprivate func hasSmokeCase(bringingFile: Bool) -> Bool {
        guard case .list(let cases)? = node("smoke")?.value else { return false }
        return cases.contains { !bringingFile || $0.bringsFile }
    }

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

    /// Whether bots of a kind need a template that is not there; a chat bot works without one.
    func lacks(_ kind: BotKind) -> Bool { kind != .chat && !names.contains(ProjectSources.defaultTemplate(kind)) }

    /// Sees that there is the template that a bot wants.
    func check(_ request: BotRequest) -> Result<Void, ScaffoldRefusal> {
        guard let name = request.template, !names.contains(name) else { return .success(()) }
        let hint =
            Spelling.closest(to: name, among: names).map { "did you mean '\($0)'?" }
            ?? (names.isEmpty ? "the project has none" : "templates: \(names.sorted().joined(separator: ", "))")
        return .failure(ScaffoldRefusal(.template, "there is no template '\(name)'", hint: hint))
    }
}
