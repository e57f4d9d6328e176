import ArgumentParser
import BotConfiguration
import Diagnostics
import FileAccess
import ModelCatalog

extension CompletionKind {
    /// The names of the project's bots.
    static var botNames: CompletionKind { .custom { words, _, _ in Completions(words).botNames } }
    /// The names of the project's bots, and the codes of diagnostics.
    static var botNamesAndCodes: CompletionKind {
        .custom { words, _, _ in Completions(words).botNames + DiagnosticCode.allCases.map(\.rawValue) }
    }
    /// The ids of models that a bot can serve.
    static var modelIDs: CompletionKind { .custom { words, _, _ in Completions(words).modelIDs } }
    /// The beginnings of model ids.
    static var providers: CompletionKind { .custom { words, _, _ in Completions(words).providers } }
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

    var templates: [String] { location.map { stems(in: $0.templatesDirectory) } ?? [] }

    var environments: [String] {
        guard let location else { return [] }
        // Only botctl.yaml is wanted, so there are no bots to read.
        let settings = ProjectLocation(root: location.root, botsDirectory: "/dev/null", templatesDirectory: "/dev/null")
        return ProjectSources.read(settings, files: context.files).environments.map(\.name)
    }

    var modelIDs: [String] {
        context.catalog.models.filter { $0.kind == .text && $0.runtime != false }.map(\.id)
    }

    var providers: [String] {
        Set(context.catalog.models.map { String($0.id.prefix { $0 != "." }) }).sorted()
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
        ((try? context.files.entries(of: directory)) ?? []).compactMap { name in
            guard !name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return nil }
            return [".yaml", ".yml"].contains(name[dot...]) ? String(name[..<dot]) : nil
        }
    }
}
