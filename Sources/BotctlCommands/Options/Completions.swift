import ArgumentParser
import BotConfiguration
import BotRuntime
import ChatEvents
import Diagnostics
import FileAccess
import ModelCatalog

extension CompletionKind {
    /// The names of the project's bots.
    static var botNames: CompletionKind { .custom { words, _, _ in Completions(words).botNames } }
    /// The names of the project's bots, with `@` where one is being written.
    static var botNamesOrMentions: CompletionKind {
        .custom { words, index, _ in
            let names = Completions(words).botNames
            return words.indices.contains(index) && words[index].hasPrefix("@") ? names.map { "@\($0)" } : names
        }
    }
    /// The names of the project's bots and the paths of their files.
    static var botNamesAndFiles: CompletionKind {
        .custom { words, _, _ in Completions(words).botNames + Completions(words).botFiles }
    }
    /// What `explain` takes: codes, keys, names of bots, and keys of bots.
    static var subjects: CompletionKind {
        .custom { words, index, _ in
            Completions(words).subjects(startingWith: words.indices.contains(index) ? words[index] : "")
        }
    }
    /// The ids of models that a bot can serve.
    static var modelIDs: CompletionKind { .custom { words, _, _ in Completions(words).modelIDs } }
    /// The ids of all models.
    static var allModelIDs: CompletionKind { .custom { words, _, _ in Completions(words).allModelIDs } }
    /// Those who make models, as the ids of their models begin.
    static var makers: CompletionKind { .custom { words, _, _ in Completions(words).makers } }
    /// The regions from which a model can be called.
    static var regions: CompletionKind { .custom { words, _, _ in Completions(words).catalog.regions } }
    /// The inference profiles that a bot can ask for without an id of its own.
    static var profiles: CompletionKind { .list(["auto", "none"] + ModelCatalog.profilePrefixes.sorted()) }
    /// The names of the project's environments.
    static var environments: CompletionKind { .custom { words, _, _ in Completions(words).environments } }
    /// The names of the project's templates.
    static var templates: CompletionKind { .custom { words, _, _ in Completions(words).templates } }
}

/// What a shell offers while a command line is typed: fast, and silent whatever is wrong.
struct Completions {
    /// The world of the command line that is completed; nil for that of this process.
    @TaskLocal static var context: CommandContext?

    private let context: CommandContext
    private let words: [String]

    /// The completions of a command line.
    ///
    /// - Parameter words: Its words, as the shell has them; `-C` among them names the project.
    init(_ words: [String]) {
        context = Self.context ?? .process()
        self.words = words
    }

    /// The names of the files in the project's directory of bots: reading each for a `name` would take too long.
    var botNames: [String] { location.map { stems(in: $0.botsDirectory) } ?? [] }

    /// The paths of the bot files from the project's root.
    var botFiles: [String] {
        guard let location else { return [] }
        let directory = location.displayName(of: location.botsDirectory)
        return yamlFiles(in: location.botsDirectory).map { "\(directory)/\($0)" }
    }

    var templates: [String] { location.map { stems(in: $0.templatesDirectory) } ?? [] }

    var environments: [String] {
        guard let location else { return [] }
        // Only botctl.yaml is wanted, so there are no bots to read.
        let settings = ProjectLocation(root: location.root, botsDirectory: "/dev/null", templatesDirectory: "/dev/null")
        return ProjectSources.read(settings, files: context.files).environments.map(\.name)
    }

    var modelIDs: [String] {
        catalog.models.filter { $0.runtime != false && ![.embedding, .rerank, .speech].contains($0.kind) }.map(\.id)
    }

    var allModelIDs: [String] { catalog.models.map(\.id) }

    /// Without the spaces and capitals of their names, which a shell would need in quotes.
    var makers: [String] { Set(catalog.models.map { String($0.id.prefix { $0 != "." }) }).sorted() }

    /// What is known of models, with the project's own facts where they can be read.
    var catalog: ModelCatalog {
        guard let location else { return context.catalog }
        return context.catalog.adding(ProjectSources.facts(at: location, files: context.files).facts.overlays)
    }

    /// What can be explained; the keys of a bot once its name is written.
    ///
    /// - Parameter word: What is written so far.
    /// - Returns: All that `explain` takes there; the shell keeps what starts with the word.
    func subjects(startingWith word: String) -> [String] {
        let names = botNames
        let bot = names.filter { word.hasPrefix($0 + ".") }.max { $0.utf8.count < $1.utf8.count }
        let keys = Self.paths(within: ConfigurationFile.bot.rawValue)
        if let bot { return keys.map { "\(bot).\($0)" } }
        return names + keys + ConfigurationFile.allCases.map(\.rawValue) + DiagnosticCode.allCases.map(\.rawValue)
            + FailureKindReference.all.map(\.kind.rawValue)
    }

    /// The paths of the keys within a key or a kind of file, at any depth.
    private static func paths(within subject: String) -> [String] {
        guard let explanation = try? KeyExplanation(of: subject, in: nil) else { return [] }
        return explanation.nested.flatMap { field in
            let path = explanation.nestedPrefix + field.key
            return [path] + paths(within: path)
        }
    }

    private var location: ProjectLocation? {
        let named = value(of: ["-C", "--directory"]) ?? context.setting("DIRECTORY")
        let bots = (value(of: ["--bots-dir"]) ?? context.setting("BOTS_DIR")).map(context.absolutePath)
        let templates = (value(of: ["--templates-dir"]) ?? context.setting("TEMPLATES_DIR")).map(context.absolutePath)
        let root =
            named.map(context.absolutePath)
            ?? ProjectLocation.findRoot(from: context.workingDirectory, in: context.files)
        return (root ?? (bots == nil ? nil : context.workingDirectory)).map {
            ProjectLocation(root: $0, botsDirectory: bots, templatesDirectory: templates)
        }
    }

    /// The value of the last of these options that has one.
    private func value(of options: [String]) -> String? {
        var found: String?
        for (index, word) in words.enumerated() {
            if options.contains(word), index + 1 < words.count { found = words[index + 1] }
            for option in options where option.hasPrefix("--") && word.hasPrefix(option + "=") {
                found = String(word.dropFirst(option.utf8.count + 1))
            }
        }
        return found.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func stems(in directory: String) -> [String] {
        yamlFiles(in: directory).map { String($0[..<($0.lastIndex(of: ".") ?? $0.endIndex)]) }
    }

    private func yamlFiles(in directory: String) -> [String] {
        ((try? context.files.entries(of: directory)) ?? []).filter { name in
            !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
        }
    }
}
