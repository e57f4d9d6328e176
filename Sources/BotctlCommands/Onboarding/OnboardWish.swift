import Scaffolding

/// What is to be onboarded, and how.
struct OnboardWish: Sendable {
    /// The bot that is wanted.
    var bot: BotRequest
    /// How long prompt and answer may be together, where the catalog does not know it or knows it wrongly.
    var contextTokens: Int?
    /// The longest answer.
    var maxOutputTokens: Int?
    /// The model's name for people.
    var displayName: String?
    /// Whether the real model service is asked, not the simulator.
    var isLive = false
    /// Whether everything is done but writing files.
    var isDryRun = false
    /// Whether questions are answered with yes.
    var assumesYes = false

    /// Whether facts are given that go over what a catalog says.
    var hasFacts: Bool { contextTokens != nil || maxOutputTokens != nil || displayName != nil }

    /// The facts on the model that the wish itself tells.
    var facts: FactsScaffold {
        var facts = FactsScaffold(modelID: bot.modelID)
        facts.contextTokens = contextTokens
        facts.maxOutputTokens = maxOutputTokens
        facts.displayName = displayName
        return facts
    }
}
