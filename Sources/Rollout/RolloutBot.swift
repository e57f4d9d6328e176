package import BotConfiguration

/// A bot as a rollout needs it: what to serve, and what to ask it.
package struct RolloutBot: Hashable, Sendable {
    package var config: BotConfig
    package var cases: [SmokeCase]

    package init(config: BotConfig, cases: [SmokeCase]) {
        self.config = config
        self.cases = cases
    }

    package init(_ bot: ProjectBot) {
        self.init(config: bot.config, cases: bot.smoke)
    }
}
