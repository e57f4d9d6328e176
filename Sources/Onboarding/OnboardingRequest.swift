package import Scaffolding

/// What is to be onboarded, and how.
package struct OnboardingRequest: Sendable {
    /// The bot that is wanted.
    package var bot: BotRequest
    /// How long prompt and answer may be together, in tokens, where the catalog does not know it or knows it wrongly.
    package var contextTokens: Int?
    /// The longest answer, in tokens.
    package var maxOutputTokens: Int?
    /// The model's name for people.
    package var displayName: String?
    /// The environment whose values lie over the bot's; nil for the default one.
    package var environment: String?
    /// Whether the real model service is asked, not the simulator.
    package var isLive = false
    /// Whether everything is done but writing files.
    package var isDryRun = false
    /// Whether questions are answered with yes.
    package var assumesYes = false

    /// A request for a bot, over the simulator.
    package init(_ bot: BotRequest) { self.bot = bot }

    /// Whether facts are given that go over what a catalog says.
    var hasFacts: Bool { contextTokens != nil || maxOutputTokens != nil || displayName != nil }

    /// The facts on the model that the request itself tells.
    var facts: FactsScaffold {
        var facts = FactsScaffold(modelID: bot.modelID)
        facts.contextTokens = contextTokens
        facts.maxOutputTokens = maxOutputTokens
        facts.displayName = displayName
        return facts
    }
}
