/// One key of the configuration: the single declaration that decoding, validation, defaults, the stored form and the
/// reference pages all follow.
package struct SchemaField: Sendable {
    /// Whether the key does something in this version.
    package enum Availability: Sendable {
        case now
        /// The key has its place in the shape but does nothing yet; using it is an error that says so.
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
    package let availability: Availability
    package let storage: Storage

    init(
        _ key: String, _ type: ValueType, default defaultValue: ConfigValue? = nil, required: Bool = false,
        storage: Storage = .whenSet, availability: Availability = .now, _ summary: String
    ) {
        self.key = key
        self.summary = summary
        self.type = type
        self.defaultValue = defaultValue
        isRequired = required
        self.availability = availability
        self.storage = storage
    }

    /// A key that later versions bring to life.
    static func later(_ key: String, _ summary: String) -> SchemaField {
        SchemaField(key, .json, availability: .later, summary)
    }
}

/// The type of a key's value, with its bounds.
package indirect enum ValueType: Sendable {
    case text(TextFormat)
    case boolean
    case integer(ClosedRange<Int>)
    case decimal(ClosedRange<DecimalNumber>)
    /// A length of time, bounds in milliseconds.
    case duration(ClosedRange<Int>)
    /// One of some words; those that are not available yet are told so.
    case choice([String], later: [String] = [])
    /// A reference to a secret, or a list of them.
    case secret
    /// A text, or `{file: PATH}` for the text of a file inside the project.
    case textOrFile
    case list(ValueType, limit: Int)
    /// Free keys with values of one type.
    case map(ValueType, limit: Int)
    case object(ObjectSchema)
    /// A map without a schema; passed on as it is.
    case json

    /// Whether a value is one scalar, never a list or a map.
    var isScalar: Bool {
        switch self {
        case .text, .boolean, .integer, .decimal, .duration, .choice: true
        case .secret, .textOrFile, .list, .map, .object, .json: false
        }
    }

    /// What a person calls a value of this type: "a number from 0 to 2".
    package var description: String {
        switch self {
        case .text(let format): format.description
        case .boolean: "true or false"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .decimal(let range): "a number from \(range.lowerBound.text) to \(range.upperBound.text)"
        case .duration(let range):
            "a length of time from \(DurationText.text(ofMilliseconds: range.lowerBound)) to "
                + DurationText.text(ofMilliseconds: range.upperBound)
        case .choice(let words, _): words.count == 1 ? "'\(words[0])'" : "one of \(words.joined(separator: ", "))"
        case .secret: "a secret reference such as ${env:NAME}, or a list of them"
        case .textOrFile: "a text, or {file: PATH}"
        case .list(let element, _): "a list, each \(element.description)"
        case .map(let element, _): "keys of your own, each \(element.description)"
        case .object: "a map of keys"
        case .json: "a map of keys"
        }
    }
}

/// The keys that are valid in one place.
package struct ObjectSchema: Sendable {
    package let fields: [SchemaField]
    /// The key that a bare text is short for, such as `id` in `model: ID`.
    package let shorthand: String?

    init(shorthand: String? = nil, _ fields: [SchemaField]) {
        self.fields = fields
        self.shorthand = shorthand
    }

    /// The field of that key, or nil.
    package func field(_ key: String) -> SchemaField? { fields.first { $0.key == key } }

    /// The same keys without some.
    func without(_ keys: Set<String>) -> ObjectSchema {
        ObjectSchema(shorthand: shorthand, fields.filter { !keys.contains($0.key) })
    }

    /// The field at a path of keys, through objects only.
    package func field(at path: some Collection<String>) -> SchemaField? {
        guard let first = path.first, let field = field(first) else { return nil }
        let rest = path.dropFirst()
        if rest.isEmpty { return field }
        guard case .object(let schema) = field.type else { return nil }
        return schema.field(at: Array(rest))
    }
}
