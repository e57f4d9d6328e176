import JSONCoding

/// One key of the configuration: the single declaration that decoding, validation, defaults, the stored form and the
/// reference pages all follow.
package final class SchemaField: Sendable {
    /// Whether the key does something in this version.
    package enum Availability: Sendable {
        case now
        /// The key is checked and kept but does nothing yet; using it is a warning that says so.
        ///
        /// Stored forms hold it already, under the schema of their time. When it comes to life, those that have it
        /// begin to mean something else: raise ``BotSchema/version`` then, and name the key in ``OlderSchema/all``.
        case later
    }

    /// How the key appears in the stored form.
    package enum Storage: Sendable {
        /// When a layer sets it and it differs from the schema default.
        case whenSet
        /// Always, default or not.
        case always
        /// Never: the key belongs to the files, not to what is deployed.
        case never
    }

    package let key: String
    /// What the key means, for people, as a sentence.
    package let summary: String
    package let type: ValueType
    /// The value where no layer sets one; nil when there is none, or when facts decide.
    package let defaultValue: ConfigValue?
    /// Whether every bot must have a value.
    package let isRequired: Bool
    /// ``defaultValue`` as the stored form would have it, made once: every value that is stored is compared with it.
    let storedDefault: JSONValue?
    package let availability: Availability
    package let storage: Storage
    /// What to write in the key's place; nil for a key that is not deprecated.
    package let deprecation: Deprecation?
    /// Values as a person would write them, for the reference page and for editors.
    package let examples: [String]
    /// Whether the keys within stand on the reference page already, under another key.
    package let repeatsKeys: Bool

    init(
        _ key: String, _ type: ValueType, default defaultValue: ConfigValue? = nil, required: Bool = false,
        storage: Storage = .whenSet, availability: Availability = .now, deprecated deprecation: Deprecation? = nil,
        examples: [String] = [], repeatsKeys: Bool = false, _ summary: String
    ) {
        self.key = key
        self.summary = summary
        self.type = type
        self.defaultValue = defaultValue
        storedDefault = defaultValue.map { StoredFormWriter.json($0, type: type) }
        isRequired = required
        self.availability = availability
        self.storage = storage
        self.deprecation = deprecation
        self.examples = examples
        self.repeatsKeys = repeatsKeys
    }

    private init(copying other: SchemaField) {
        key = other.key
        summary = other.summary
        type = other.type.copy()
        defaultValue = other.defaultValue
        storedDefault = other.storedDefault
        isRequired = other.isRequired
        availability = other.availability
        storage = other.storage
        deprecation = other.deprecation
        examples = other.examples
        repeatsKeys = other.repeatsKeys
    }

    /// The same key in an object of its own; see ``ObjectSchema/copy()``.
    func copy() -> SchemaField { SchemaField(copying: self) }
}

extension SchemaField {
    /// What became of a key that should no longer be written.
    package struct Deprecation: Sendable, Hashable {
        /// The key beside it that took its place and its meaning; nil when nothing did.
        package let replacement: String?
        /// Why, as a sentence without a full stop.
        package let reason: String
    }
}
