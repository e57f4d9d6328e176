/// The keys that are valid in one place.
package final class ObjectSchema: Sendable {
    package let fields: [SchemaField]
    /// The key that a bare text is short for, such as `id` in `model: ID`.
    package let shorthand: String?
    /// The name under which the JSON Schema of a file holds the keys once; nil for keys that are written out in place.
    let definitionName: String?
    /// Whether a text in the place of the map may be the secret that it is to lead to.
    let leadsToSecret: Bool
    /// What must hold between the keys once all layers are merged.
    package let constraints: [SchemaConstraint]
    /// The fields whose absence, or whose parts, can be wrong once all layers are merged.
    let judgedFields: [SchemaField]
    /// The keys of the fields, side by side: a look-up touches nothing else.
    private let keys: [String]

    init(
        shorthand: String? = nil, definedAs definitionName: String? = nil, leadsToSecret: Bool = false,
        constraints: [SchemaConstraint] = [], _ fields: [SchemaField]
    ) {
        self.fields = fields
        keys = fields.map(\.key)
        judgedFields = fields.filter { !$0.type.isScalar || ($0.isRequired && $0.defaultValue == nil) }
        self.shorthand = shorthand
        self.definitionName = definitionName
        self.leadsToSecret = leadsToSecret
        self.constraints = constraints
    }

    /// The same keys in objects of their own, down to the innermost.
    ///
    /// Who works on many files takes a copy: two cores that count references to one object wait for each other at
    /// every key.
    package func copy() -> ObjectSchema {
        ObjectSchema(
            shorthand: shorthand, definedAs: definitionName, leadsToSecret: leadsToSecret, constraints: constraints,
            fields.map { $0.copy() })
    }

    /// The field of that key, or nil.
    package func field(_ key: String) -> SchemaField? {
        // Keys are ASCII, so that those of another length need not be compared.
        let length = key.utf8.count
        for index in keys.indices where keys[index].utf8.count == length && keys[index] == key {
            return fields[index]
        }
        return nil
    }

    /// The same keys without some, under a name of their own.
    func without(_ keys: Set<String>, definedAs definitionName: String? = nil) -> ObjectSchema {
        ObjectSchema(
            shorthand: shorthand, definedAs: definitionName, leadsToSecret: leadsToSecret, constraints: constraints,
            fields.filter { !keys.contains($0.key) })
    }

    /// The field at a path of keys, through objects only.
    package func field(at path: some Collection<String>) -> SchemaField? {
        var schema = self
        var found: SchemaField?
        for key in path {
            if let field = found {
                guard case .object(let nested) = field.type else { return nil }
                schema = nested
            }
            guard let field = schema.field(key) else { return nil }
            found = field
        }
        return found
    }
}

extension ObjectSchema {
    /// A key that is valid in a map, or in what is nested in it.
    struct Place {
        /// The keys from the map to the one that holds the key; `NAME` where people choose it.
        let sections: [String]
        let field: SchemaField
    }

    /// All keys in a map, the nearest first; not those of list entries, nor those of a bot in a map of bots.
    var places: [Place] {
        var found = fields.map { Place(sections: [], field: $0) }
        var next = 0
        while next < found.count {
            let place = found[next]
            next += 1
            var sections = place.sections + [place.field.key]
            let nested: ObjectSchema
            switch place.field.type {
            case .object(let schema) where schema !== BotSchema.overrides || place.sections.isEmpty: nested = schema
            case .map(.object(let schema), _) where schema !== BotSchema.overrides:
                nested = schema
                sections.append("NAME")
            default: continue
            }
            found += nested.fields.map { Place(sections: sections, field: $0) }
        }
        return found
    }
}
