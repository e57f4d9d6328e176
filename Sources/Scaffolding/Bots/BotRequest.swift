package import BotConfiguration

/// A bot that somebody wants.
package struct BotRequest: Hashable, Sendable {
    /// The model's id, with or without a profile's prefix, or an ARN.
    package var modelID: String
    /// What the bot produces; nil for what its model does.
    package var kind: BotKind?
    /// The bot's name; nil for one that is made of the id.
    package var name: String?
    /// The region; nil for that of the template, or one that has the model.
    package var region: String?
    /// The inference profile; nil for that of the template, or one that works.
    package var profile: String?
    /// The template; nil for the default one.
    package var template: String?
    /// Where a video model puts its results; nil for that of the template.
    package var output: String?

    package init(
        modelID: String, name: String? = nil, region: String? = nil, profile: String? = nil, template: String? = nil,
        output: String? = nil, kind: BotKind? = nil
    ) {
        self.kind = kind
        self.modelID = modelID
        self.name = name
        self.region = region
        self.profile = profile
        self.template = template
        self.output = output
    }
}

/// A bot's file that can be written, and what is worth saying of it.
package struct ScaffoldedBot: Hashable, Sendable {
    package var scaffold: BotScaffold
    package var file: ScaffoldedFile
    /// The default template of the bot's kind, where it needs one and the project has none yet.
    package var template: ScaffoldedFile?
    /// The picture that the bot's smoke case brings, where the project has none yet.
    package var picture: ScaffoldedFile?
    /// The region that is called in the end.
    package var region: String
    /// What is sent as the model id; the id itself for a model that no catalog knows.
    package var upstreamID: String
    /// Choices that were made for the person, one sentence each without a full stop.
    package var notes: [String]

    /// All files that are to be written.
    package var files: [ScaffoldedFile] { [template, file, picture].compactMap(\.self) }
}

/// Why no file can be made for a bot.
package struct ScaffoldRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of refusal this is.
    package enum Code: Hashable, Sendable {
        /// The name cannot be a bot's, or none can be made.
        case name
        /// The name is another bot's, and nothing is overwritten.
        case taken
        /// That bot of the model exists, and no other name was given for a second one.
        case exists(bot: String)
        /// The model cannot be called from there, or serves no bot.
        case model
        /// There is no such template.
        case template
        /// `botctl.yaml` is broken, so that nobody can say what lies over the bot.
        case settings
    }

    package var code: Code
    /// What is wrong, as a sentence without a full stop.
    package var description: String
    /// What to do.
    package var hint: String?

    package init(_ code: Code, _ description: String, hint: String? = nil) {
        self.code = code
        self.description = description
        self.hint = hint
    }

    /// The refusal of every bot in a project whose `botctl.yaml` is broken.
    package static let brokenSettings = ScaffoldRefusal(
        .settings, "botctl.yaml is invalid", hint: "'botctl validate' shows what is wrong with it")
}
