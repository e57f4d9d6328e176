package import Diagnostics
package import ModelCatalog

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
package struct ProjectBot: Sendable {
    package var name: String
    /// Further names and paths that answer.
    package var aliases: [String]
    /// The file, relative to the project.
    package var file: String
    package var isEnabled: Bool
    package var renamedFrom: String?
    /// The name of the template that lies beneath; nil when there is none.
    package var template: String?
    /// The validated struct that a gateway would make of ``stored``.
    package var config: BotConfig
    /// What a deploy would keep of the bot.
    package var stored: StoredConfiguration
    package var smoke: [SmokeCase]
    /// What a deploy would keep of the smoke cases; nil when there are none.
    package var storedSmoke: StoredConfiguration?
    /// Every effective value with its origin.
    package var effective: EffectiveConfig
}
