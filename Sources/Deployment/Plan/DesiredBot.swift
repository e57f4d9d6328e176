package import BotConfiguration

/// A bot as the project wants it deployed.
package struct DesiredBot: Sendable {
    package var name: String
    package var kind: String
    package var isEnabled: Bool
    package var aliases: [String]
    /// The name under which it was deployed before.
    package var renamedFrom: String?
    /// The bot's file, relative to the project.
    package var file: String?
    package var stored: StoredConfiguration
    /// Nil when it has no smoke cases.
    package var storedSmoke: StoredConfiguration?
    /// Where the value at a path of the stored form was written, for people; nil when nobody knows.
    package var origin: @Sendable (_ storedPath: [String]) -> String?
    /// What becomes of values, by dotted path, that the model does not take as they are, for people.
    package var adjustments: [String: String]

    package init(
        name: String, kind: String, isEnabled: Bool = true, aliases: [String] = [], renamedFrom: String? = nil,
        file: String? = nil, stored: StoredConfiguration, storedSmoke: StoredConfiguration? = nil,
        origin: @escaping @Sendable (_ storedPath: [String]) -> String? = { _ in nil },
        adjustments: [String: String] = [:]
    ) {
        self.name = name
        self.kind = kind
        self.isEnabled = isEnabled
        self.aliases = aliases
        self.renamedFrom = renamedFrom
        self.file = file
        self.stored = stored
        self.storedSmoke = storedSmoke
        self.origin = origin
        self.adjustments = adjustments
    }

    /// The bot's entry in the manifest.
    package var manifestBot: ManifestBot {
        ManifestBot(
            digest: stored.digest, smoke: storedSmoke?.digest, kind: kind, isEnabled: isEnabled, aliases: aliases)
    }
}
