package import BotConfiguration
package import PoeProtocol

extension PoeSettings {
    /// What a bot tells Poe about itself.
    package init(_ config: BotConfig) {
        self.init()
        allowsAttachments = config.poe.allowAttachments
        expandsTextAttachments = config.expandTextAttachments
        enablesImageComprehension = config.enableImageComprehension
        introductionMessage = config.poe.introductionMessage ?? ""
        enforcesAuthorRoleAlternation = config.poe.enforceAuthorRoleAlternation
        enablesMultiEntityPrompting = config.poe.enableMultiEntityPrompting
        let prices = PriceTexts(config)
        rateCard = config.poe.rateCard ?? prices?.rateCard
        costLabel = config.poe.costLabel ?? prices?.costLabel
        parameterControls = config.parameterControls
        serverBotDependencies = config.poe.serverBotDependencies
        contextClearWindowSeconds = config.poe.contextClearWindowSeconds
        allowsUserContextClear = config.poe.allowUserContextClear
    }
}
