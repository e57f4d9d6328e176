package import Secrets

/// A bot that a person talks to.
package struct ChatPartner: Sendable {
    /// The bot's name.
    package var name: String
    /// The bot's URL on a gateway.
    package var url: String
    package var accessKey: Secret

    package init(name: String, url: String, accessKey: Secret) {
        self.name = name
        self.url = url
        self.accessKey = accessKey
    }
}
