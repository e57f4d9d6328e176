import Diagnostics
import FileAccess
import YAMLSource

/// Reads and decodes files one after the other and collects what is wrong.
struct SourceReader {
    let location: ProjectLocation
    let files: any FileReading
    var diagnostics: [Diagnostic] = []
    var secrets = SecretMask()
    var commentedFiles: [ProjectSources.CommentedFile] = []
    var unreadableBots: [String] = []
    private var botFiles: [ProjectSources.BotFile] = []
    private let boundary: ProjectBoundary
    /// The keys of a bot.
    private let botSchema: ObjectSchema

    init(location: ProjectLocation, files: any FileReading, botSchema: ObjectSchema = BotSchema.bot) {
        self.location = location
        self.files = files
        self.botSchema = botSchema
        boundary = ProjectBoundary(of: location, files: files)
    }

    /// Adds what another reader has read of the same project, as if this one had gone on with it.
    mutating func add(_ other: SourceReader) {
        diagnostics += other.diagnostics
        secrets.add(other.secrets)
        commentedFiles += other.commentedFiles
        unreadableBots += other.unreadableBots
        botFiles += other.botFiles
    }

    /// All that was read, once the bots are; reads what lies beneath them.
    mutating func sources(_ settings: ProjectSettings, hasBrokenSettings: Bool) -> ProjectSources {
        reportNoBots()
        let (templates, names) = readTemplates()
        let facts = readFacts()
        return ProjectSources(
            location: location, settings: settings, botFiles: botFiles, unreadableBots: unreadableBots,
            templates: templates, templateNames: names, facts: facts, commentedFiles: commentedFiles,
            diagnostics: diagnostics, secrets: secrets, hasBrokenSettings: hasBrokenSettings)
    }

    mutating func readSettings() -> ProjectSettings {
        let path = location.root + "/botctl.yaml"
        if !files.holdsEntry(at: path), files.kind(of: location.root + "/botctl.yml") != nil {
            diagnostics.append(
                Diagnostic(
                    .unreadableFile, "the file is not read: its name must be botctl.yaml", at: nil,
                    file: "botctl.yml", help: ["rename it"]))
        }
        guard files.holdsEntry(at: path), let (text, root) = readDocument(path) else { return ProjectSettings() }
        guard let root else { return ProjectSettings() }
        let decoded = decode(root, text, schema: ProjectSchema.project, layer: .environment)
        if case .object(let named)? = decoded.layer?.fields["environments"]?.value {
            for (name, node) in named.fields where !TextFormat.identifier.accepts(name) {
                diagnostics.append(
                    Diagnostic(
                        .invalidName, "'\(name.prefix(80))' cannot be an environment's name", at: node.origin.location,
                        file: text.name, help: ["choose \(TextFormat.identifier.description)"]))
            }
        }
        return decoded.layer.map(ProjectSettings.init) ?? ProjectSettings()
    }

    /// The names of the bot files, in order.
    mutating func botFileNames() -> [String] {
        do {
            let names = try files.entries(of: location.botsDirectory).filter { !$0.hasPrefix(".") }
            for name in names where yamlStem(name) == nil { reportOverlooked(name) }
            return names.filter { yamlStem($0) != nil }
        } catch {
            let help = error.code == .notFound ? ["create it, or name another with --bots-dir"] : []
            diagnostics.append(
                Diagnostic(
                    .noBots, "the directory of the bots cannot be read: \(error.reason)", at: nil,
                    file: location.displayName(of: location.botsDirectory), help: help))
            return []
        }
    }

    /// Reports an entry of bots.d that somebody may take for a bot.
    private mutating func reportOverlooked(_ name: String) {
        let path = location.botsDirectory + "/" + name
        let message: String
        if name.lowercased().hasSuffix(".yaml") || name.lowercased().hasSuffix(".yml") {
            message = "the file is not read: its ending must be .yaml"
        } else if files.kind(of: path) == .directory {
            message =
                "the directory is not read: bots are files right in \(location.displayName(of: location.botsDirectory))"
        } else {
            return
        }
        diagnostics.append(
            Diagnostic(
                .unreadableFile, message, at: nil, file: location.displayName(of: path),
                help: ["rename or move it; a name that starts with '.' is ignored"]))
    }

    mutating func readBots(_ names: ArraySlice<String>) {
        for name in names {
            guard let stem = yamlStem(name) else { continue }
            let path = location.botsDirectory + "/" + name
            let before = diagnostics.count
            guard let (text, root) = readDocument(path) else {
                unreadableBots.append(stem)
                continue
            }
            var layer: ConfigObject?
            var rejectedPaths: Set<String> = []
            if let root {
                let decoded = decode(root, text, schema: botSchema, layer: .bot)
                layer = decoded.layer
                rejectedPaths = decoded.rejectedPaths
            } else if !diagnostics[before...].containsErrors {
                layer = ConfigObject()
            }
            botFiles.append(
                ProjectSources.BotFile(
                    name: text.name, stem: stem, text: text, start: root?.headRange ?? 0..<0, layer: layer,
                    hasErrors: diagnostics[before...].containsErrors, rejectedPaths: rejectedPaths))
        }
    }

    private mutating func reportNoBots() {
        guard botFiles.isEmpty, !diagnostics.containsErrors else { return }
        diagnostics.append(
            Diagnostic(
                .noBots, "there is no bot: no .yaml file in the directory", at: nil,
                file: location.displayName(of: location.botsDirectory),
                help: ["a bot is one line, such as 'model: amazon.nova-micro-v1:0' in bots.d/nova-micro.yaml"]))
    }

    mutating func readTemplates() -> (templates: [String: ProjectSources.Template], names: [String]) {
        let entries = readNames(in: location.templatesDirectory, of: "templates")
        var templates: [String: ProjectSources.Template] = [:]
        var names: [String] = []
        for entry in entries {
            guard !entry.hasPrefix("."), let stem = yamlStem(entry) else { continue }
            names.append(stem)
            let before = diagnostics.count
            guard let (text, root) = readDocument(location.templatesDirectory + "/" + entry) else { continue }
            guard templates[stem] == nil else {
                diagnostics.append(
                    Diagnostic(
                        .duplicateName, "there are two templates '\(stem)'", at: nil, file: text.name,
                        help: ["remove one of the files"]))
                continue
            }
            // Of a template that is no YAML nobody can say what it sets.
            let isBroken = root == nil && diagnostics[before...].containsErrors
            let decoded = root.map { decode($0, text, schema: BotSchema.template, layer: .template) }
            templates[stem] = ProjectSources.Template(
                isBroken: isBroken, text: text, start: root?.headRange ?? 0..<0,
                layer: decoded?.layer ?? ConfigObject(),
                rejectedPaths: isBroken ? BotSchema.templateKeys : decoded?.rejectedPaths ?? [])
        }
        return (templates, names)
    }

    mutating func readFacts() -> ProjectFacts {
        var reader = FactsReader()
        for name in readNames(in: location.factsDirectory, of: "facts")
        where !name.hasPrefix(".") && yamlStem(name) != nil {
            guard let (text, root) = readDocument(location.factsDirectory + "/" + name), let root else { continue }
            reader.read(root, of: text)
        }
        diagnostics += reader.diagnostics
        secrets.add(reader.secrets)
        return reader.facts
    }

    /// The names in a directory that may be absent; what else keeps it from being read is reported.
    private mutating func readNames(in directory: String, of what: String) -> [String] {
        guard files.holdsEntry(at: directory) else { return [] }
        do {
            return try files.entries(of: directory)
        } catch {
            diagnostics.append(
                Diagnostic(
                    .unreadableFile, "the directory of the \(what) cannot be read: \(error.reason)", at: nil,
                    file: location.displayName(of: directory)))
            return []
        }
    }

    /// The name of a YAML file without its ending, or nil for another file.
    private func yamlStem(_ name: String) -> String? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return nil }
        let ending = name[dot...]
        return ending == ".yaml" || ending == ".yml" ? String(name[..<dot]) : nil
    }

    /// Reads and parses a file; nil when it cannot be read, which is then reported.
    private mutating func readDocument(_ path: String) -> (text: SourceText, root: YAMLNode?)? {
        let name = location.displayName(of: path)
        let limits = YAMLLimits()
        let text: SourceText
        do {
            // Most files are no links, and opening one tells so without a question beforehand.
            var bytes = try files.readUnlessLink(path, limitInBytes: limits.bytes)
            if bytes == nil, boundary.isLeft(by: path) {
                diagnostics.append(
                    Diagnostic(
                        .pathOutsideProject, "the file is a link out of the project", at: nil, file: name,
                        help: ["put the file itself into the project"]))
                return nil
            }
            if bytes == nil { bytes = try files.read(path, limitInBytes: limits.bytes) }
            text = SourceText(name: name, bytes: bytes ?? [])
        } catch {
            let code: DiagnosticCode = error.code == .tooLarge ? .fileTooLarge : .unreadableFile
            // A name that is no text comes with replaced characters, under which nothing is found.
            let isMisnamed = error.code == .notFound && name.contains("\u{FFFD}")
            let reason = isMisnamed ? "its name is not UTF-8" : error.reason
            diagnostics.append(Diagnostic(code, "the file cannot be read: \(reason)", at: nil, file: name))
            return nil
        }
        let result = YAMLDocument.parse(text, limits: limits)
        diagnostics.append(contentsOf: result.diagnostics)
        if !result.diagnostics.isEmpty { secrets.add(linesOf: text) }
        if let document = result.document, text.mentionsSuppression {
            commentedFiles.append(ProjectSources.CommentedFile(text: text, comments: document.comments))
        }
        return (text, result.document?.root)
    }

    private mutating func decode(
        _ root: YAMLNode, _ text: SourceText, schema: ObjectSchema, layer: Layer
    ) -> (layer: ConfigObject?, rejectedPaths: Set<String>) {
        var decoder = LayerDecoder(
            layer: layer, text: text, namedFiles: NamedFiles(files: files, root: location.root))
        guard root.kind == .mapping else {
            decoder.report(
                .wrongType, "the file must hold a map of keys", at: root,
                help: ValueHint.help(forFile: root, of: schema))
            diagnostics.append(contentsOf: decoder.diagnostics)
            return (nil, [])
        }
        let object = decoder.decodeObject(root, schema: schema, path: [])
        diagnostics.append(contentsOf: decoder.reportedDiagnostics)
        secrets.add(decoder.secretRanges, of: text)
        return (object, decoder.rejectedPaths)
    }
}

extension SourceText {
    /// Whether a comment may mean to silence rules: it starts with `botctl` and `ignore`, however they are put
    /// together.
    fileprivate var mentionsSuppression: Bool {
        var rest = bytes[...]
        // A comment holds it, so only the places after a number sign are looked at.
        while let sign = rest.firstIndex(of: UInt8(ascii: "#")) {
            rest = rest[(sign + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
            guard let afterName = rest.dropping("botctl") else { continue }
            let word = afterName.drop { byte in
                byte < 0x30 && byte != 0x0A && byte != 0x0D || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "_")
            }
            if word.dropping("ignore") != nil { return true }
        }
        return false
    }
}

extension ArraySlice<UInt8> {
    /// What follows a word of small letters at the start, case aside; nil for another start.
    fileprivate func dropping(_ word: String) -> ArraySlice<UInt8>? {
        starts(with: word.utf8, by: { $0 | 0x20 == $1 }) ? dropFirst(word.utf8.count) : nil
    }
}
