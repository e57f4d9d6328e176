package import BotConfiguration
package import Secrets

/// A bot to be asked, and what it is asked.
package struct SmokeTarget: Sendable {
    /// The bot's name.
    package var bot: String
    /// The digest that must answer; nil when any may.
    package var digest: ContentDigest?
    /// The bot's URL on a gateway.
    package var url: String
    package var accessKey: Secret
    /// What is asked; with none, the bot must answer something at all.
    package var cases: [SmokeCase]
    /// Whether the bot changes pictures, so that without a case of its own it does right to ask for one.
    package var asksForPicture: Bool

    package init(
        bot: String, digest: ContentDigest?, url: String, accessKey: Secret, cases: [SmokeCase],
        asksForPicture: Bool = false
    ) {
        self.bot = bot
        self.digest = digest
        self.url = url
        self.accessKey = accessKey
        self.cases = cases
        self.asksForPicture = asksForPicture
    }

    /// What a bot without cases is asked.
    package static let defaultCase = SmokeCase(
        name: "answers", prompt: "Reply with the single word ready.", expect: SmokeExpectation())

    /// What the bot is asked, the default case where it has none of its own.
    var effectiveCases: [SmokeCase] { cases.isEmpty ? [Self.defaultCase] : cases }
}
