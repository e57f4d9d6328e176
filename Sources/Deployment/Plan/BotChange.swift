/// What a deploy would do to one bot.
package struct BotChange: Hashable, Sendable {
    /// The kind of change; of several that apply the first in this order.
    package enum Action: String, Hashable, Sendable, CaseIterable {
        /// It is not deployed yet.
        case add
        /// It is deployed and no longer wanted.
        case remove
        /// It is deployed under another name, its ``BotChange/oldName``.
        case rename
        /// Its configuration differs, or the names that it answers to.
        case change
        /// It is switched on, and its configuration is the same.
        case enable
        /// It is switched off, and its configuration is the same.
        case disable
        /// Only its smoke cases differ.
        case smokeOnly = "smoke_only"
        case unchanged
    }

    package var name: String
    package var action: Action
    /// The name under which it is deployed now; set when it is renamed.
    package var oldName: String?
    /// The bot's file; nil when the project has none.
    package var file: String?
    /// The bot as it is deployed; nil when it is not.
    package var old: ManifestBot?
    /// The bot as it would be deployed; nil when it would not.
    package var new: ManifestBot?
    /// What differs, by path: of an added bot all that is set, of a removed one nothing.
    package var fields: [FieldChange]
    /// Why ``fields`` is incomplete, when the deployed configuration could not be read; else nil.
    package var unreadable: String?

    /// Whether another model would answer under the same name.
    package var changesModelIdentity: Bool { old != nil && fields.contains { $0.isModelIdentity } }

    /// Whether nothing differs but the version of the stored form, which a newer botctl has raised.
    package var isSchemaOnly: Bool {
        action == .change && unreadable == nil && !fields.isEmpty && fields.allSatisfy(\.isSchema)
    }

    /// Whether the bot needs a smoke test after this change: it would answer, and something about it differs.
    package var needsSmokeTest: Bool {
        guard let new, new.isEnabled else { return false }
        return action != .unchanged
    }
}
