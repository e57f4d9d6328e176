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
        rateCard = config.poe.rateCard
        costLabel = config.poe.costLabel
    }
}
