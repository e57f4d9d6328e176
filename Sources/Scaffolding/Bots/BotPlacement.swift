import BotConfiguration

/// Where a bot's model is called as long as its own file does not say otherwise.
package struct BotPlacement: Hashable, Sendable {
    package var region: String
    /// The inference profile as a configuration writes it.
    package var profile: String

    package init(region: String, profile: String) {
        self.region = region
        self.profile = profile
    }

    /// What bots have over a template that says nothing of it.
    package static let schemaDefault = BotPlacement(
        region: text("region") ?? "us-east-1", profile: text("profile") ?? "auto")

    /// What bots of a kind have over the template that a new project gets.
    static func beneathTemplate(of kind: BotKind) -> BotPlacement {
        kind == .chat ? schemaDefault : BotPlacement(region: "us-west-2", profile: schemaDefault.profile)
    }

    private static func text(_ key: String) -> String? {
        if case .text(let text)? = BotSchema.bot.field(at: ["model", key])?.defaultValue { text } else { nil }
    }
}
