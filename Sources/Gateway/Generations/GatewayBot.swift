package import BotConfiguration

/// A bot that a gateway is to serve, without a state store behind it.
package struct GatewayBot: Hashable, Sendable {
    package var config: BotConfig
    /// False: it answers that it is off.
    package var isEnabled: Bool

    package init(config: BotConfig, isEnabled: Bool = true) {
        self.config = config
        self.isEnabled = isEnabled
    }
}
