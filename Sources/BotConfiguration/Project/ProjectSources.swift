package import Diagnostics
package import FileAccess
import YAMLSource

/// A project's files, read and decoded once; projects of any environment are made of it.
package struct ProjectSources: Sendable {
    /// A file of `bots.d`.
    struct BotFile: Sendable {
        /// The path as people read it.
        let name: String
        /// The file's name without its ending.
        let stem: String
        let text: SourceText
        /// What the file says; nil when it could not be read as YAML.
        let layer: ConfigObject?
        let hasErrors: Bool
    }

    /// A file of `templates`.
    struct Template: Sendable {
        let layer: ConfigObject
    }

    let location: ProjectLocation
    let settings: ProjectSettings
    let botFiles: [BotFile]
    let templates: [String: Template]
    /// The names of the templates that exist, for suggestions.
    let templateNames: [String]
    /// What is wrong in the files, each seen by itself.
    let diagnostics: [Diagnostic]
    /// What no excerpt may show.
    let secrets: SecretMask
    /// Whether `botctl.yaml` has errors, so that nobody can say which environment is meant.
    package let hasBrokenSettings: Bool

    /// What is wrong in the files, each seen by itself, in the order in which it is shown.
    package var fileDiagnostics: [Diagnostic] { secrets.masked(diagnostics).sorted(by: Diagnostic.isShownBefore) }

    /// The environments in the order of their names.
    package var environments: [EnvironmentSettings] { settings.environments }

    /// Reads a project.
    ///
    /// - Parameters:
    ///   - location: Where its files are.
    ///   - files: How they are read.
    /// - Returns: What its files say; what cannot be read is among the diagnostics.
    package static func read(_ location: ProjectLocation, files: any FileReading) -> ProjectSources {
        var reader = SourceReader(location: location, files: files)
        let settings = reader.readSettings()
        let hasBrokenSettings = reader.diagnostics.containsErrors
        let botFiles = reader.readBots()
        let wanted = botFiles.compactMap { file -> String? in
            if case .text(let name)? = file.layer?.fields["template"]?.value { name } else { nil }
        }
        let (templates, names) = reader.readTemplates(
            Set(wanted + BotKind.allCases.map(ProjectSources.defaultTemplate)))
        return ProjectSources(
            location: location, settings: settings, botFiles: botFiles, templates: templates, templateNames: names,
            diagnostics: reader.diagnostics, secrets: reader.secrets, hasBrokenSettings: hasBrokenSettings)
    }

    /// One environment of a project, without a look at its bots and templates.
    ///
    /// - Parameters:
    ///   - name: The environment's name; nil for the default one.
    ///   - location: Where the project's files are.
    ///   - files: How they are read.
    /// - Returns: The environment, and what is wrong in `botctl.yaml`; with an error among that, the environment means
    ///   nothing.
    /// - Throws: ``ProjectError`` when there is no such environment.
    package static func environment(
        named name: String?, at location: ProjectLocation, files: any FileReading
    ) throws(ProjectError) -> (environment: EnvironmentSettings, diagnostics: [Diagnostic]) {
        var reader = SourceReader(location: location, files: files)
        let settings = reader.readSettings()
        let diagnostics = reader.secrets.masked(reader.diagnostics)
        if diagnostics.containsErrors { return (.local, diagnostics) }
        return (try settings.environment(named: name), diagnostics)
    }

    /// The template that lies beneath bots of a kind where they name none.
    static func defaultTemplate(_ kind: BotKind) -> String { "DEFAULT_\(kind.rawValue.uppercased())_CONFIG" }
}

/// Reads and decodes files one after the other and collects what is wrong.
private struct SourceReader {
    let location: ProjectLocation
    let files: any FileReading
    var diagnostics: [Diagnostic] = []
    var secrets = SecretMask()

    init(location: ProjectLocation, files: any FileReading) {
        self.location = location
        self.files = files
    }

    mutating func readSettings() -> ProjectSettings {
        let path = location.root + "/botctl.yaml"
        guard files.kind(of: path) != nil, let (text, root) = readDocument(path) else { return ProjectSettings() }
        guard let root else { return ProjectSettings() }
        let (layer, _) = decode(root, text, schema: ProjectSchema.project, layer: .environment)
        return ProjectSettings(layer)
    }

    mutating func readBots() -> [ProjectSources.BotFile] {
        let names: [String]
        do {
            names = try files.entries(of: location.botsDirectory)
        } catch {
            let help = error.code == .notFound ? ["create it, or name another with --bots-dir"] : []
            diagnostics.append(
                Diagnostic(
                    .noBots, "the directory of the bots cannot be read: \(error.reason)", at: nil,
                    file: location.displayName(of: location.botsDirectory), help: help))
            return []
        }
        var result: [ProjectSources.BotFile] = []
        for name in names {
            guard !name.hasPrefix("."), let stem = yamlStem(name) else { continue }
            let path = location.botsDirectory + "/" + name
            let before = diagnostics.count
            guard let (text, root) = readDocument(path) else { continue }
            var layer: ConfigObject?
            if let root {
                layer = decode(root, text, schema: BotSchema.bot, layer: .bot).layer
            } else if !diagnostics[before...].containsErrors {
                layer = ConfigObject()
            }
            result.append(
                ProjectSources.BotFile(
                    name: text.name, stem: stem, text: text, layer: layer,
                    hasErrors: diagnostics[before...].containsErrors))
        }
        if result.isEmpty, !diagnostics.containsErrors {
            diagnostics.append(
                Diagnostic(
                    .noBots, "there is no bot: no .yaml file in the directory", at: nil,
                    file: location.displayName(of: location.botsDirectory),
                    help: ["a bot is one line, such as 'model: amazon.nova-micro-v1:0' in bots.d/nova-micro.yaml"]))
        }
        return result
    }

    mutating func readTemplates(
        _ wanted: Set<String>
    ) -> (templates: [String: ProjectSources.Template], names: [String]) {
        let entries = (try? files.entries(of: location.templatesDirectory)) ?? []
        var templates: [String: ProjectSources.Template] = [:]
        var names: [String] = []
        for entry in entries {
            guard let stem = yamlStem(entry) else { continue }
            names.append(stem)
            guard wanted.contains(stem), let (text, root) = readDocument(location.templatesDirectory + "/" + entry)
            else { continue }
            guard templates[stem] == nil else {
                diagnostics.append(
                    Diagnostic(
                        .duplicateName, "there are two templates '\(stem)'", at: nil, file: text.name,
                        help: ["remove one of the files"]))
                continue
            }
            let layer = root.map { decode($0, text, schema: BotSchema.template, layer: .template).layer }
            templates[stem] = ProjectSources.Template(layer: layer ?? ConfigObject())
        }
        return (templates, names)
    }

    /// The name of a YAML file without its ending, or nil for another file.
    private func yamlStem(_ name: String) -> String? {
        for ending in [".yaml", ".yml"] where name.hasSuffix(ending) && name.utf8.count > ending.utf8.count {
            return String(name.dropLast(ending.count))
        }
        return nil
    }

    /// Reads and parses a file; nil when it cannot be read, which is then reported.
    private mutating func readDocument(_ path: String) -> (text: SourceText, root: YAMLNode?)? {
        let name = location.displayName(of: path)
        let limits = YAMLLimits()
        let text: SourceText
        do {
            text = SourceText(name: name, bytes: try files.read(path, limitInBytes: limits.bytes))
        } catch {
            let code: DiagnosticCode = error.code == .tooLarge ? .fileTooLarge : .unreadableFile
            diagnostics.append(Diagnostic(code, "the file cannot be read: \(error.reason)", at: nil, file: name))
            return nil
        }
        let result = YAMLDocument.parse(text, limits: limits)
        diagnostics.append(contentsOf: result.diagnostics)
        return (text, result.document?.root)
    }

    private mutating func decode(
        _ root: YAMLNode, _ text: SourceText, schema: ObjectSchema, layer: Layer
    ) -> (layer: ConfigObject, hasErrors: Bool) {
        let prompts = PromptFile(files: files, root: location.root)
        var decoder = LayerDecoder(layer: layer, text: text, readText: prompts.read)
        guard root.kind == .mapping else {
            decoder.report(
                .wrongType, "the file must hold a map of keys", at: root,
                help: ["start with a key, such as 'model: amazon.nova-micro-v1:0'"])
            diagnostics.append(contentsOf: decoder.diagnostics)
            return (ConfigObject(), true)
        }
        let object = decoder.decodeObject(root, schema: schema, path: [])
        diagnostics.append(contentsOf: decoder.reportedDiagnostics)
        secrets.add(decoder.secretRanges, of: text)
        return (object, decoder.diagnostics.containsErrors)
    }
}
