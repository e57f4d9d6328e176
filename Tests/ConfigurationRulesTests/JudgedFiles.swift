import BotConfiguration
import ConfigurationRules
import Diagnostics
import FileAccess
import ModelCatalog
import TestSupport
import WallClock

/// A project in memory, judged as `validate` judges it on 21 November 2026.
struct JudgedFiles {
    let diagnostics: [Diagnostic]
    let projects: [Project]

    /// A template with a smoke case, so that only the tests about smoke cases meet bots without one.
    static let template = "smoke: [{name: pong, prompt: Say pong., expect: {contains: pong}}]\n"

    /// Judges these files, by path relative to the project's root.
    init(
        _ files: [String: String], environment: String? = nil, strict: Bool = false, allowsUnknownModels: Bool = false
    ) throws {
        let all = ["templates/DEFAULT_CHAT_CONFIG.yaml": Self.template].merging(files) { $1 }
        let memory = InMemoryFiles(
            files: Dictionary(uniqueKeysWithValues: all.map { ("/p/" + $0, Array($1.utf8)) }))
        let sources = ProjectSources.read(ProjectLocation(root: "/p"), files: memory)
        let catalog = ModelCatalog.embedded
        projects = sources.hasBrokenSettings ? [] : try sources.projects(in: environment, catalog: catalog)
        let check = ConfigurationCheck(
            today: Timestamp(millisecondsSinceEpoch: 1_795_230_000_000),
            options: ConfigurationCheck.Options(isStrict: strict, allowsUnknownModels: allowsUnknownModels))
        diagnostics = check.diagnostics(of: sources, in: projects)
    }

    /// The same for one bot, `bots.d/x.yaml`.
    init(bot text: String, strict: Bool = false, allowsUnknownModels: Bool = false) throws {
        try self.init(["bots.d/x.yaml": text], strict: strict, allowsUnknownModels: allowsUnknownModels)
    }

    /// Every diagnostic on a line: `bots.d/x.yaml:1:8 error BOT055 message`.
    var lines: [String] {
        diagnostics.map {
            "\($0.location?.description ?? $0.file ?? "") \($0.severity.rawValue) \($0.code.rawValue) \($0.message)"
        }
    }

    /// The help of every diagnostic.
    var help: [String] { diagnostics.flatMap(\.help) }

    /// The notes of every diagnostic, with their places.
    var notes: [String] {
        diagnostics.flatMap(\.notes).map {
            [$0.location?.description, $0.message].compactMap(\.self).joined(separator: " ")
        }
    }
}

/// A model that takes everything, for bots that tests are not about.
let model = "model: amazon.nova-micro-v1:0\n"
