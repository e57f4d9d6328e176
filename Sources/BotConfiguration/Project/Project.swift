package import Diagnostics
package import ModelCatalog
private import Synchronization

/// A project's bots in one environment, as its files describe them.
package struct Project: Sendable {
    /// The directory that holds `bots.d` and `templates`.
    package var root: String
    package var environment: EnvironmentSettings
    /// What is known of models: the binary's facts with the project's own over them.
    package var catalog: ModelCatalog
    /// The bots that could be made, sorted by name.
    package var bots: [ProjectBot]
    /// The bots whose layers could be merged, also those that could not be made, in the order of their files.
    package var mergedBots: [MergedBot]
    /// How many bot files there are, broken ones too.
    package var fileCount: Int
    /// What is wrong in the files and stands in the way of making bots of them, in the order in which it is shown; what
    /// rules say is not among it.
    package var diagnostics: [Diagnostic]

    /// The bot of that name, or nil.
    package func bot(named name: String) -> ProjectBot? { bots.first { $0.name == name } }
}

/// One entry of `bots.d`, made up with its layers.
///
/// A class, so that a project of many bots is handed on without a look at the parts of each.
package final class ProjectBot: Sendable {
    package let name: String
    /// Further names and paths that answer.
    package let aliases: [String]
    /// The file, relative to the project.
    package let file: String
    package let isEnabled: Bool
    package let renamedFrom: String?
    /// The name of the template that lies beneath; nil when there is none.
    package let template: String?
    /// What a deploy would keep of the bot.
    package let stored: StoredConfiguration
    package let smoke: [SmokeCase]
    /// What a deploy would keep of the smoke cases; nil when there are none.
    package let storedSmoke: StoredConfiguration?
    /// Every effective value with its origin.
    package let effective: EffectiveConfig
    /// What a gateway reads in ``stored``.
    private let contents: StoredFormReader.Contents
    private let catalog: ModelCatalog
    private let madeConfig = Mutex<MadeConfig?>(nil)

    /// A config on the heap, since most are never made.
    private final class MadeConfig: Sendable {
        let config: BotConfig

        init(_ config: BotConfig) { self.config = config }
    }

    /// The validated struct that a gateway would make of ``stored``.
    ///
    /// It is made when it is first asked for: that cannot fail once the stored form was read.
    package var config: BotConfig {
        madeConfig.withLock { made in
            if let made { return made.config }
            let config = BotConfig(contents, digest: stored.digest, name: name, catalog: catalog)
            made = MadeConfig(config)
            return config
        }
    }

    init(
        name: String, aliases: [String], file: String, isEnabled: Bool, renamedFrom: String?, template: String?,
        stored: StoredConfiguration, contents: StoredFormReader.Contents, catalog: ModelCatalog, smoke: [SmokeCase],
        storedSmoke: StoredConfiguration?, effective: EffectiveConfig
    ) {
        self.name = name
        self.aliases = aliases
        self.file = file
        self.isEnabled = isEnabled
        self.renamedFrom = renamedFrom
        self.template = template
        self.stored = stored
        self.contents = contents
        self.catalog = catalog
        self.smoke = smoke
        self.storedSmoke = storedSmoke
        self.effective = effective
    }
}
