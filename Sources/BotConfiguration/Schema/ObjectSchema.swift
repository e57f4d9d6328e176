/// The keys that are valid in one place.
package final class ObjectSchema: Sendable {
    package let fields: [SchemaField]
    /// The key that a bare text is short for, such as `id` in `model: ID`.
    package let shorthand: String?
    /// What must hold between the keys once all layers are merged.
    package let constraints: [SchemaConstraint]
    /// The fields whose absence, or whose parts, can be wrong once all layers are merged.
    let judgedFields: [SchemaField]
    /// The keys of the fields, side by side: a look-up touches nothing else.
    private let keys: [String]

    init(shorthand: String? = nil, constraints: [SchemaConstraint] = [], _ fields: [SchemaField]) {
        self.fields = fields
        keys = fields.map(\.key)
        judgedFields = fields.filter { !$0.type.isScalar || ($0.isRequired && $0.defaultValue == nil) }
        self.shorthand = shorthand
        self.constraints = constraints
    }

    /// The field of that key, or nil.
    package func field(_ key: String) -> SchemaField? {
        keys.firstIndex(of: key).map { fields[$0] }
    }

    /// The same keys without some.
    func without(_ keys: Set<String>) -> ObjectSchema {
        ObjectSchema(shorthand: shorthand, constraints: constraints, fields.filter { !keys.contains($0.key) })
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
